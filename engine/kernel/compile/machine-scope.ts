import { createActor, createMachine } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import type { Effect } from '../effects.ts';
import { TrellisError } from '../errors.ts';
import type { CaseContext } from './case-context.ts';

/** What XState asks of the scope that a machine runs in. */
export type ActorScope = Parameters<AnyStateMachine['transition']>[2];

/**
 * The one never-started scope in which a machine runs all its steps. It starts nothing: it holds the
 * context that the actions of a step change, and collects the effects. Making a scope for every
 * step would cost more than the step.
 */
export class MachineScope {
  readonly actorScope: ActorScope;
  #context: CaseContext | undefined;
  #effects: Effect[] = [];
  #taken: string[] = [];
  readonly #planned = new Set<(context: CaseContext) => CaseContext>();

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
      actionExecutor: ({ exec, info, params }) => {
        exec?.(info, params);
      },
    };
  }

  /** The context of the case whose step is under way. */
  get context(): CaseContext {
    if (this.#context === undefined) {
      throw new TrellisError('no-moment', 'A compiled workflow was run outside of a step.');
    }
    return this.#context;
  }

  set context(context: CaseContext) {
    this.#context = context;
  }

  /** Runs the machine from a context; answers to where it came, with the context it has left. */
  run<T>(
    context: CaseContext,
    step: () => T,
  ): { readonly snapshot: T; readonly context: CaseContext } {
    this.#context = context;
    try {
      const snapshot = step();
      return { snapshot, context: this.#context };
    } finally {
      this.#context = undefined;
      this.#planned.clear();
    }
  }

  /** Plans what comes before everything else that rules do in this step, once. */
  plan(change: (context: CaseContext) => CaseContext): void {
    this.#planned.add(change);
  }

  /** Carries out what is planned, and has not been carried out yet. */
  readonly carryOutPlanned = (): void => {
    if (this.#planned.size === 0) return;
    for (const change of this.#planned) this.context = change(this.context);
    this.#planned.clear();
  };

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
