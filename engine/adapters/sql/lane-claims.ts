import type { LaneShare } from '../../ports/jobs.ts';
import type { Database } from './database.ts';
import type { Value } from './columns.ts';
import type { Statement } from './session.ts';

/**
 * A statement that claims the jobs whose ids `due` has. What it reads is materialized: a plan that
 * asked for the due jobs once a row would take more than the limit.
 */
export function claiming(due: string): string {
  return `with ${due}
    update jobs set attempts = attempts + 1, free_at = ? where id in (select id from due)
    returning *`;
}

/** Makes the statements that claim jobs of some lanes; there is one for each power of two of them. */
export function createLaneClaims(
  database: Pick<Database, 'dialect' | 'statement'>,
): (
  shares: readonly LaneShare[],
  now: number,
  limit: number,
) => { readonly statement: Statement; readonly values: readonly Value[] } {
  const { skipLocked } = database.dialect;
  const statements = new Map<number, Statement>();

  const claimOf = (lanes: number): Statement => {
    const known = statements.get(lanes);
    if (known !== undefined) return known;
    const numbers = Array.from({ length: lanes }, (_, index) => index);
    const heads = numbers.map(
      (number) => `lane_${number} as materialized (
        select id, free_at from jobs where lane = ? and held = 0 and free_at <= ?
        order by free_at, id limit ? ${skipLocked})`,
    );
    const all = numbers
      .map((number) => `select id, free_at from lane_${number}`)
      .join(' union all ');
    const due = `due as materialized (select id from (${all}) as heads order by free_at, id limit ?)`;
    const made = database.statement(`claim_jobs_of_${lanes}`, claiming([...heads, due].join(', ')));
    statements.set(lanes, made);
    return made;
  };

  return (shares, now, limit) => {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, shares.length)));
    const none: LaneShare = { lane: '', limit: 0 };
    const padded = [...shares, ...Array<LaneShare>(size - shares.length).fill(none)];
    const values = padded.flatMap(({ lane, limit: most }) => [lane, now, most]);
    return { statement: claimOf(size), values: [...values, limit] };
  };
}
