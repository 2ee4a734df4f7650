import { createActor, createMachine } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import type { Effect } from '../effects.ts';

/** What XState asks of the scope that a machine runs in. */
export type ActorScope = Parameters<AnyStateMachine['transition']>[2];

/**
 * The one never-started scope in which a machine runs all its steps. It starts nothing and only
 * collects the effects; making a scope for every step would cost more than the step.
 */
export class MachineScope {
  readonly actorScope: ActorScope;
  #effects: Effect[] = [];
  #taken: string[] = [];

  constructor() {
    const self = createActor(createMachine({}));
    this.actorScope = {
      self,
      system: self.system,
      id: '',
      sessionId: '',
      defer: nothing,
      emit: nothing,
      logger: nothing,
      stopChild: nothing,
      actionExecutor: nothing,
    };
  }

  /** Collects what an action asks of the world. */
  ask(effects: readonly Effect[]): void {
    this.#effects.push(...effects);
  }

  /** Collects the path of a rule that is taken. */
  note(rule: string): void {
    this.#taken.push(rule);
  }

  /** Takes the effects, and the paths of the rules taken, since the last time. */
  take(): { readonly effects: readonly Effect[]; readonly taken: readonly string[] } {
    const collected = { effects: this.#effects, taken: this.#taken };
    this.#effects = [];
    this.#taken = [];
    return collected;
  }
}

function nothing(): void {
  return undefined;
}
