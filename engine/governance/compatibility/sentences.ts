import type { Finding, Rule } from './finding.ts';
import type { Direction } from './mode.ts';

/** What a schema does that the other one does not promise; `{}` is what it asks for. */
const SAYS: Readonly<Record<Rule, string>> = {
  type: 'takes other kinds of values ({})',
  enum: 'takes only some of the choices ({})',
  'lower-bound': 'has a tighter lower bound ({})',
  'upper-bound': 'has a tighter upper bound ({})',
  multiple: 'takes only multiples ({})',
  scale: 'takes fewer decimal places ({})',
  length: 'limits the length of the text more tightly ({})',
  pattern: 'asks for a pattern ({})',
  format: 'asks for a format ({})',
  media: 'takes fewer files ({})',
  'list-size': 'limits the length of the list more tightly ({})',
  'unique-items': 'asks that no two entries are the same ({})',
  contains: 'asks for certain entries ({})',
  required: 'requires the field "{}"',
  'field-removed': 'no longer takes the field "{}"',
  'field-added': 'says what the field "{}" must be, which could be anything',
  closed: 'takes no fields beside those that it names',
  'field-count': 'limits the number of fields more tightly ({})',
  'field-names': 'limits the names of fields ({})',
  depends: 'asks for fields that go with others ({})',
  branches: 'asks for one of several forms ({})',
  exclusion: 'excludes values ({})',
  condition: 'asks for something under a condition ({})',
  'too-complex': 'is too complex to be compared ({})',
};

const CURES: Readonly<Record<string, string>> = {
  required:
    'Leave it out of "required"; where it only has a new name, write "x-alias: OLD" beside it.',
  'field-removed': 'Keep the field; where it only has a new name, write "x-alias: OLD" beside it.',
  'field-added':
    'Where only known fields are ever sent: write "compatibility: none" in a release of its own; in the next one close the type by "additionalProperties: false", add the field, and write the mode as it was.',
};

/** The longest that what is asked for is quoted. */
const LONGEST = 120;

/** Says in a sentence what a finding is, why that breaks the promise, and what to do. */
export function sentenceOf(
  place: string,
  finding: Finding,
  direction: Direction,
  against: string,
  isShown: boolean,
): string {
  const [asking, values] =
    direction === 'backward'
      ? ['now', `values of ${against}`]
      : [`in ${against}`, 'values of the new one'];
  const asked =
    finding.asked.length > LONGEST ? `${finding.asked.slice(0, LONGEST)}…` : finding.asked;
  const what = SAYS[finding.rule].replace('{}', () => asked);
  const why = isShown
    ? `so that some ${values} are refused.`
    : `and it cannot be shown to be compatible: ${values} may be refused.`;
  const cure =
    CURES[direction === 'backward' ? finding.rule : ''] ??
    'Leave it as it was, or change "compatibility" in a release before this one.';
  return `${place} ${direction === 'backward' ? what : `${what} ${asking}`}, ${why} ${cure}`;
}
