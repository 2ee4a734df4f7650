import type { Visit } from '../../../kernel/effects.ts';
import type { QueuePlace, StandingPlace } from '../../../ports/queues.ts';
import type { Batch } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';

const PLACE = {
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  queue: 'text',
  most: 'bigint',
  since: 'bigint',
} as const satisfies Columns;

const VISIT = { case_id: 'text', state: 'text', visit: 'bigint' } as const satisfies Columns;

export type StandingColumns = RowOf<typeof PLACE> & { readonly admitted: number };

/** Puts visits at the end of their queues; one that has a place keeps it. */
export const joinQueues: Batch<typeof PLACE> = {
  name: 'join_queues',
  columns: PLACE,
  text: `insert into queue_places (case_id, state, visit, queue, most, since, arrival)
    select case_id, state, visit, queue, most, since,
      coalesce((select max(arrival) from queue_places where queue_places.queue = v.queue), 0)
        + row_number() over ()
      from v where case_id is not null
    on conflict (case_id, state, visit) do update set most = excluded.most`,
};

export const leaveQueues: Batch<typeof VISIT> = {
  name: 'leave_queues',
  columns: VISIT,
  text: `delete from queue_places
    where (case_id, state, visit) in (select case_id, state, visit from v)`,
};

export function placeColumns(place: QueuePlace): RowOf<typeof PLACE> {
  return {
    case_id: place.caseId,
    state: place.state,
    visit: place.visit,
    queue: place.queue,
    most: place.most,
    since: place.since,
  };
}

export function leavingColumns(caseId: string, { state, visit }: Visit): RowOf<typeof VISIT> {
  return { case_id: caseId, state, visit };
}

export function standingPlace(row: StandingColumns): StandingPlace {
  return {
    caseId: row.case_id,
    state: row.state,
    visit: row.visit,
    queue: row.queue,
    most: row.most,
    since: row.since,
    admitted: row.admitted === 1,
  };
}
