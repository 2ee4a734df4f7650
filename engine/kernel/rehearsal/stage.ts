import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Moment } from '../compile/case-context.ts';
import type { Actor, TaskEffect } from '../effects.ts';
import type { FormValues } from '../event.ts';
import type { JsonObject } from '../json.ts';
import type { Beginning } from '../transition/begin.ts';
import type { OfferedButton } from '../transition/offered-buttons.ts';
import type { Refusal, StepResult } from '../transition/step-result.ts';
import { refusal } from '../transition/step-result.ts';
import type { WantedItem } from './find-item.ts';
import { findItem, wantedVisit } from './find-item.ts';
import type { Mocks } from './mocks.ts';
import { Play } from './play.ts';
import { buttonsOf } from './rehearsed.ts';
import type { Happening, Surroundings } from './rehearsed.ts';

/** What people, other systems and the clock do to one case on a simulated clock. Nothing leaves it. */
export class Stage {
  readonly #around: Surroundings;
  readonly #play: Play;

  constructor(around: Surroundings, mocks: Mocks, now: number) {
    this.#around = around;
    this.#play = new Play(around, mocks, now);
  }

  get moment(): Moment {
    return this.#play.moment;
  }

  /** What has happened so far, in order. */
  get happenings(): readonly Happening[] {
    return this.#play.happenings;
  }

  /** The states that the case was in. */
  get entered(): ReadonlySet<string> {
    return this.#play.entered;
  }

  /** The paths of the rules that the case took. */
  get taken(): ReadonlySet<string> {
    return this.#play.taken;
  }

  /** The case itself, once it has begun. */
  get main(): { readonly result: StepResult; readonly data: JsonObject } | undefined {
    const { main } = this.#play;
    return main && { result: main.result, data: main.live.context.data };
  }

  /** Begins the case and plays on until it waits. */
  begin(compiled: CompiledWorkflow, starter: Actor, beginning: Beginning): Refusal | undefined {
    return this.#play.begin(compiled, starter, beginning);
  }

  /** Completes the task or ask that the case waits for in a state. */
  complete(
    state: string,
    outcome: string,
    actor: Actor,
    form: FormValues,
    item?: WantedItem,
  ): Refusal | undefined {
    const { main } = this.#play;
    const visit = main?.live.context.open[state]?.visit;
    if (main === undefined || visit === undefined) {
      const where = main?.result.states.join(', ') ?? 'no state';
      return refusal('stale', `The case is not in "${state}". It is in ${where}.`);
    }
    const of = wantedVisit({ state, visit }, item, main);
    return this.#play.step(main, { kind: 'outcome', ...of, outcome, form, actor });
  }

  /** Presses a button that the case offers. */
  press(
    { state, visit, button }: OfferedButton,
    actor: Actor,
    form: FormValues,
  ): Refusal | undefined {
    const { main } = this.#play;
    const event = { kind: 'press', state, visit, button: button.name, form, actor } as const;
    return main && this.#play.step(main, event);
  }

  /** The buttons that the case offers, innermost first. */
  get buttons(): readonly OfferedButton[] {
    const { main, moment } = this.#play;
    return main ? buttonsOf(main, moment) : [];
  }

  /** Who began the case. */
  get starter(): Actor | undefined {
    return this.#play.main?.live.context.identity.starter;
  }

  /** The task that is open in a state of the case, for one of its items where it has several. */
  taskIn(state: string, item?: WantedItem): TaskEffect | undefined {
    const { tasks, main } = this.#play;
    return tasks.find(state, findItem(item, state, main));
  }

  /** Lets a message come in; it is kept until something waits for it. */
  receive(name: string, body: JsonObject): void {
    const correlate = this.#around.core.messages.get(name)?.correlate ?? '';
    const key = body[correlate];
    const text = typeof key === 'string' || typeof key === 'number' ? String(key) : '';
    this.#play.receive({ name, key: text, body });
  }

  /** Lets time pass up to an instant (epoch milliseconds); timers fire in their order. */
  passUntil(instant: number): void {
    this.#play.passUntil(instant);
  }
}
