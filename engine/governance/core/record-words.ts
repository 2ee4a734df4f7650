/** The name of the connector whose operations are those on the company's own records. */
export const RECORDS = 'records';
/** What a type says whose records are kept here. */
const HERE = 'here';

/** An input of `find`: how many records it answers at most. */
export const AT_MOST = 'atMost';
/** An input of `update`: the version that the record must still have. */
export const IF_VERSION = 'ifVersion';

/** Tells whether the records of a type are kept here. */
export function isOwnedHere({ source }: { readonly source: string }): boolean {
  return source === HERE;
}
