import { createHash } from 'node:crypto';
import type { Step } from '../../ports/step.ts';
import type { Columns, RowOf } from './columns.ts';
import { withoutNul } from './pg-session.ts';
import type { Refusal } from './refusal.ts';
import type { Part } from './save-steps.ts';
import { PARTS } from './save-steps.ts';
import type { Session, Statement } from './session.ts';

/** What the function's refusals are known by among the errors of the server. */
const REFUSED = 'TR001';

const BODY = `
declare changed bigint;
begin
${PARTS.map(partText).join('')}end`;

/** Hosts of two versions beside each other each have their own. */
const NAME = `trellis_save_${createHash('sha256').update(BODY).digest('hex').slice(0, 16)}`;

const PARAMETERS = PARTS.map((_, index) => `rows_${index} json`).join(', ');

/**
 * Makes the function that saves steps in one round trip. It runs the same statements in the same order
 * as a transaction of many; what it refuses is undone as a whole. A plan that was made while the tables
 * were small must not scan them once they have grown.
 */
export const MAKE_SAVE_FUNCTION = `create or replace function ${NAME} (${PARAMETERS}, counts bigint[])
  returns void language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $save$
#variable_conflict use_column${BODY}
$save$`;

const CALL: Statement = {
  name: NAME,
  text: `select ${NAME}(${[...PARTS, undefined].map((_, index) => `$${index + 1}`).join(', ')})`,
};

/** Saves steps by one call of the function, durably; answers why one of them cannot be saved. */
export async function saveByFunction(
  session: Session,
  steps: readonly Step[],
): Promise<Refusal | undefined> {
  const rows = PARTS.map(({ rowsOf }) => steps.flatMap(rowsOf));
  const counts = `{${rows.map(({ length }) => length).join(',')}}`;
  try {
    await session.all(CALL, [...rows.map(rowsText), counts]);
    return undefined;
  } catch (error) {
    if (isRefused(error)) return error.message as Refusal;
    throw error;
  }
}

function partText({ batch, refusal }: Part, index: number): string {
  const columns = Object.entries(batch.columns)
    .map(([name, kind]) => `${name} ${kind.replace('?', '')}`)
    .join(', ');
  const check =
    refusal === undefined
      ? ''
      : `
    get diagnostics changed = row_count;
    if changed <> counts[${index + 1}] then
      raise exception using errcode = '${REFUSED}', message = '${refusal}';
    end if;`;
  return `  if rows_${index} is not null then
    with v as (select * from json_to_recordset(rows_${index}) as v(${columns}))
    ${batch.text};${check}
  end if;
`;
}

/** The rows of a part as JSON, without what PostgreSQL's texts cannot hold; null for none. */
function rowsText(rows: readonly RowOf<Columns>[]): string | null {
  if (rows.length === 0) return null;
  const text = JSON.stringify(rows);
  // Written as an escape: a control character, mostly harmless, or half of a pair.
  return text.includes('\\u') ? JSON.stringify(rows, (_, value: unknown) => held(value)) : text;
}

function held(value: unknown): unknown {
  return typeof value === 'string' ? withoutNul(Buffer.from(value).toString()) : value;
}

function isRefused(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === REFUSED;
}
