import { at, cut, entriesOf, isList, put } from '../tree.ts';
import type { Tree, Value } from '../tree.ts';
import { operator } from '../operator.ts';
import type { Operator } from '../operator.ts';

interface Table {
  readonly path: readonly (string | number)[];
  readonly decision: Value;
  readonly inputs: readonly string[];
  readonly outputs: readonly (readonly [string, Value])[];
  readonly rules: readonly Value[];
}

function tablesOf(tree: Tree): readonly Table[] {
  return entriesOf(tree['decisions']).map(([name, decision]) => {
    const rules = at(decision, ['rules']);
    return {
      path: ['decisions', name],
      decision,
      inputs: entriesOf(at(decision, ['inputs'])).map(([input]) => input),
      outputs: entriesOf(at(decision, ['outputs'])),
      rules: isList(rules) ? rules : [],
    };
  });
}

/** Rules in which every input is `-`. */
function catchAllsOf({ rules, inputs }: Table): readonly number[] {
  return rules.flatMap((rule, index) =>
    inputs.every((input) => at(rule, [input]) === '-') ? [index] : [],
  );
}

function eachRule(tree: Tree, change: (table: Table, index: number) => [string, Value][]) {
  return tablesOf(tree).flatMap((table) =>
    table.rules.flatMap((_, index) =>
      change(table, index).map(([column, value]) => {
        const place = [...table.path, 'rules', index, column];
        return [put(tree, place, value), place] as const;
      }),
    ),
  );
}

const NUMBERS: readonly unknown[] = ['number', 'whole number', 'decimal'];

/** Tables that say nothing, too much, or not enough. */
export const DECISION_OPERATORS: readonly Operator[] = [
  operator('bad-cell', 'An interval has two ends.', (tree) =>
    eachRule(tree, ({ inputs }) => inputs.map((input) => [input, '[1..)'])),
  ),
  operator('cell-of-comparison', 'A cell is written without `==`.', (tree) =>
    eachRule(tree, ({ inputs }) => inputs.map((input) => [input, '== 1'])),
  ),
  operator('cell-of-no-kind', 'No input is of a kind that is written so.', (tree) =>
    eachRule(tree, ({ inputs }) => inputs.map((input) => [input, '< "zzz zzz"'])),
  ),
  operator('missing-output', 'Every rule gives every output.', (tree) =>
    tablesOf(tree).flatMap(({ path, rules, outputs }) =>
      rules.flatMap((_, index) =>
        outputs.map(([output]) => {
          const place = [...path, 'rules', index];
          return [cut(tree, [...place, output]), place] as const;
        }),
      ),
    ),
  ),
  operator('result-of-another-kind', 'Yes is no number and no text.', (tree) =>
    eachRule(tree, ({ outputs }) => outputs.map(([output]) => [output, true])),
  ),
  operator('result-beyond-limits', 'The output has a greatest value.', (tree) =>
    eachRule(tree, ({ outputs }) =>
      outputs
        .filter(([, type]) => at(type, ['maximum']) !== undefined)
        .map(([output]) => [output, '99999']),
    ).map(([changed, place]) => [put(changed, place, 99999), place] as const),
  ),
  operator('result-no-choice', 'The output has choices, and this is none.', (tree) =>
    eachRule(tree, ({ outputs }) =>
      outputs
        .filter(([, type]) => at(type, ['choices']) !== undefined)
        .map(([output]) => [output, 'platinum']),
    ),
  ),
  operator('input-and-output', 'A column is an input or an output.', (tree) =>
    tablesOf(tree).flatMap(({ path, inputs }) =>
      inputs.map((input) => {
        const place = [...path, 'outputs', input];
        return [put(tree, place, { kind: 'number' }), place] as const;
      }),
    ),
  ),
  operator('gap', 'What only the last rule for everything takes falls through.', (tree) =>
    tablesOf(tree).flatMap((table) => {
      const { path, decision, rules } = table;
      if (at(decision, ['hit']) !== 'first' || rules.length < 2) return [];
      return catchAllsOf(table).map(
        (index) => [cut(tree, [...path, 'rules', index]), [...path, 'rules']] as const,
      );
    }),
  ),
  operator('gap-of-unique', 'What one of the rules alone takes falls through.', (tree) =>
    tablesOf(tree).flatMap(({ path, decision, rules }) => {
      if (at(decision, ['hit']) !== 'unique' || at(decision, ['default']) !== undefined) return [];
      return rules.map(
        (_, index) => [cut(tree, [...path, 'rules', index]), [...path, 'rules']] as const,
      );
    }),
  ),
  operator('overlap', 'A rule for everything overlaps with every other.', (tree) =>
    tablesOf(tree).flatMap((table) => {
      if (catchAllsOf(table).length === 0 || table.rules.length < 2) return [];
      const { collect, ...rest } = table.decision as Tree;
      const changed = put(tree, table.path, { ...rest, hit: 'unique' });
      return collect === undefined ? [[changed, [...table.path, 'rules']] as const] : [];
    }),
  ),
  operator('overlap-of-twice', 'A rule that stands twice overlaps with itself.', (tree) =>
    tablesOf(tree).flatMap(({ path, decision, rules }) => {
      if (at(decision, ['hit']) !== 'unique') return [];
      return rules.map((rule) => {
        const place = [...path, 'rules'];
        return [put(tree, place, [...rules, rule]), [...place, rules.length]] as const;
      });
    }),
  ),
  operator('disagreement', 'With `any`, rules that hold together agree.', (tree) =>
    tablesOf(tree).flatMap(({ path, decision, rules, inputs, outputs }) => {
      if (at(decision, ['hit']) !== 'any') return [];
      const row = [
        ...inputs.map((input) => [input, '-'] as const),
        ...outputs.map(([output]) => [output, 'other'] as const),
      ];
      const place = [...path, 'rules'];
      const added = put(tree, place, [...rules, Object.fromEntries(row)]);
      return [[added, [...place, rules.length]] as const];
    }),
  ),
  operator('no-priority', 'Numbers have no place among choices.', (tree) =>
    tablesOf(tree).flatMap(({ path, outputs, decision }) => {
      const isPlain = outputs.every(([, type]) => at(type, ['choices']) === undefined);
      if (!isPlain || at(decision, ['collect']) !== undefined) return [];
      return [[put(tree, [...path, 'hit'], 'priority'), [...path, 'hit']] as const];
    }),
  ),
  operator('unknown-hit', 'There is no such way to choose a rule.', (tree) =>
    tablesOf(tree).map(({ path }) => [put(tree, [...path, 'hit'], 'last'), [...path, 'hit']]),
  ),
  operator('collect-without', '`collect` stands beside `hit: collect` alone.', (tree) =>
    tablesOf(tree).map(({ path }) => {
      const changed = put(tree, [...path, 'hit'], 'first');
      return [put(changed, [...path, 'collect'], { count: true }), [...path, 'collect']];
    }),
  ),
  operator('sum-of-nothing', 'There is no such output to add up.', (tree) =>
    tablesOf(tree).map(({ path }) => {
      const changed = put(tree, [...path, 'hit'], 'collect');
      return [put(changed, [...path, 'collect'], { sum: 'zzz' }), [...path, 'collect']];
    }),
  ),
  operator('result-of-a-list', '`collect` gives a list, and a list has no such field.', (tree) =>
    tablesOf(tree).flatMap(({ path, decision, outputs }) => {
      if (
        at(decision, ['hit']) !== 'first' ||
        !outputs.every(([, type]) => NUMBERS.includes(at(type, ['kind'])))
      ) {
        return [];
      }
      // The states that read the table take a field of its result.
      return [[put(tree, [...path, 'hit'], 'collect'), ['states']] as const];
    }),
  ),
];
