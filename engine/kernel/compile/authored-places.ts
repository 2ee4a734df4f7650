import { childrenOf } from '../check/statechart.ts';
import type { CompiledWorkflow } from './compile-workflow.ts';

/** Where a case is, as an author names it. */
export interface AuthoredPlace {
  /** A region that is one piece of work has no names inside: it stands for its work. */
  readonly name: string;
  /** A region that has finished, beside others that may go on. */
  readonly isOver: boolean;
}

/** The places of a case that is in these states. */
export function authoredPlaces(
  active: readonly string[],
  { states }: Pick<CompiledWorkflow, 'states'>,
): readonly AuthoredPlace[] {
  return active.map((id) => {
    const state = states.get(id);
    const around = parentOf(id);
    const region = states.get(around);
    const isOwn = region !== undefined && region.path.length === state?.path.length;
    return { name: isOwn ? around : id, isOver: state?.kind === 'final' && around !== '' };
  });
}

/** The state that does the work which an author names: that inside of a region that is one piece of work. */
export function workNamed(name: string, { states }: Pick<CompiledWorkflow, 'states'>): string {
  const state = states.get(name);
  const [work] = state === undefined ? [] : childrenOf(state);
  return work !== undefined && work.path.length === state?.path.length ? work.id : name;
}

function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}
