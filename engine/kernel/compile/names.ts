import type { Transition } from '../definition/rules.ts';

/** The ids of XState nodes and events. None contains `.` or `*`, which XState gives a meaning. */

/** The hidden place where a case is while its undo list is carried out. */
export const UNDOING = '$undoing';

/** Of the whole case, or of a region in which only what lies inside is taken back. */
export function undoingId(region: string): string {
  return region === '' ? UNDOING : `${nodeId(region)}/${UNDOING}`;
}

/** The event by which an undo list leads on once it is carried out. */
export function undoneEvent(region: string): string {
  return region === '' ? UNDONE_EVENT : `${UNDONE_EVENT}/${region}`;
}

/** The hidden place of a region that is not under way: it was left out, or called off. */
export const ASIDE = '$aside';

/** The hidden place in a state with states of its own whose turn has not come. */
export const QUEUED = '$queued';

/** The hidden final state of a case that was called off. */
export const CANCELLED_STATE = '$cancelled';
/** Its outcome; with a space, so that no author's outcome is the same. */
export const CANCELLED = 'called off';

export const CANCEL_EVENT = 'cancel';
/** Calls off without taking anything back. */
export const END_EVENT = 'end';
export const STEP_EVENT = 'step';
const UNDONE_EVENT = 'undone';

/** Leads from anywhere inside a state to another inside it. */
export function moveEvent(within: string, to: string): string {
  return `move/${within}/to/${to}`;
}

/** Begins a state whose turn has come. */
export function admitEvent(state: string): string {
  return `admit/${state}`;
}

/** Enters a state anew. */
export function repeatEvent(state: string): string {
  return `repeat/${state}`;
}

export function nodeId(state: string): string {
  return state === '' ? 'case' : `state/${state}`;
}

export function targetOf(state: string): string {
  return `#${nodeId(state)}`;
}

/** Where a rule leads: a state, or the place in it that stands for where the case last was. */
export function destinationOf({ to = '', history }: Pick<Transition, 'to' | 'history'>): string {
  return history === undefined ? to : `${to}/${historyName(history)}`;
}

export function historyName(history: 'shallow' | 'deep'): string {
  return `$${history}-history`;
}

export function outcomeEvent(state: string, outcome: string): string {
  return `outcome/${state}/${outcome}`;
}

export function pressEvent(state: string, button: string): string {
  return `press/${state}/${button}`;
}

/** A message under `on`, by its place among all that the workflow hears: its name has a dot. */
export function heardEvent(index: number): string {
  return `heard/${index}`;
}

/** What a state emits, for those that are beside it. */
export function signalEvent(signal: string, emitter: string): string {
  return `signal/${signal}/of/${emitter}`;
}

export function timerEvent(state: string, timer: string): string {
  return `timer/${state}/${timer}`;
}
