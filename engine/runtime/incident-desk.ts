import type { Actor } from '../kernel/effects.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Incidents } from '../ports/jobs.ts';
import type { Incident } from '../ports/step.ts';
import { retryIncidents, skipIncident } from './incidents.ts';
import { reasonIn } from './operations.ts';
import type { Steps } from './steps.ts';

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
      retryIncidents([await this.#open(id)], { actor }, now),
    );
  }

  /**
   * Goes on without the work of an incident that its case does not wait for in a state: a mail, a
   * message, or what was to be taken back.
   * @throws `TrellisError` with code `no-incident`, `no-reason` or `not-possible`.
   */
  async skip(id: string, why: string, actor: Actor): Promise<void> {
    const reason = reasonIn(why);
    const { caseId } = await this.#open(id);
    const end = await this.#steps.take(caseId, async (loaded, now) =>
      skipIncident(await this.#open(id), loaded, { reason, actor }, now),
    );
    if (end.kind === 'refused') throw new TrellisError('not-possible', end.message);
  }

  async #open(id: string): Promise<Incident> {
    const incident = await this.#incidents.open(id);
    if (incident !== undefined) return incident;
    throw new TrellisError('no-incident', 'This incident is not open any more.', { id });
  }
}
