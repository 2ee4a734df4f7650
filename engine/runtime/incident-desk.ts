import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Incidents } from '../ports/jobs.ts';
import type { Incident } from '../ports/step.ts';
import { retryIncident } from './incidents.ts';
import type { Steps } from './steps.ts';

/** How many incidents of a cause are read at once. */
const PAGE = 200;

/** What people do about the work that the engine gave up on. */
export class IncidentDesk {
  readonly #incidents: Incidents;
  readonly #steps: Steps;

  constructor(incidents: Incidents, steps: Steps) {
    this.#incidents = incidents;
    this.#steps = steps;
  }

  /**
   * Lets the work of an incident run again.
   * @throws `TrellisError` with code `no-incident`.
   */
  async retry(id: string, actor: Actor): Promise<void> {
    const { caseId } = await this.#open(id);
    // Of two people who ask at once, the second finds it resolved in the case's turn.
    await this.#steps.take(caseId, async (_loaded, now) =>
      retryIncident(await this.#open(id), actor, now),
    );
  }

  /** Lets the work of all open incidents of one cause run again; answers of how many. */
  async retryCause(cause: string, actor: Actor): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const page = await this.#incidents.list(after, PAGE, cause);
      for (const { id } of page) count += (await this.#isRetried(id, actor)) ? 1 : 0;
      // One that fails again comes back under the same id, and is not tried twice.
      after = page.length < PAGE ? undefined : page.at(-1)?.id;
    } while (after !== undefined);
    return count;
  }

  /** Somebody may have dealt with it meanwhile. */
  async #isRetried(id: string, actor: Actor): Promise<boolean> {
    try {
      await this.retry(id, actor);
      return true;
    } catch (error) {
      if (error instanceof TrellisError && error.code === 'no-incident') return false;
      throw error;
    }
  }

  async #open(id: string): Promise<Incident> {
    const incident = await this.#incidents.open(id);
    if (incident !== undefined) return incident;
    throw new TrellisError('no-incident', 'This incident is not open any more.', { id });
  }
}
