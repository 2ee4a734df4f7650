import type { Checkpoints, MovedHeads } from '../../ports/checkpoints.ts';
import type { Database } from './database.ts';
import type { EntryOrder, HeadColumns, Place } from './entry-order.ts';
import { caseHead } from './entry-order.ts';
import { fromJson, toJson } from './json.ts';
import { createRowOrder } from './row-order.ts';
import type { Session } from './session.ts';
import type { CheckpointColumns, LeafColumns } from './tables/checkpoints.ts';
import {
  addCheckpoints,
  addLeaves,
  checkpointColumns,
  dropArchivedHeads,
  leafColumns,
  leafPart,
  storedCheckpoint,
} from './tables/checkpoints.ts';
import { createTransactionOrder } from './transaction-order.ts';

/** Rolls back a checkpoint that another one was before, or that may not state all. */
const STALE = 'stale';

export function createCheckpoints(database: Database): Checkpoints {
  const { batches, read, dialect } = database;
  const readMoved =
    dialect.entryOrder === 'row'
      ? createMoved(database, createRowOrder(database))
      : createMoved(database, createTransactionOrder(database));
  const movePlace = database.statement(
    'set_checkpoint_place',
    `insert into checkpoint_place (id, round, place) values (1, ?, ?)
      on conflict (id) do update set place = excluded.place
      where checkpoint_place.round = excluded.round`,
  );
  const archived = database.statement('archived_heads', 'select case_id, seq from archived_heads');
  return {
    moved: (place, limit) => database.look((session) => readMoved(session, place, limit)),
    newest: async () => {
      const row = await read<CheckpointColumns>('checkpoints').orderBy('number', 'desc').first();
      return row && storedCheckpoint(row);
    },
    add: async (checkpoint, heads, place) => {
      const { round } = fromJson(place) as Place;
      const stated = new Map(heads.map(({ caseId, seq }) => [caseId, seq]));
      const refusal = await database.attempt(async (session) => {
        const row = checkpointColumns(checkpoint);
        if ((await batches.run(session, addCheckpoints, [row])) !== 1) return STALE;
        if ((await session.run(movePlace, [round, place])) !== 1) return STALE;
        await batches.run(session, addLeaves, leafColumns(checkpoint.number, heads));
        const left = (await session.all(archived)) as readonly HeadColumns[];
        const done = left.filter(({ case_id, seq }) => (stated.get(case_id) ?? 0) >= seq);
        if (done.length > 0) await batches.run(session, dropArchivedHeads, done);
        return undefined;
      });
      return refusal === undefined;
    },
    list: async (after, limit) => {
      const rows = await read<CheckpointColumns>('checkpoints')
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit);
      return rows.map(storedCheckpoint);
    },
    leaves: async (checkpoint, after, limit) => {
      const rows = await read<LeafColumns>('checkpoint_leaves')
        .where({ checkpoint })
        .where('part', '>', after)
        .orderBy('part')
        .limit(limit);
      return rows.map(leafPart);
    },
  };
}

type ReadMoved = (
  session: Session,
  place: string | undefined,
  limit: number,
) => Promise<MovedHeads>;

/** Reads entries in their order, and then the heads of what went to the archive meanwhile. */
function createMoved<P extends Place>(database: Database, order: EntryOrder<P>): ReadMoved {
  const stored = database.statement('checkpoint_place', 'select place from checkpoint_place');
  const archived = database.statement(
    'later_archived_heads',
    'select case_id, seq, hash from archived_heads where case_id > ? order by case_id limit ?',
  );
  const begin = async (session: Session): Promise<P> => {
    const [row] = (await session.all(stored)) as readonly { readonly place: string }[];
    const place = row && (fromJson(row.place) as P);
    const first = await order.begin(session, place);
    return place?.isCut === true ? { ...first, isResumed: true } : first;
  };
  return async (session, text, limit) => {
    const place = text === undefined ? await begin(session) : (fromJson(text) as P);
    if (place.archived === undefined) {
      const { heads, place: next, isMore } = await order.page(session, place, limit);
      const cut: P = { ...next, isCut: true };
      return { heads, place: toJson(isMore ? cut : { ...cut, archived: '' }), isMore: true };
    }
    const rows = (await session.all(archived, [place.archived, limit])) as readonly HeadColumns[];
    const heads = rows.map(caseHead);
    if (rows.length === limit) {
      const next = { ...place, archived: rows.at(-1)?.case_id };
      return { heads, place: toJson(next), isMore: true };
    }
    const end = order.end(place);
    // It ends where the run ended that it goes on with; what was saved since is read now.
    if (place.isResumed !== true) return { heads, place: toJson(end), isMore: false };
    const next = { ...(await order.begin(session, end)), isCut: true };
    return { heads, place: toJson(next), isMore: true };
  };
}
