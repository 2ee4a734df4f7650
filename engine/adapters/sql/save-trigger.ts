import type { Step } from '../../ports/step.ts';
import type { Columns, RowOf, Value } from './columns.ts';
import type { Refusal } from './refusal.ts';
import type { Part } from './save-steps.ts';
import { PARTS } from './save-steps.ts';
import type { Session, Statement } from './session.ts';
import { wellFormed } from './well-formed.ts';

/** What the trigger's refusals begin with among the errors of SQLite. */
const REFUSED = 'TR001';

/** What is bound: the rows of each part, and how many there are. */
const FIELDS = PARTS.flatMap((_, index) => [`rows_${index}`, `count_${index}`]);

const VIEW: Statement = {
  name: 'make_save_view',
  text: `create temp view save_steps as select ${FIELDS.map((field) => `null as ${field}`).join(', ')}`,
};

const TRIGGER: Statement = {
  name: 'make_save_trigger',
  text: `create temp trigger save_all_parts instead of insert on save_steps begin
${PARTS.map(partText).join('')}end`,
};

const SAVE: Statement = {
  name: 'save_steps',
  text: `insert into save_steps (${FIELDS.join(', ')}) values (${FIELDS.map(() => '?').join(', ')})`,
};

/** The sessions whose connections have the trigger. */
const made = new WeakSet<Session>();

/**
 * Saves steps by one statement, which is a transaction of its own; answers why one of them cannot be
 * saved. A trigger of the connection runs the statements of all parts in order; what it refuses is
 * undone as a whole.
 */
export async function saveByTrigger(
  session: Session,
  steps: readonly Step[],
): Promise<Refusal | undefined> {
  if (!made.has(session)) {
    for (const statement of [VIEW, TRIGGER]) await session.run(statement);
    made.add(session);
  }
  const values = PARTS.flatMap(({ batch, rowsOf }): Value[] => {
    const rows = steps.flatMap(rowsOf);
    return [rowsText(Object.keys(batch.columns), rows), rows.length];
  });
  try {
    await session.run(SAVE, values);
    return undefined;
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/** A trigger takes no `with`: what a statement calls `v` is written out where it reads from it. */
function partText({ batch, refusal }: Part, index: number): string {
  const columns = Object.keys(batch.columns).map((name, at) => `value->>${at} as ${name}`);
  const rows = `from (select ${columns.join(', ')} from jsonb_each(new.rows_${index})) as v`;
  const check =
    refusal === undefined
      ? ''
      : `
  select raise(abort, '${REFUSED} ${refusal}') where changes() <> new.count_${index};`;
  return `  ${batch.text.replaceAll(/\bfrom v\b/gu, rows)};${check}
`;
}

/** The rows of a part as JSON, a list for each; null for none. */
function rowsText(columns: readonly string[], rows: readonly RowOf<Columns>[]): string | null {
  if (rows.length === 0) return null;
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null));
  const text = JSON.stringify(cells);
  // Half of a pair is written as an escape.
  return text.includes('\\ud') ? JSON.stringify(cells.map((row) => row.map(wellFormed))) : text;
}

const REFUSAL = new RegExp(`\\b${REFUSED} (\\w+)$`, 'u');

function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  return REFUSAL.exec(error.message)?.[1] as Refusal | undefined;
}
