import { expect } from 'chai';
import fc from 'fast-check';
import { compileDecision } from '../../../engine/kernel/decisions/compile-decision.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import {
  TEXT,
  listOf,
  oneOf,
  plain,
  withEmptiness,
} from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import { check, table } from '../fixtures/decision.ts';
import { VARIABLES } from '../fixtures/evaluate.ts';

const segment = oneOf(['key', 'oem', 'retail']);

function decide(
  types: readonly ValueType[],
  rows: readonly (readonly Json[])[],
  ...values: Json[]
): Json {
  const { table: found, problems } = check(types, rows);
  if (found === undefined) throw new Error(problems.map(({ message }) => message).join(' '));
  const result = found.evaluate(values) as JsonObject | undefined;
  return result?.['pct'] ?? null;
}

const DISCOUNT = [
  ['key', '>= 10000', 15],
  ['key, oem', '[1000..10000)', 8],
  ['-', '-', 0],
] as const;
const DISCOUNT_TYPES = [segment, plain('decimal')];

describe('a decision table', () => {
  const discounts: readonly (readonly [string, string, number])[] = [
    ['key', '10000', 15],
    ['key', '9999.99', 8],
    ['oem', '1000.00', 8],
    ['oem', '10000', 0],
    ['retail', '5000', 0],
    ['key', '999.999', 0],
  ];
  for (const [who, total, pct] of discounts) {
    it(`gives ${pct} for ${who} and ${total}`, () => {
      expect(decide(DISCOUNT_TYPES, DISCOUNT, who, total)).to.equal(pct);
    });
  }

  const cells: readonly (readonly [ValueType, string, Json, boolean])[] = [
    [plain('number'), '< 5', 4.9, true],
    [plain('number'), '<= 5, > 10', 5, true],
    [plain('number'), '<= 5, > 10', 10, false],
    [plain('number'), '(5..10]', 5, false],
    [plain('number'), ']5..10[', 10, false],
    [plain('number'), '[-5..-1]', -3, true],
    [plain('whole number'), 'not(1, 2)', 2, false],
    [plain('whole number'), 'not(1, 2)', 3, true],
    [plain('decimal'), '1.10', '1.1', true],
    [plain('yes/no'), 'yes', true, true],
    [plain('yes/no'), 'false', true, false],
    [plain('date'), '>= 2027-03-01', '2027-03-01', true],
    [plain('date'), '[2027-03-01..2027-04-01)', '2027-04-01', false],
    [plain('date-time'), '< 2027-03-01T00:00Z', '2027-02-28T23:59:59Z', true],
    [plain('duration'), '> PT2H', 'PT90M', false],
    [TEXT, 'Dublin, Cork', 'Cork', true],
    [TEXT, '"a, b", empty', 'a, b', true],
    [TEXT, '"empty"', 'empty', true],
    [oneOf([1, 2]), '1', 1, true],
    [withEmptiness(TEXT, true), 'empty', null, true],
    [withEmptiness(TEXT, true), 'not(empty)', null, false],
    [withEmptiness(plain('number'), true), '> 5', null, false],
    [withEmptiness(plain('number'), true), 'not(> 5)', null, true],
    [withEmptiness(plain('decimal'), true), '5', null, false],
  ];
  for (const [type, cell, value, holds] of cells) {
    it(`${cell} ${holds ? 'means' : 'does not mean'} ${JSON.stringify(value)}`, () => {
      const rows = [
        [cell, 1],
        ['-', 0],
      ];
      expect(decide([type], rows, value)).to.equal(holds ? 1 : 0);
    });
  }

  it('says which rule it was', () => {
    const { table: found } = check(DISCOUNT_TYPES, DISCOUNT);
    expect(found?.holding(['oem', '2000'])).to.deep.equal([1, 2]);
  });

  it('is compiled from a workflow that was checked', () => {
    const inputs = ['customer.segment', 'quote.netTotal'];
    const found = compileDecision(table(inputs, DISCOUNT), VARIABLES);
    expect(found.evaluate(['key', '20000'])).to.deep.equal({ pct: 15 });
    const wrong = table(['customer.segmnt', 'quote.netTotal'], DISCOUNT);
    expect(() => compileDecision(wrong, VARIABLES)).to.throw(TrellisError, 'Did you mean');
    const bad = table(inputs, [['gold', '-', 1]]);
    expect(() => compileDecision(bad, VARIABLES)).to.throw(TrellisError, 'not one of');
  });
});

describe('a wrong decision table', () => {
  const number = plain('number');
  const cases: readonly (readonly [ValueType, string, string, string])[] = [
    [segment, 'platinum', 'not-a-choice', 'key, oem, retail'],
    [segment, '< key', 'wrong-kind', 'needs an order'],
    [number, 'many', 'wrong-kind', '"many" is no number'],
    [number, '[10..5]', 'bad-cell', '10 comes after 5'],
    [number, '[1..]', 'bad-cell', '[1000..10000)'],
    [number, '!= 5', 'bad-cell', 'not(5)'],
    [number, '== 5', 'bad-cell', 'without =='],
    [number, '>', 'bad-cell', 'missing'],
    [number, '1,,2', 'bad-cell', 'comma'],
    [number, '1, -', 'bad-cell', 'stands alone'],
    [TEXT, '"a', 'bad-cell', 'quote'],
    [TEXT, 'a"b"', 'bad-cell', 'whole value'],
    [TEXT, '> a', 'wrong-kind', 'needs an order'],
    [TEXT, 'x'.repeat(600), 'bad-cell', '500'],
    [plain('date'), '2027-02-30', 'wrong-kind', '2027-03-14'],
    [plain('yes/no'), 'maybe', 'wrong-kind', 'yes'],
    [listOf(TEXT), '-', 'wrong-kind', 'its size'],
  ];
  for (const [type, cell, code, says] of cases) {
    it(`${cell.slice(0, 20)} for ${type.kind} is refused with "${code}"`, () => {
      const { problems, table: found } = check(
        [type],
        [
          [cell, 1],
          ['-', 0],
        ],
      );
      expect(found).to.equal(undefined);
      expect(problems[0]?.code).to.equal(code);
      expect(problems[0]?.message).to.include(says);
    });
  }

  it('is told at which cell', () => {
    const { problems } = check(
      [segment],
      [
        ['-', 1],
        ['gold', 0],
      ],
    );
    expect(problems[0]?.path).to.deep.equal(['decisions', 'discount', 'rules', 1, 'in0']);
  });

  it('is told which result does not fit', () => {
    const { problems } = check(
      [segment],
      [
        ['key', 50],
        ['-', 'much'],
      ],
    );
    expect(problems.map(({ code, path }) => [code, path.join('.')])).to.deep.equal([
      ['data-unfit', 'decisions.discount.rules.0.pct'],
      ['wrong-kind', 'decisions.discount.rules.1.pct'],
    ]);
  });

  const gaps: readonly (readonly [readonly ValueType[], readonly (readonly Json[])[], string])[] = [
    [[segment], [['key, oem', 1]], 'in0 = retail'],
    [
      [plain('whole number')],
      [
        ['< 5', 1],
        ['> 5', 2],
      ],
      'in0 = 5',
    ],
    [
      [plain('whole number')],
      [
        ['<= 5', 1],
        ['> 6', 2],
      ],
      'in0 = 6',
    ],
    [
      [plain('number')],
      [
        ['<= 5', 1],
        ['>= 6', 2],
      ],
      'in0 = 5.5',
    ],
    [
      [plain('date')],
      [
        ['< 2027-03-01', 1],
        ['> 2027-03-01', 2],
      ],
      'in0 = 2027-03-01',
    ],
    [
      [TEXT],
      [
        ['Dublin', 1],
        ['Cork', 2],
      ],
      'in0 = anything else',
    ],
    [
      [withEmptiness(plain('yes/no'), true)],
      [
        ['yes', 1],
        ['no', 2],
      ],
      'in0 = empty',
    ],
    [DISCOUNT_TYPES, DISCOUNT.slice(0, 2), 'in0 = key, in1 = 999'],
  ];
  for (const [types, rows, says] of gaps) {
    it(`has a gap at ${says}`, () => {
      const { problems, table: found } = check(types, rows);
      expect(found).to.equal(undefined);
      const [problem] = problems.filter(({ code }) => code === 'decision-gap');
      expect(problem?.message).to.include(`No rule holds for ${says}.`);
      expect(problem?.message).to.include('Add a last rule');
      expect(problem?.trace?.join(', ')).to.equal(says);
    });
  }

  const covered: readonly (readonly [readonly ValueType[], readonly (readonly Json[])[]])[] = [
    [
      [segment],
      [
        ['key', 1],
        ['oem', 2],
        ['retail', 3],
      ],
    ],
    [
      [segment],
      [
        ['key', 1],
        ['not(key)', 2],
      ],
    ],
    [
      [plain('decimal')],
      [
        ['< 5', 1],
        ['>= 5', 2],
      ],
    ],
    [
      [plain('whole number')],
      [
        ['<= 5', 1],
        ['>= 6', 2],
      ],
    ],
    [
      [plain('yes/no'), segment],
      [
        ['yes', '-', 1],
        ['no', 'key', 2],
        ['no', 'not(key)', 3],
      ],
    ],
    [
      [withEmptiness(TEXT, true)],
      [
        ['empty', 1],
        ['not(empty)', 2],
      ],
    ],
  ];
  for (const [types, rows] of covered) {
    it(`has no gap in ${JSON.stringify(rows)}`, () => {
      expect(check(types, rows).problems).to.deep.equal([]);
    });
  }

  it('is warned of rules that are never reached', () => {
    const rows = [
      ['< 10', 1],
      ['[2..4]', 2],
      ['-', 3],
      ['> 20', 4],
    ];
    const { problems, table: found } = check([number], rows);
    expect(found).to.not.equal(undefined);
    expect(problems.map(({ code, severity, path }) => [code, severity, path.at(-1)])).to.deep.equal(
      [
        ['decision-unreachable', 'warning', 1],
        ['decision-unreachable', 'warning', 3],
      ],
    );
  });

  it('that is accepted leaves no value without a rule', () => {
    const bound = fc.integer({ min: -3, max: 6 });
    const cell = fc.oneof(
      bound.map(String),
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([op, at]) => `${op} ${at}`),
      fc
        .tuple(fc.constantFrom('[', '('), bound, bound, fc.constantFrom(']', ')'))
        .map(([open, a, b, close]) => `${open}${Math.min(a, b)}..${Math.max(a, b)}${close}`),
      fc.constantFrom('-', 'empty', 'not(2)', '1, 3'),
    );
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    const types = [plain('whole number'), withEmptiness(plain('number'), true)];
    fc.assert(
      fc.property(rows, (cells) => {
        const { problems, table: found } = check(
          types,
          cells.map(([a, b]) => [a, b, 1]),
        );
        const reached = new Set<number | undefined>();
        for (let a = -5; a <= 8; a++) {
          for (let b = -5; b <= 8; b += 0.5) reached.add(found?.holding([a, b])[0]);
          reached.add(found?.holding([a, null])[0]);
        }
        const hasGap = problems.some(({ code }) => code === 'decision-gap');
        expect(found === undefined).to.equal(hasGap);
        if (found === undefined) return;
        expect(reached.has(undefined)).to.equal(false);
        const unreached = problems.map(({ path }) => path.at(-1));
        cells.forEach((_, rule) => {
          expect(reached.has(rule)).to.equal(!unreached.includes(rule));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of any cells does no harm', () => {
    const junk = fc.string({
      unit: fc.constantFrom(...Array.from('[]().,<>=-"! not empty 12key')),
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        junk,
        fc.constantFrom(segment, number, TEXT, plain('date'), plain('decimal')),
        (cell, type) => {
          const { problems, table: found } = check(
            [type],
            [
              [cell, 1],
              ['-', 0],
            ],
          );
          expect(found === undefined).to.equal(
            problems.some(({ severity }) => severity === 'error'),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
