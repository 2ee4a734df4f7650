import type { Database } from './database.ts';
import type { EntryOrder, HeadColumns, Place } from './entry-order.ts';
import { caseHead } from './entry-order.ts';

/** Which transactions were over when the runs before had read, and how far this one is. */
export interface TransactionPlace extends Place {
  /** PostgreSQL's snapshot of the run before: what it shows was read. (Default: nothing was) */
  readonly from?: string;
  /** The snapshot of this run: what it shows is read. */
  readonly upTo: string;
  /** The last entry that was read: its transaction, case and number. */
  readonly after?: readonly [number, string, number];
}

type EntryColumns = HeadColumns & { readonly xact: number };

/**
 * The order of PostgreSQL's transactions. They commit in another order than they begin, so a run reads
 * what its snapshot shows and that of the run before did not.
 */
export function createTransactionOrder({
  statement,
}: Pick<Database, 'statement'>): EntryOrder<TransactionPlace> {
  const current = statement(
    'current_snapshot',
    `select pg_current_snapshot()::text as snapshot,
      pg_snapshot_xmax(pg_current_snapshot())::text::bigint as end`,
  );
  // Transaction 0 is that of entries from before transactions were written down.
  const later = statement(
    'entries_between_snapshots',
    `select case_id, seq, hash, xact from events
      where xact >= ? and (xact, case_id, seq) > (?, ?, ?)
      and (xact = 0 or pg_visible_in_snapshot(xact::text::xid8, ?::pg_snapshot))
      and (?::text is null
        or (xact > 0 and not pg_visible_in_snapshot(xact::text::xid8, (?::text)::pg_snapshot)))
      order by xact, case_id, seq limit ?`,
  );
  return {
    begin: async (session, stored) => {
      const [now] = (await session.all(current)) as [{ snapshot: string; end: number }];
      const upTo = now.snapshot;
      if (stored === undefined) return { round: 0, upTo };
      // The entries were brought to another server, which counts its transactions anew: all are read.
      if (endOf(stored.upTo) > now.end) return { round: stored.round, upTo };
      return stored.isCut === true ? stored : { ...stored, upTo };
    },
    page: async (session, place, limit) => {
      const { from = null, upTo } = place;
      const after = place.after ?? [startOf(from), '', 0];
      const values = [after[0], ...after, upTo, from, from, limit];
      const rows = (await session.all(later, values)) as readonly EntryColumns[];
      const last = rows.at(-1);
      return {
        heads: rows.map(caseHead),
        place:
          last === undefined ? place : { ...place, after: [last.xact, last.case_id, last.seq] },
        isMore: rows.length === limit,
      };
    },
    end: ({ round, upTo }) => ({ round, from: upTo, upTo }),
  };
}

/** The first transaction that a snapshot may not show: `10:20:10,14` begins with it. */
function startOf(snapshot: string | null): number {
  return Number(snapshot?.split(':')[0] ?? 0);
}

/** The first transaction that had not begun. */
function endOf(snapshot: string): number {
  return Number(snapshot.split(':')[1]);
}
