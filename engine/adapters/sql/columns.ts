/** The two kinds of column there are. JSON is text; times are epoch milliseconds. */
export type ColumnKind = 'text' | 'bigint' | 'text?' | 'bigint?';

/** The columns of a table, or of a batch of rows, in order; `?` marks what may be null. */
export type Columns = Readonly<Record<string, ColumnKind>>;

export type Value = string | number | null;

interface Values {
  readonly text: string;
  readonly bigint: number;
  readonly 'text?': string | null;
  readonly 'bigint?': number | null;
}

/** A row as the database has it. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: Values[C[K]] };

/** An optional property from a nullable column: absent when it is null. */
export function present<K extends string, V>(
  key: K,
  value: V | null,
): Partial<Readonly<Record<K, V>>> {
  return (value === null ? {} : { [key]: value }) as Partial<Readonly<Record<K, V>>>;
}
