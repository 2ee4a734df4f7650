/** The name of the connector whose operations are those on the company's own records. */
export const RECORDS = 'records';
/** What a type says whose records are kept here. */
const HERE = 'here';

/** An input of `find`: how many records it answers at most. */
export const AT_MOST = 'atMost';
/** An input of what reads a table: the day for which it is asked. */
export const ON = 'on';
/** An input of `update`: the version that the record must still have. */
export const IF_VERSION = 'ifVersion';

/** What a type says whose records are the rows of a table of reference data. */
const REFERENCE = 'reference';

/** Tells whether the records of a type are kept here. */
export function isOwnedHere({ source }: { readonly source: string }): boolean {
  return source === HERE;
}

/** Tells whether the records of a type are rows of `reference/TYPE.csv`. */
export function isReference({ source }: { readonly source: string }): boolean {
  return source === REFERENCE;
}

/** What the operations of a type ask for beside its fields, by the operation. */
export function wordsBeside(type: { readonly source: string }): ReadonlyMap<string, string> {
  const pairs: readonly (readonly [string, string])[] = [
    ...(isOwnedHere(type)
      ? ([
          [AT_MOST, 'find'],
          [IF_VERSION, 'update'],
        ] as const)
      : []),
    ...(isReference(type)
      ? ([
          [AT_MOST, 'find'],
          [ON, 'get'],
        ] as const)
      : []),
  ];
  return new Map(pairs);
}
