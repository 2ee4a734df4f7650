import type { ForEach } from './work.ts';
import type { State } from './state.ts';

/** How a state's work is repeated; `undefined` where it is done once. */
export function forEachOf(state: State | undefined): ForEach | undefined {
  return state !== undefined && 'forEach' in state ? state.forEach : undefined;
}
