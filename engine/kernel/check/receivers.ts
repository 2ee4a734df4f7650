import type { Classification, Clearance } from '../classification.ts';
import { mayFlow, showClassification } from '../classification.ts';
import type { CoreView } from '../core-view.ts';
import type { Workflow } from '../definition/workflow.ts';
import { MAIL } from './grant-check.ts';

/** Who gets a value, and how sensitive it may be. */
export interface Receiver {
  /** As it stands in a sentence: `the operation "oms.createOrder"`. */
  readonly name: string;
  readonly clearance: Clearance;
}

/** What another team's workflow is given without a line of its own in the core's clearances. */
const OTHER_TEAM: Clearance = { upTo: 'internal', tags: [] };

/** The receiver of a mail. */
export function mailReceiver(core: CoreView): Receiver {
  const clearance = core.operations.get(MAIL)?.clearance ?? core.clearances.get(MAIL);
  return { name: 'a mail', clearance: clearance ?? { upTo: 'public', tags: [] } };
}

/**
 * The receiver behind the name of an operation or of a child case; `undefined` where the values
 * stay with the same team, or with a core process, which IT owns and checks by itself.
 */
export function inputReceiver(
  name: string,
  workflow: Workflow,
  core: CoreView,
): Receiver | undefined {
  const operation = core.operations.get(name);
  if (operation !== undefined) {
    return { name: `the operation "${name}"`, clearance: operation.clearance };
  }
  const runnable = core.runnables.get(name);
  if (runnable === undefined || runnable.team === workflow.team || name.startsWith('core/')) {
    return undefined;
  }
  const clearance = core.clearances.get(name) ?? OTHER_TEAM;
  return { name: `the workflow "${name}" of another team`, clearance };
}

/** Says what a receiver may be given: `internal, personal`. */
export function showClearance({ upTo, tags }: Clearance): string {
  return showClassification({ level: upTo, tags });
}

/** Tells whether a value is too sensitive for a receiver. */
export function isTooSensitive(value: Classification, receiver: Receiver): boolean {
  return !mayFlow(value, receiver.clearance);
}
