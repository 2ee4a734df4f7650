import type { State } from './state.ts';
import type { EachItem } from './work.ts';

/** The list for each of whose items a state starts a case; `undefined` where it starts one, or none. */
export function eachItemOf(state: State): EachItem | undefined {
  return state.kind === 'start' ? state.each : undefined;
}
