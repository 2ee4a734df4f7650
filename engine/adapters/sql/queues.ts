import { admitJob } from '../../ports/admit-job.ts';
import type { Queues } from '../../ports/queues.ts';
import type { Database } from './database.ts';
import type { Session } from './session.ts';
import { addJobs, jobColumns } from './tables/jobs.ts';
import type { StandingColumns } from './tables/queues.ts';
import { standingPlace } from './tables/queues.ts';

type Admitted = Pick<StandingColumns, 'case_id' | 'state' | 'visit'>;

/** Rolls back a transaction in which nobody is admitted. */
const NOBODY = 'nobody';

export function createQueues(database: Database): Queues {
  const { batches, dialect } = database;
  const lock =
    dialect.lockText === undefined ? undefined : database.statement('lock_queue', dialect.lockText);
  const admit = database.statement(
    'admit_next',
    `update queue_places set admitted = 1
      where (case_id, state, visit) in (
        select place.case_id, place.state, place.visit from queue_places as place
          join cases on cases.id = place.case_id
          where place.queue = ? and place.admitted = 0 and cases.status <> 'suspended'
          order by place.arrival, place.since, place.case_id, place.state limit 1)
        and (select count(*) from queue_places as inside
          where inside.queue = ? and inside.admitted = 1) < most
      returning case_id, state, visit`,
  );
  const places = database.statement(
    'queue_places',
    `select * from queue_places where queue = ?
      order by arrival, since, case_id, state limit ?`,
  );
  const ofCase = database.statement(
    'queue_places_of_case',
    `select place.*, (select count(*) from queue_places as before
        where before.queue = place.queue and before.admitted = 0 and place.admitted = 0
          and (before.arrival, before.since, before.case_id, before.state)
            < (place.arrival, place.since, place.case_id, place.state)) as ahead
      from queue_places as place where case_id = ? order by state`,
  );

  return {
    admitNext: async (queue, now) => {
      const work = async (session: Session): Promise<typeof NOBODY | undefined> => {
        // Of two hosts the second counts what the first has admitted.
        if (lock !== undefined) await session.all(lock, [queue]);
        const [next] = (await session.all(admit, [queue, queue])) as readonly Admitted[];
        if (next === undefined) return NOBODY;
        const { case_id: caseId, state, visit } = next;
        const job = admitJob({ caseId, state, visit }, now);
        await batches.run(session, addJobs, [jobColumns(job)]);
        return undefined;
      };
      return (await database.attempt(work)) === undefined;
    },
    places: async (queue, limit) => {
      const rows = await database.look((session) => session.all(places, [queue, limit]));
      return (rows as readonly StandingColumns[]).map(standingPlace);
    },
    ofCase: async (caseId) => {
      const rows = await database.look((session) => session.all(ofCase, [caseId]));
      return (rows as readonly (StandingColumns & { readonly ahead: number | string })[]).map(
        ({ ahead, ...row }) => ({ ...standingPlace(row), ahead: Number(ahead) }),
      );
    },
  };
}
