import type { Database } from './database.ts';
import type { EntryOrder, HeadColumns, Place } from './entry-order.ts';
import { caseHead } from './entry-order.ts';
import { fromJson, toJson } from './json.ts';
import type { Session } from './session.ts';

/** The last row that was read. */
export interface RowPlace extends Place {
  readonly row: number;
  /** The entry in it. */
  readonly entry?: string;
}

type Statements = Pick<Database, 'statement'>;
type RowColumns = HeadColumns & { readonly place: number };

const COLUMNS = 'rowid as place, case_id, seq, hash';
const NEWEST_ROW = `select ${COLUMNS} from events order by rowid desc limit 1`;

/**
 * The order in which SQLite numbers the rows of a table that has no key of its own: one writer at a
 * time, and each row after the newest that is there.
 */
export function createRowOrder(database: Statements): EntryOrder<RowPlace> {
  const at = database.statement('event_row', `select ${COLUMNS} from events where rowid = ?`);
  const later = database.statement(
    'later_event_rows',
    `select ${COLUMNS} from events where rowid > ? order by rowid limit ?`,
  );
  return {
    begin: async (session, stored) => {
      const { round = 0, row = 0, entry } = stored ?? {};
      if (stored === undefined || row === 0) return { round, row };
      const [found] = (await session.all(at, [row])) as readonly RowColumns[];
      // Another entry stands there: VACUUM has numbered the rows anew, and all are read again.
      return found !== undefined && entryOf(found) === entry ? stored : { round, row: 0 };
    },
    page: async (session, place, limit) => {
      const rows = (await session.all(later, [place.row, limit])) as readonly RowColumns[];
      const last = rows.at(-1);
      return {
        heads: rows.map(caseHead),
        place: last === undefined ? place : { ...place, row: last.place, entry: entryOf(last) },
        isMore: rows.length === limit,
      };
    },
    end: ({ round, row, entry }) => ({ round, row, ...(entry === undefined ? {} : { entry }) }),
  };
}

/**
 * Lets `work` delete rows. Where the newest goes, its number is used again, so that the next run has to
 * begin before it, and one under way has to begin anew.
 */
export function createRowGuard(
  database: Statements,
): (session: Session, work: () => Promise<void>) => Promise<void> {
  const newest = database.statement('newest_event_row', NEWEST_ROW);
  const read = database.statement('checkpoint_place', 'select place from checkpoint_place');
  const write = database.statement(
    'move_checkpoint_place',
    `insert into checkpoint_place (id, round, place) values (1, ?, ?)
      on conflict (id) do update set round = excluded.round, place = excluded.place`,
  );
  const newestRow = async (session: Session): Promise<RowColumns | undefined> =>
    ((await session.all(newest)) as readonly RowColumns[])[0];
  return async (session, work) => {
    const before = await newestRow(session);
    await work();
    const after = await newestRow(session);
    if (after?.place === before?.place) return;
    const [stored] = (await session.all(read)) as readonly { readonly place: string }[];
    const place = stored === undefined ? NO_PLACE : (fromJson(stored.place) as RowPlace);
    const round = place.round + 1;
    const moved = place.row > (after?.place ?? 0) ? { ...place, ...rowPlace(after) } : place;
    await session.run(write, [round, toJson({ ...moved, round })]);
  };
}

const NO_PLACE: RowPlace = { round: 0, row: 0 };

function rowPlace(row: RowColumns | undefined): Pick<RowPlace, 'row' | 'entry'> {
  return row === undefined ? { row: 0 } : { row: row.place, entry: entryOf(row) };
}

function entryOf({ case_id, seq }: HeadColumns): string {
  return `${case_id} ${seq}`;
}
