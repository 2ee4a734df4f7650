import { join, mayFlow, showClassification } from '../classification.ts';
import type { Clearance } from '../classification.ts';
import type { DataPath } from '../definition/values.ts';
import type { Flow } from '../expressions/flow.ts';
import type { Path, Problem } from '../problem.ts';
import { leavesOf } from '../types/classify.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';
import type { Receiver } from './receivers.ts';
import { inputReceiver, isTooSensitive, mailReceiver, showClearance } from './receivers.ts';
import type { CheckedSite } from './site-check.ts';

/** Checks that no value goes where it is too sensitive to go. */
export function checkFlows(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return sites.flatMap((site) => {
    const { purpose, expression, checked } = site;
    switch (purpose.kind) {
      case 'address':
        return refusedFlow(expression.path, checked.flows, mailReceiver(checkup.core));
      case 'input':
        return checkInput(checkup, site, purpose);
      case 'write': {
        const type = checkup.fields.typeAt(purpose.target.join('.'));
        return type === undefined
          ? []
          : checkStored(checkup, site, { path: purpose.target.join('.'), type });
      }
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

/** What another case, or a record, is given is stored in a field of it, whichever team it is of. */
function checkInput(
  checkup: Checkup,
  site: CheckedSite,
  { receiver: name, target }: { readonly receiver: string; readonly target: DataPath },
): readonly Problem[] {
  const { core, workflow } = checkup;
  const receiver = inputReceiver(name, workflow, core);
  const { path } = site.expression;
  const refused = receiver ? refusedFlow(path, site.checked.flows, receiver) : [];
  const operation = core.operations.get(name);
  const keeper = operation?.record === undefined ? core.runnables.get(name) : operation;
  const type = keeper && fieldOf(keeper.input, target.join('.'));
  if (refused.length > 0 || type === undefined) return refused;
  return checkStored(checkup, site, { path: `${target.join('.')} of ${name}`, type });
}

/** Saving into a less protected field is refused, unless the core releases exactly that. */
function checkStored(checkup: Checkup, site: CheckedSite, stored: Flow): readonly Problem[] {
  const { type, flows } = site.checked;
  const parts =
    type.kind === 'object' || type.kind === 'list'
      ? flows.flatMap(leafFlows).map((flow) => ({ flow, into: partFor(flow, stored) }))
      : flows.map((flow) => ({ flow, into: stored }));
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
function partFor({ into = [] }: Flow, stored: Flow): Flow {
  let { path, type } = stored;
  for (const name of into) {
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

function leafFlows({ path, type, into }: Flow): readonly Flow[] {
  return leavesOf(type).map((leaf) => ({
    path: [path, ...leaf.path].join('.'),
    type: leaf.type,
    ...(into && { into: [...into, ...leaf.path] }),
  }));
}

function traceOf({ path, type }: Flow, sink: string): readonly string[] {
  const { origin } = type;
  return [...(origin === undefined || origin === path ? [] : [origin]), path, sink];
}
