import type { FileValue, ShownValue, SummaryRow } from '../../../engine/index.ts';
import { insideSentence, showSize } from '../../../engine/index.ts';
import type { FileView, RowView, TableView } from './form-view.ts';

/** What stands where nothing was answered. */
const NOTHING = 'Not given';

/** Where a row leads: to be changed, and to the files that it shows. */
interface RowLinks {
  readonly changeHref?: string | undefined;
  readonly fileHref?: FileHref | undefined;
}

/** The address of a file, by its id. */
export type FileHref = (id: string) => string;

/** Makes one row of a summary list. */
export function rowView(row: SummaryRow, { changeHref, fileHref }: RowLinks = {}): RowView {
  const { label, value } = row;
  return {
    label,
    spoken: insideSentence(label),
    lines: value.kind === 'table' || value.kind === 'files' ? [] : linesOf(value),
    ...(value.kind === 'files'
      ? { files: value.files.map((file) => fileView(file, fileHref)) }
      : {}),
    ...(value.kind === 'table' ? { table: tableView(label, value) } : {}),
    ...(changeHref === undefined ? {} : { changeHref }),
  };
}

/** Makes the view of a file. */
export function fileView({ id, name, size }: FileValue, fileHref?: FileHref): FileView {
  return { name, size: showSize(size), ...(fileHref === undefined ? {} : { href: fileHref(id) }) };
}

function linesOf(value: ShownValue): readonly string[] {
  if (value.kind === 'files') return value.files.map(({ name }) => name);
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
