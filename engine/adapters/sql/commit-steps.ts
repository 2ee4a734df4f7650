import { setTimeout as pause } from 'node:timers/promises';
import type { Step } from '../../ports/step.ts';
import type { Database } from './database.ts';
import { createLookup } from './lookup.ts';
import type { Refusal } from './refusal.ts';
import { saveSteps } from './save-steps.ts';
import type { EventColumns } from './tables/events.ts';
import { isUnavailable } from './unavailable.ts';
import { UnsureError } from './unsure.ts';

/** For how long it is tried to find out whether steps were saved, in milliseconds. */
const SURE_LIMIT = 5_000;
const FIRST_PAUSE = 20;

/**
 * Creates what saves steps in one transaction, all or none; it answers why not. Where the answer to a
 * commit was lost, the same is done again: it waits for what the lost transaction still holds, and
 * either saves the steps, or finds their own entries in the history.
 */
export function createCommitSteps(
  database: Database,
): (steps: readonly Step[]) => Promise<Refusal | undefined> {
  const { batches, dialect } = database;
  const entries = createLookup(database, {
    table: 'events',
    key: { case_id: 'text', seq: 'bigint' },
    where: 'events.case_id = v.case_id and events.seq = v.seq',
    read: ({ hash }: EventColumns) => hash,
  });
  const { save } = dialect;
  const attempt = (steps: readonly Step[]): Promise<Refusal | undefined> =>
    save === undefined
      ? database.attempt((session) => saveSteps(batches, session, steps))
      : database.attemptInOne((session) => save(session, steps));

  const areSaved = async (steps: readonly Step[]): Promise<boolean> => {
    const found = await Promise.all(
      steps.map(({ entry: { caseId, seq } }) => entries({ case_id: caseId, seq })),
    );
    return steps.every(({ entry }, index) => found[index]?.[0] === entry.hash);
  };

  return async (steps) => {
    let deadline: number | undefined;
    for (let wait = FIRST_PAUSE; ; wait *= 2) {
      try {
        const refusal = await attempt(steps);
        const mayBeOwn = refusal !== undefined && deadline !== undefined;
        return mayBeOwn && (await areSaved(steps)) ? undefined : refusal;
      } catch (error) {
        const isUnsure = error instanceof UnsureError || deadline !== undefined;
        if (!isUnsure || !isUnavailable(dialect, error)) throw error;
        deadline ??= performance.now() + SURE_LIMIT;
        if (performance.now() > deadline) throw error;
        await pause(wait);
      }
    }
  };
}
