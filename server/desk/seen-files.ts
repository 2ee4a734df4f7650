import { filesIn, shownRows } from '../../engine/index.ts';
import type { Draft, FileValue, Journey, ShownValue, SummaryRow } from '../../engine/index.ts';

/** The files that a form shows and that it holds so far. */
export function filesOfForm({ checks, context }: Journey, { values }: Draft): readonly FileValue[] {
  const rows = shownRows(checks.model.shown, context.data, context.moment.timeZone);
  return [...filesIn(values).map(({ file }) => file), ...filesOfRows(rows)];
}

/** The files that rows show. */
export function filesOfRows(rows: readonly SummaryRow[]): readonly FileValue[] {
  return rows.flatMap(({ value }) => filesShown(value));
}

function filesShown(value: ShownValue): readonly FileValue[] {
  if (value.kind === 'files') return value.files;
  return value.kind === 'table' ? value.rows.flat().flatMap(filesShown) : [];
}
