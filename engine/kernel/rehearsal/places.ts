import type { CompiledWorkflow } from '../compile/compile-workflow.ts';

/** Where a case is, as an author names it. */
export interface Place {
  /** A region that is one piece of work has no names inside: it stands for its work. */
  readonly name: string;
  /** A region that has finished, beside others that may go on. */
  readonly isOver: boolean;
}

/** The places of a case that is in these states. */
export function placesOf(
  active: readonly string[],
  { states }: CompiledWorkflow,
): readonly Place[] {
  return active.map((id) => {
    const state = states.get(id);
    const around = parentOf(id);
    const region = states.get(around);
    const isOwn = region !== undefined && region.path.length === state?.path.length;
    return { name: isOwn ? around : id, isOver: state?.kind === 'final' && around !== '' };
  });
}

function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}
