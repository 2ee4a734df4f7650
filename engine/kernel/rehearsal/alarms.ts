import type { StopTimerEffect, TimerEffect } from '../effects.ts';
import { isSameVisit } from '../effects.ts';
import { removeWhere } from './post.ts';

/** A timer that runs, and whatever the stage keeps of the case that it belongs to. */
export interface Alarm<C> extends TimerEffect {
  readonly of: C;
}

/** The timers that run on the stage. */
export class Alarms<C> {
  readonly #alarms: Alarm<C>[] = [];

  /** Sets a timer, or stops it. */
  set(of: C, effect: TimerEffect | StopTimerEffect): void {
    if (effect.kind === 'timer') {
      this.#alarms.push({ ...effect, of });
      return;
    }
    const { timer } = effect;
    this.forget((one) => one.of === of && isSameVisit(one, effect) && one.timer === timer);
  }

  /** Takes out the one that is due first, at `instant` (epoch milliseconds) at the latest. */
  take(instant: number): Alarm<C> | undefined {
    this.#alarms.sort((a, b) => a.at - b.at);
    const [first] = this.#alarms;
    return first !== undefined && first.at <= instant ? this.#alarms.shift() : undefined;
  }

  /** Those that match never fire. */
  forget(matches: (alarm: Alarm<C>) => boolean): void {
    removeWhere(this.#alarms, matches);
  }
}
