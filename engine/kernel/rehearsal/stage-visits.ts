import type { Effect, TaskEffect, Visit } from '../effects.ts';
import type { Waiting } from './post.ts';

/** One visit of one case on the stage, or one item of it. */
type StageVisit<C> = { readonly of: C } & Visit;

/** Tells whether two are the same; a visit that is named without an item is meant with all of them. */
export function isAt<C>(one: StageVisit<C>, { of, state, visit, item }: StageVisit<C>): boolean {
  const isSame = one.of === of && one.state === state && one.visit === visit;
  return isSame && (item === undefined || one.item === item);
}

/** Tells whether somebody waits in this visit. */
export function isOf<C>(visit: StageVisit<C>): (waiting: Waiting<C>) => boolean {
  return ({ of, wait }) => isAt({ ...wait, of }, visit);
}

/** What a child case is kept under by the case that runs it. */
export function childKey({ state, visit, item }: Visit): string {
  return `${state}#${visit}#${item ?? ''}`;
}

/** The tasks that wait for somebody, by state and item. */
export class OpenTasks {
  readonly #tasks = new Map<string, TaskEffect>();

  take(effect: Extract<Effect, { readonly kind: 'task' | 'reassign' }>): void {
    const key = taskKey(effect.state, effect.item);
    const task = effect.kind === 'task' ? effect : this.#tasks.get(key);
    if (task !== undefined) this.#tasks.set(key, { ...task, assignment: effect.assignment });
  }

  find(state: string, item: number | undefined): TaskEffect | undefined {
    return this.#tasks.get(taskKey(state, item));
  }

  drop({ state, item }: Visit): void {
    this.#tasks.delete(taskKey(state, item));
  }
}

function taskKey(state: string, item: number | undefined): string {
  return `${state}#${item ?? ''}`;
}
