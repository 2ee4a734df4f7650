import { join, mayFlow, showClassification } from '../classification.ts';
import type { Clearance } from '../classification.ts';
import type { DataPath } from '../definition/values.ts';
import type { Path, Problem } from '../problem.ts';
import { leavesOf } from '../types/classify.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';
import type { Receiver } from './receivers.ts';
import { inputReceiver, isTooSensitive, mailReceiver, showClearance } from './receivers.ts';
import type { CheckedSite } from './site-check.ts';

/** Something that a value is made of: the path that was read, and its type. */
export interface Flow {
  readonly path: string;
  readonly type: ValueType;
}

/** Checks that no value goes where it is too sensitive to go. */
export function checkFlows(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return sites.flatMap((site) => {
    const { purpose, expression, checked } = site;
    switch (purpose.kind) {
      case 'address':
        return refusedFlow(expression.path, checked.flows, mailReceiver(checkup.core));
      case 'input': {
        const receiver = inputReceiver(purpose.receiver, checkup.workflow, checkup.core);
        return receiver ? refusedFlow(expression.path, checked.flows, receiver) : [];
      }
      case 'write':
        return checkWrite(checkup, site, purpose.target);
      default:
        // What decides where a case goes carries no classification.
        return [];
    }
  });
}

/** Refuses the first of these flows that is too sensitive for a receiver. */
export function refusedFlow(
  path: Path,
  flows: readonly Flow[],
  receiver: Receiver,
): readonly Problem[] {
  const flow = flows.flatMap(leafFlows).find(({ type }) => {
    return isTooSensitive(type.classification, receiver);
  });
  if (flow === undefined) return [];
  return [
    error(
      'too-sensitive',
      path,
      `"${flow.path}" is ${showClassification(flow.type.classification)}, and ${receiver.name} may be ` +
        `given what is ${showClearance(receiver.clearance)} at most. Leave it out, or ask IT for the clearance.`,
      traceOf(flow, receiver.name),
    ),
  ];
}

/** Saving into a less protected field is refused, unless the core releases exactly that. */
function checkWrite(checkup: Checkup, site: CheckedSite, target: DataPath): readonly Problem[] {
  const stored = checkup.fields.typeAt(target.join('.'));
  if (stored === undefined) return [];
  const { type, flows } = site.checked;
  const parts =
    type.kind === 'object' || type.kind === 'list'
      ? flows
          .flatMap(leafFlows)
          .map((flow) => ({ flow, into: partFor(flow, site, stored, target) }))
      : flows.map((flow) => ({ flow, into: { path: target.join('.'), type: stored } }));
  const refused = parts.find(({ flow, into }) => {
    return (
      !mayFlow(flow.type.classification, clearanceOf(into.type)) && !isReleased(checkup, flow, into)
    );
  });
  if (refused === undefined) return [];
  const { flow, into } = refused;
  return [
    error(
      'less-protected',
      site.expression.path,
      `"${flow.path}" is ${showClassification(flow.type.classification)}, but "${into.path}", where it ` +
        `would be stored, is only ${showClassification(into.type.classification)}. ` +
        `${protection(flow.type, into.type)}, or ask IT to release exactly this.`,
      traceOf(flow, into.path),
    ),
  ];
}

/** How a field is protected as well: one of the workflow's own may say so itself. */
function protection({ classification }: ValueType, into: ValueType): string {
  if (into.origin !== undefined) return 'Store it in a field that is protected as well';
  const all = join(classification, into.classification);
  const written = all.tags.length === 0 ? all.level : `[${showClassification(all)}]`;
  return `Write "classification: ${written}" beside its kind`;
}

/** The field of the target in which a part of an object ends up; the target itself where unclear. */
function partFor(flow: Flow, site: CheckedSite, stored: ValueType, target: DataPath): Flow {
  const from = site.expression.source.trim();
  const whole = { path: target.join('.'), type: stored };
  if (!flow.path.startsWith(`${from}.`)) return whole;
  let { path, type } = whole;
  for (const name of flow.path.slice(from.length + 1).split('.')) {
    const inner = insideOf(type, name);
    if (inner === undefined) return { path, type };
    path = `${path}.${name}`;
    type = inner;
  }
  return { path, type };
}

function insideOf(type: ValueType, name: string): ValueType | undefined {
  if (type.kind === 'list') return insideOf(type.of, name);
  return type.kind === 'object' && Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
}

function clearanceOf({ classification }: ValueType): Clearance {
  return { upTo: classification.level, tags: classification.tags };
}

function isReleased({ core }: Checkup, flow: Flow, into: Flow): boolean {
  const { origin } = flow.type;
  return core.releases.some(
    ({ field, from }) =>
      field === into.type.origin && origin !== undefined && from.includes(origin),
  );
}

function leafFlows({ path, type }: Flow): readonly Flow[] {
  return leavesOf(type).map((leaf) => ({ path: [path, ...leaf.path].join('.'), type: leaf.type }));
}

function traceOf({ path, type }: Flow, sink: string): readonly string[] {
  const { origin } = type;
  return [...(origin === undefined || origin === path ? [] : [origin]), path, sink];
}
