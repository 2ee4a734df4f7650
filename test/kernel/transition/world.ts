import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { Effect, Visit } from '../../../engine/kernel/effects.ts';
import { visitOf } from '../../../engine/kernel/effects.ts';
import type { CaseEvent, FormValues } from '../../../engine/kernel/event.ts';
import { CLERK } from './play.ts';

type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

/** Something that a case waits for, with the events that may come of it. */
interface Pending {
  readonly of: Effect;
  readonly events: readonly CaseEvent[];
}

/** What people may fill in at a state. */
export type FillIn = (effect: EffectOf<'task' | 'ask'>) => readonly FormValues['data'][];

const FILL_IN: FillIn = ({ kind }) => (kind === 'ask' ? [{}] : [{}, { count: 60 }, { flag: true }]);

/** What a case waits for: what its effects asked of the world, and the world has not answered. */
export class World {
  readonly #compiled: CompiledWorkflow;
  readonly #fillIn: FillIn;
  #pending: readonly Pending[] = [];
  /** Everything that was ever possible, for events that come late or twice. */
  readonly past: CaseEvent[] = [];
  /** What the case that ran this one may say at any time. */
  readonly parent: readonly CaseEvent[] = [{ kind: 'cancel' }, { kind: 'undo', entry: 1 }];

  constructor(compiled: CompiledWorkflow, fillIn = FILL_IN) {
    this.#compiled = compiled;
    this.#fillIn = fillIn;
  }

  get possible(): readonly CaseEvent[] {
    return this.#pending.flatMap(({ events }) => events);
  }

  /** Takes in what a step asked for; `event` is what it answered. */
  asked(effects: readonly Effect[], event?: CaseEvent): void {
    if (event !== undefined) this.#answered(event);
    for (const effect of effects) {
      if (effect.kind === 'stop') this.#stop(effect);
      else if (effect.kind === 'stop-timer') this.#stopTimer(effect);
      else if (effect.kind === 'hear') this.#hear(effect);
      else this.#add(effect);
    }
  }

  #answered(event: CaseEvent): void {
    // What is heard under `on` can be heard again.
    if (event.kind === 'message' && event.state === '') return;
    this.#pending = this.#pending.filter(({ events }) => !events.includes(event));
  }

  #stop({ state, visit, item }: EffectOf<'stop'>): void {
    this.#pending = this.#pending.filter(({ of }) => {
      const isOfVisit =
        'state' in of &&
        of.state === state &&
        of.visit === visit &&
        (item === undefined || of.item === item);
      return !isOfVisit || of.kind === 'undo-child' || (of.kind === 'call' && of.outlives);
    });
  }

  #stopTimer({ state, visit, timer }: EffectOf<'stop-timer'>): void {
    this.#pending = this.#pending.filter(
      ({ of }) =>
        of.kind !== 'timer' || of.state !== state || of.visit !== visit || of.timer !== timer,
    );
  }

  /** The case hears these messages from now on, and no others. */
  #hear(effect: EffectOf<'hear'>): void {
    this.#pending = this.#pending.filter(({ of }) => of.kind !== 'hear');
    this.#add(effect);
  }

  #add(effect: Effect): void {
    const events = this.#eventsOf(effect);
    if (events.length === 0) return;
    this.past.push(...events);
    this.#pending = [...this.#pending, { of: effect, events }];
  }

  #eventsOf(effect: Effect): readonly CaseEvent[] {
    switch (effect.kind) {
      case 'call':
        return [
          done(effect, { id: `${effect.state}-${effect.visit}-${effect.item ?? ''}` }),
          failed(effect),
        ];
      case 'run':
        return [
          ...['completed', 'other'].map((outcome) => ({ ...done(effect, {}), outcome })),
          failed(effect),
        ];
      case 'task':
      case 'ask':
        return this.#outcomes(effect);
      case 'wait':
        return [1, 5].map((pieces) => ({
          ...{ kind: 'message', ...visitOf(effect), name: 'depot.arrived' },
          body: { parcel: effect.key, pieces },
        }));
      case 'hear':
        return effect.messages.map(({ message, key }) => ({
          ...{ kind: 'message', state: '', visit: effect.number, name: message },
          body: { parcel: key, pieces: 1 },
        }));
      case 'timer':
        return [{ kind: 'timer', ...visitOf(effect), timer: effect.timer, at: effect.at }];
      case 'undo':
      case 'undo-child':
        return [{ kind: 'undone', entry: effect.entry }];
      default:
        return [];
    }
  }

  #outcomes(effect: EffectOf<'task' | 'ask'>): readonly CaseEvent[] {
    const handlers = this.#compiled.states.get(effect.state)?.on ?? [];
    const forms = this.#fillIn(effect);
    return handlers.flatMap(({ event }) =>
      forms.map((data) => ({
        ...{ kind: 'outcome', ...visitOf(effect), outcome: event, actor: CLERK },
        form: { data, own: {} },
      })),
    );
  }
}

function done(effect: Visit, result: { readonly id?: string }): CaseEvent & { kind: 'done' } {
  return { kind: 'done', ...visitOf(effect), result };
}

function failed(effect: Visit): CaseEvent {
  return { kind: 'failed', ...visitOf(effect), error: { code: 'NO', message: 'No.' } };
}
