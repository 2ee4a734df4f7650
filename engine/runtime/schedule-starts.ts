import { lastTime, nextTime } from '../kernel/values/schedule.ts';
import type { Cases } from '../ports/cases.ts';
import type { Clock } from '../ports/clock.ts';
import type { EffectHolds } from '../ports/effect-hold.ts';
import type { Log } from '../ports/log.ts';
import type { Catalogue } from './catalogue.ts';
import { derivedId } from './derived-id.ts';
import { EffectGate } from './effect-gate.ts';
import type { InForce } from './in-force.ts';
import { startsOf, stoodAt } from './standing-starts.ts';
import type { StandingStart } from './standing-starts.ts';
import type { Starter } from './starter.ts';

interface Parts {
  readonly starter: Pick<Starter, 'byItself'>;
  readonly cases: Pick<Cases, 'load'>;
  readonly effects: EffectHolds;
  readonly catalogue: Catalogue;
  readonly inForce: Pick<InForce, 'current'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How soon to look again after a restore, until somebody has let the schedules go, in milliseconds. */
const WHILE_HELD = 5_000;
/** How long to wait after a failure, in milliseconds. */
const AFTER_FAILURE = 30_000;

/**
 * Begins cases by the clock. Only the last time of each schedule is looked at, so that what was
 * missed while no host ran is made up for once.
 */
export class ScheduleStarts {
  readonly #parts: Parts;
  readonly #gate: EffectGate;
  /** The cases of the last times, by start: they have been begun, or cannot be. */
  readonly #settled = new Map<string, string>();
  #stopped = true;
  #looking: Promise<void> | undefined;
  #again = false;
  #cancelWake: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#gate = new EffectGate(parts.effects);
  }

  /** Begins what is due, and waits for what comes. */
  start(): void {
    this.#stopped = false;
    this.#wake();
  }

  /** Looks again: what is published may have changed. */
  lookAgain(): void {
    this.#again = this.#looking !== undefined;
    if (this.#again) return;
    this.#cancelWake?.();
    this.#wake();
  }

  /** Begins nothing more, and resolves when what is under way is saved. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWake?.();
    await this.idle();
  }

  /** Resolves once nothing is due or under way. */
  async idle(): Promise<void> {
    while (this.#looking !== undefined) await this.#looking;
  }

  #wake(): void {
    if (!this.#stopped) this.#looking = this.#look();
  }

  async #look(): Promise<void> {
    const { clock } = this.#parts;
    const next = await this.#beginDue(clock.now()).catch((error: unknown) => this.#failed(error));
    this.#looking = undefined;
    if (this.#again) {
      this.#again = false;
      this.#wake();
      return;
    }
    if (this.#stopped || next === Infinity) return;
    this.#cancelWake = clock.at(next, () => {
      this.#wake();
    });
  }

  /** Begins what is due at a moment; answers when to look again. */
  async #beginDue(now: number): Promise<number> {
    if (!(await this.#gate.letsSchedulesBegin())) return now + WHILE_HELD;
    const starts = await startsOf('schedule', 'schedule', this.#parts);
    const again = await Promise.all(
      starts.map((one) => this.#beginOne(one, now).catch((error: unknown) => this.#failed(error))),
    );
    return Math.min(...again, ...starts.map(({ start }) => nextTime(start, now) ?? Infinity));
  }

  #failed(error: unknown): number {
    const { log, clock } = this.#parts;
    const text = error instanceof Error ? error.message : String(error);
    log.error('beginning cases by the clock failed', { error: text });
    return clock.now() + AFTER_FAILURE;
  }

  /** Begins the case of the last time of a start, unless it is there. */
  async #beginOne(one: StandingStart<'schedule'>, now: number): Promise<number> {
    const { starter, cases, catalogue, log } = this.#parts;
    const { definition, start } = one;
    const at = lastTime(start, now);
    const workflow = definition.published.name;
    const place = `${workflow}\n${start.name}`;
    if (at === undefined) return Infinity;
    // Neither a restart nor another host begins a second one: it would have the same id.
    const id = derivedId(`${place}\n${at}`);
    if (this.#settled.get(place) === id) return Infinity;
    if ((await stoodAt(one, at, catalogue)) && (await cases.load(id)) === undefined) {
      const end = await starter.byItself(
        definition,
        { kind: 'schedule', start: start.name },
        { id },
      );
      if (end.kind === 'refused') {
        const { code, message: why } = end;
        const facts = { workflow, start: start.name, at: new Date(at).toISOString(), code, why };
        log.error('a schedule could not begin a case', facts);
      }
    }
    this.#settled.set(place, id);
    return Infinity;
  }
}
