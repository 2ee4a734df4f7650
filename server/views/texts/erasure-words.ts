import type { ErasureOutlook } from '../../../engine/index.ts';

/** What an erasure leaves alone, in a sentence. */
export const NOT_LOOKED_AT =
  'Not looked at: accounts of staff, forms that were begun and not sent, messages that no case has taken, ' +
  'the texts of operations on many cases, and drafts of workflows.';

/** Says of each case and record what goes, and what stays and why. */
export function erasureLines({ cases, records }: ErasureOutlook): readonly string[] {
  return [
    ...cases.flatMap(({ reference, entries, fields, files, stays, refused }) => [
      refused === undefined
        ? `${reference}: ${count(entries, 'entry', 'entries')} without ${fields.join(', ') || 'anything personal'}; ${count(files, 'file', 'files')} removed.`
        : `${reference} stays as it is. ${refused.message}`,
      ...stays.map((place) => `${reference}: it stays in ${place}, which no type calls personal.`),
    ]),
    ...records.map(({ type, key, becomes }) =>
      becomes === 'emptied'
        ? `${type} ${key}: without what is personal.`
        : `${type} ${key}: removed, for it cannot be without.`,
    ),
  ];
}

function count(many: number, one: string, several: string): string {
  return `${many} ${many === 1 ? one : several}`;
}
