import type { Path } from '../problem.ts';
import type { Actions, Transition } from './rules.ts';
import type { State } from './state.ts';

/** One place at which a state, or a rule of it, emits a signal. */
export interface Emission {
  readonly signal: string;
  readonly state: State;
  readonly path: Path;
}

/** Lists what a state emits: when it is entered and left, and by its rules. */
export function emissionsOf(state: State): readonly Emission[] {
  const emitted = ({ emit }: Actions, path: Path): readonly Emission[] =>
    emit === undefined ? [] : [{ signal: emit, state, path: [...path, 'emit'] }];
  return [
    ...emitted(state.entry, [...state.path, 'entry']),
    ...emitted(state.exit, [...state.path, 'exit']),
    ...rulesOf(state).flatMap((rule) => emitted(rule, rule.path)),
  ];
}

function rulesOf(state: State): readonly Transition[] {
  const { on, buttons, hears, signals, after, next, done, failed } = state;
  const handled = [...on, ...buttons, ...hears, ...signals, ...after];
  return [...handled.flatMap(({ rules }) => rules), ...next, ...done, ...failed];
}

/** Tells whether two states lie in different regions of one parallel, by their ids and those of all parallels. */
export function areBeside(one: string, other: string, parallels: ReadonlySet<string>): boolean {
  const [mine, theirs] = [one.split('/'), other.split('/')];
  const parts = mine.findIndex((name, index) => name !== theirs[index]);
  if (parts < 1 || theirs[parts] === undefined) return false;
  return parallels.has(mine.slice(0, parts).join('/'));
}

/** The ids of all states of kind `parallel`. */
export function parallelsIn(states: readonly State[]): ReadonlySet<string> {
  return new Set(states.filter(({ kind }) => kind === 'parallel').map(({ id }) => id));
}
