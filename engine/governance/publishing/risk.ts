import type { Reach } from '../../kernel/check/reach.ts';
import { reachOf } from '../../kernel/check/reach.ts';
import { withinState } from '../../kernel/check/statechart.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import { SELF } from '../../kernel/definition/self.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import type { State } from '../../kernel/definition/state.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import type { PublishingRules, Tier } from './publishing-rules.ts';

/** Why a workflow is of a tier. */
export interface RiskReason {
  readonly tier: Tier;
  /** A sentence for people. */
  readonly message: string;
  /** Relative to the workspace. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What publishing a workflow may do, and so who has to look at it before. */
export interface Risk {
  /** The highest of `self`, `peer` and `it`, and `dataProtection` beside it. */
  readonly tiers: readonly Tier[];
  readonly reasons: readonly RiskReason[];
}

/** What the risk of a workflow is worked out of. */
export interface RiskSubject {
  readonly workflow: Workflow;
  readonly core: CoreView;
  readonly map: SourceMap;
  /** The workflows and core processes that it may run, by name. */
  readonly known: (name: string) => Workflow | undefined;
}

/** Operations of this connector send mails; whom they reach is told by their recipients. */
const MAIL = 'mail.';

/** Works out the risk of a workflow that passed its check. */
export function riskOf(subject: RiskSubject): Risk {
  const file = `workflows/${subject.workflow.name}/workflow.yaml`;
  const told = new Set<string>();
  const reasons = reachOf(subject.workflow, subject.core, subject.map).flatMap(
    (reach): readonly RiskReason[] => {
      const found = reasonOf(reach, subject);
      if (found === undefined || told.has(found.message)) return [];
      told.add(found.message);
      return [{ ...found, file: reach.file ?? file, line: reach.position.line }];
    },
  );
  const has = (tier: Tier): boolean => reasons.some((reason) => reason.tier === tier);
  const highest = (['it', 'peer'] as const).find(has) ?? 'self';
  return { tiers: has('dataProtection') ? [highest, 'dataProtection'] : [highest], reasons };
}

/** The tiers whose word is needed before a workflow goes live: none where its author's own is enough. */
export function reviewsNeeded({ tiers }: Risk): readonly Tier[] {
  return tiers.filter((tier) => tier !== 'self');
}

/** The tiers for which somebody with these roles may speak. */
export function tiersOf(roles: readonly string[], rules: PublishingRules): readonly Tier[] {
  return (['peer', 'it', 'dataProtection'] as const).filter((tier) =>
    rules.roles[tier].some((role) => roles.includes(role)),
  );
}

type Found = Pick<RiskReason, 'tier' | 'message'>;

function reasonOf(reach: Reach, subject: RiskSubject): Found | undefined {
  switch (reach.kind) {
    case 'operation':
      return operationReason(reach.name, subject);
    case 'workflow':
      return workflowReason(reach.name, subject);
    case 'customer':
      return { tier: 'peer', message: CUSTOMER[reach.by](reach.name) };
    case 'personal':
      return {
        tier: 'dataProtection',
        message: `Personal data leaves the house: "${reach.field}" goes to ${RECEIVER[reach.by](reach.name)}.`,
      };
  }
}

const CUSTOMER: Readonly<Record<'form' | 'button' | 'mail', (name: string) => string>> = {
  form: (name) => `It talks to customers: they fill the form "${name}".`,
  button: (name) => `It talks to customers: they may press "${name}".`,
  mail: (name) => `It talks to customers: they are sent the mail "${name}".`,
};

const RECEIVER: Readonly<Record<'form' | 'mail' | 'operation', (name: string) => string>> = {
  form: (name) => `people outside, in the form "${name}"`,
  mail: (name) => `people outside, in the mail "${name}"`,
  operation: (name) => `another company's system, by "${name}"`,
};

function operationReason(name: string, { core }: RiskSubject): Found | undefined {
  return isWrite(name, core)
    ? { tier: 'it', message: `It calls "${name}", which ${writesTo(name)}.` }
    : undefined;
}

function isWrite(name: string, { operations }: CoreView): boolean {
  return !name.startsWith(MAIL) && operations.get(name)?.effect === 'write';
}

function writesTo(operation: string): string {
  return operation.startsWith('records.') ? 'writes core data' : 'writes to another system';
}

function workflowReason(name: string, subject: RiskSubject): Found | undefined {
  if (name === SELF) return undefined;
  const written = writesBehind(name, subject, new Set());
  if (written !== undefined)
    return {
      tier: 'it',
      message: `It runs "${name}", which calls "${written}" and so ${writesTo(written)}.`,
    };
  const other = subject.core.runnables.get(name)?.team;
  return other === undefined || other === subject.workflow.team || name.startsWith('core/')
    ? undefined
    : { tier: 'peer', message: `It runs "${name}", a workflow of the team "${other}".` };
}

/** The first operation that writes, of what a workflow calls or runs. */
function writesBehind(name: string, subject: RiskSubject, seen: Set<string>): string | undefined {
  if (seen.has(name)) return undefined;
  seen.add(name);
  const workflow = subject.known(name);
  if (workflow === undefined) return undefined;
  const states = withinState(workflow.root);
  const called = states.flatMap(callsOf).find((operation) => isWrite(operation, subject.core));
  if (called !== undefined) return called;
  return states.flatMap(runsOf).flatMap((other) => writesBehind(other, subject, seen) ?? [])[0];
}

function callsOf(state: State): readonly string[] {
  const { undo } = state;
  return [
    ...(state.kind === 'call' ? [state.operation] : []),
    ...(undo?.kind === 'call' ? [undo.operation] : []),
  ];
}

function runsOf(state: State): readonly string[] {
  const { undo } = state;
  return [
    ...(state.kind === 'run' || state.kind === 'start' ? [state.workflow] : []),
    ...(undo?.kind === 'run' ? [undo.workflow] : []),
  ];
}
