import { put } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';
import type { Formula } from '../walk.ts';
import { formulasOf } from '../walk.ts';

/** Puts something else in the place of every formula that is meant. */
function formulas(
  name: string,
  why: string,
  change: (formula: Formula) => string | undefined,
): Operator {
  return operator(name, why, (tree) =>
    formulasOf(tree).flatMap((formula) => {
      const text = change(formula);
      return text === undefined ? [] : [[put(tree, formula.path, text), formula.path] as const];
    }),
  );
}

const PATH = /(?<![.\w"'])([a-z]\w*)((?:\.[a-z]\w*)+)(?![\w(.])/;
const CHOICE = /(== )"(key|oem|retail|van|truck|ship)"/;

/** Formulas that mean nothing, or not what is needed where they stand. */
export const FORMULA_OPERATORS: readonly Operator[] = [
  formulas(
    'syntax',
    'An operator without its right side is no formula.',
    ({ value }) => `${value} ==`,
  ),
  formulas('open-bracket', 'A bracket that is opened is closed.', ({ value }) => `((${value})`),
  formulas('unknown-variable', 'Nothing in scope has this name.', () => 'nobody.name'),
  formulas(
    'unknown-function',
    'The language has no such function.',
    ({ value }) => `frobnicate(${value})`,
  ),
  formulas('field-of-field', 'A field of what has no such field.', ({ value }) =>
    PATH.test(value) ? value.replace(PATH, '$1$2Zzz') : undefined,
  ),
  formulas(
    'and-with-number',
    '`&&` joins two of yes and no, and 5 is neither.',
    ({ value }) => `(${value}) && 5`,
  ),
  formulas('too-many-arguments', '`lower` takes one text.', ({ value }) => `lower(${value}, 1, 2)`),
  formulas('list-of-lists', 'Nothing here takes a list of lists of numbers.', ({ use }) =>
    use === 'input' ? undefined : '[[1, 2], [3]]',
  ),
  formulas('guard-is-text', 'A condition is yes or no, not a text.', ({ use }) =>
    use === 'condition' ? '"yes"' : undefined,
  ),
  formulas('guard-is-number', 'A condition is yes or no, not a number.', ({ use, value }) =>
    use === 'condition' ? `size(text(${String(value.length)}))` : undefined,
  ),
  formulas('condition-compared-to-number', 'Yes and no are no numbers.', ({ use, value }) =>
    use === 'condition' ? `(${value}) > 7` : undefined,
  ),
  formulas('negated-text', 'Only yes and no have an opposite.', ({ use }) =>
    use === 'condition' ? '!reference' : undefined,
  ),
  formulas('not-a-choice', 'The value is not one of those that the field allows.', ({ value }) =>
    CHOICE.test(value) ? value.replace(CHOICE, '$1"platinum"') : undefined,
  ),
  formulas('address-is-number', 'A number is no address.', ({ use }) =>
    use === 'address' ? 'size(reference)' : undefined,
  ),
  formulas('address-is-literal', 'A mail goes to an address that the case carries.', ({ use }) =>
    use === 'address' ? '"somebody@a.example"' : undefined,
  ),
  formulas('match-is-date', 'The key of the message is a text.', ({ use }) =>
    use === 'match' ? 'today()' : undefined,
  ),
  formulas('result-after-the-work', 'There is no `result` before the work.', ({ path }) =>
    path.at(-2) === 'with' && path.at(-3) !== 'undo' ? 'result.id' : undefined,
  ),
  formulas('bad-pattern', 'RE2 knows no look-ahead.', ({ use }) =>
    use === 'condition' ? 'matches(reference, "(?=a)")' : undefined,
  ),
  formulas('mixed-numbers', 'A decimal and a number never mix.', ({ value, use }) =>
    use === 'condition' && /netTotal|\bfee\b/.test(value)
      ? value.replace(/quote\.netTotal|\bfee\b/, '$& * 1.5 + size(reference) * text(1)')
      : undefined,
  ),
];
