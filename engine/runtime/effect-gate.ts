import type { EffectHolds } from '../ports/effect-hold.ts';
import type { ClaimedJob, Job } from '../ports/step.ts';
import { MAIL_OPERATION } from './outgoing-mail.ts';
import { textIn } from './payload.ts';

/** The name under which cases wait that begin by the clock. */
const SCHEDULE = 'schedule';
/** The name under which time limits, reminders and other timers wait. */
const TIMER = 'timer';

/**
 * Stands between the jobs and the world: in a database that was brought back from a backup, what
 * calls another system, sends a mail or lets time pass is set aside until an operator lets it go.
 */
export class EffectGate {
  readonly #effects: EffectHolds;
  /** Nothing is held back: a hold is never begun under a running host. */
  #isOpen = false;

  constructor(effects: EffectHolds) {
    this.#effects = effects;
  }

  /** Tells whether a job was set aside; whoever claimed it then leaves it alone. */
  async keepsBack(job: ClaimedJob): Promise<boolean> {
    const name = nameOf(job);
    if (name === undefined || job.refused === true) return false;
    let before: string | undefined;
    while (!this.#isOpen) {
      const hold = await this.#hold();
      if (hold === undefined || hold.released.includes(name)) return false;
      // The hold is still the same, so it is the job that is in other hands now.
      if (hold.released.join() === before) return true;
      if (await this.#effects.setAside(job, name, hold)) return true;
      before = hold.released.join();
    }
    return false;
  }

  /** Tells whether cases may begin by the clock. */
  async letsSchedulesBegin(): Promise<boolean> {
    const hold = this.#isOpen ? undefined : await this.#hold();
    return hold === undefined || hold.released.includes(SCHEDULE);
  }

  async #hold(): ReturnType<EffectHolds['current']> {
    const hold = await this.#effects.current();
    this.#isOpen ||= hold === undefined;
    return hold;
  }
}

/** The name under which a job waits; none for what stays inside of Trellis. */
function nameOf(job: Job | ClaimedJob): string | undefined {
  switch (job.kind) {
    case 'call':
    case 'undo':
      return textIn(job, 'operation');
    case 'mail':
      return MAIL_OPERATION;
    case 'timer':
      return TIMER;
    default:
      return undefined;
  }
}
