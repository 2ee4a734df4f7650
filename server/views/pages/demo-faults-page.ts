import type { Fault, FaultKind, FaultyOperation } from '../../demo/faults.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { TagView } from '../texts/tag.ts';

export interface DemoFaultsModel {
  readonly operations: readonly FaultyOperation[];
  /** Said after something was set. */
  readonly notice?: string;
}

/** Posted as this name by the button that makes everything work again. */
export const CLEAR_FAULTS = '#clear';

interface FaultOption {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}

/** How long an operation may be told to take, in milliseconds. */
const DELAYS = [2_000, 10_000];

/** Makes the page from which the company's other systems are told to misbehave. */
export function demoFaultsPage({ operations, notice }: DemoFaultsModel): Page {
  return {
    template: 'pages/demo-faults',
    title: 'Demo faults',
    area: 'demo-faults',
    model: {
      action: paths.demoFaults,
      clear: CLEAR_FAULTS,
      notice,
      operations: operations.map((each) => ({
        id: each.operation.replace('.', '-'),
        operation: each.operation,
        title: each.title,
        tag: tagOf(each.fault),
        options: optionsOf(each),
      })),
    },
  };
}

/** Reads a choice of the page back; nothing for a text that is none of its choices. */
export function readFault(value: string): Fault | undefined {
  const [kind = '', detail = ''] = value.split(' ');
  switch (kind) {
    case 'ok':
    case 'fail':
    case 'hang':
    case 'wrong':
      return { kind };
    case 'slow': {
      const ms = Number(detail);
      return DELAYS.includes(ms) ? { kind, ms } : undefined;
    }
    case 'refuse':
      return /^[A-Z_]{1,40}$/u.test(detail) ? { kind, code: detail } : undefined;
    default:
      return undefined;
  }
}

function optionsOf({ kinds, refusal, fault }: FaultyOperation): readonly FaultOption[] {
  const faults = kinds.flatMap((kind) => faultsOf(kind, refusal));
  const known = faults.some((each) => valueOf(each) === valueOf(fault));
  return [...faults, ...(known ? [] : [fault])].map((each) => ({
    value: valueOf(each),
    label: labelOf(each),
    chosen: valueOf(each) === valueOf(fault),
  }));
}

function faultsOf(kind: FaultKind, refusal = 'REFUSED'): readonly Fault[] {
  if (kind === 'slow') return DELAYS.map((ms) => ({ kind, ms }));
  return [kind === 'refuse' ? { kind, code: refusal } : { kind }];
}

function valueOf(fault: Fault): string {
  if (fault.kind === 'slow') return `slow ${fault.ms}`;
  return fault.kind === 'refuse' ? `refuse ${fault.code}` : fault.kind;
}

function labelOf(fault: Fault): string {
  switch (fault.kind) {
    case 'ok':
      return 'Works';
    case 'fail':
      return 'Breaks down and does nothing';
    case 'hang':
      return 'Does its work and never answers';
    case 'wrong':
      return 'Answers something of another shape';
    case 'slow':
      return `Answers after ${fault.ms / 1000} seconds`;
    case 'refuse':
      return `Refuses (${fault.code})`;
  }
}

function tagOf(fault: Fault): TagView {
  return fault.kind === 'ok' ? { text: 'Works', tone: 'green' } : { text: 'Faulty', tone: 'red' };
}
