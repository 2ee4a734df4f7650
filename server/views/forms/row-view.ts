import type { ShownValue, SummaryRow } from '../../../engine/index.ts';
import { insideSentence } from '../../../engine/index.ts';
import type { RowView, TableView } from './form-view.ts';

/** What stands where nothing was answered. */
const NOTHING = 'Not given';

/** Makes one row of a summary list; `changeHref` is where it can be changed. */
export function rowView(row: SummaryRow, changeHref?: string): RowView {
  const { label, value } = row;
  return {
    label,
    spoken: insideSentence(label),
    lines: value.kind === 'table' ? [] : linesOf(value),
    ...(value.kind === 'table' ? { table: tableView(label, value) } : {}),
    ...(changeHref === undefined ? {} : { changeHref }),
  };
}

function linesOf(value: ShownValue): readonly string[] {
  return value.kind === 'text' ? value.lines : [NOTHING];
}

function tableView(caption: string, table: Extract<ShownValue, { kind: 'table' }>): TableView {
  return {
    caption,
    head: table.columns.map(({ label, numeric }) => ({ text: label, numeric })),
    rows: table.rows.map((cells) =>
      cells.map((cell, index) => ({
        text: linesOf(cell).join(', '),
        numeric: table.columns[index]?.numeric ?? false,
      })),
    ),
  };
}
