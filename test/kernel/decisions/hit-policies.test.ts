import { expect } from 'chai';
import type { Json } from '../../../engine/kernel/json.ts';
import { oneOf, plain } from '../../../engine/kernel/types/make-type.ts';
import type { Row, TableOptions } from '../fixtures/decision.ts';
import { check } from '../fixtures/decision.ts';

const number = plain('number');
const RISK = { risk: { kind: 'one of', choices: ['high', 'medium', 'low'] } } as const;
const FEE = { name: { kind: 'text' }, fee: { kind: 'decimal' } } as const;

/** What a table of one number gives for some values. */
function give(
  rows: readonly Row[],
  options: TableOptions,
  ...values: number[]
): readonly unknown[] {
  const { table, problems } = check([number], rows, options);
  if (table === undefined) throw new Error(problems.map(({ message }) => message).join(' '));
  return values.map((value) => table.evaluate([value]));
}

describe('the hit policy of a decision table', () => {
  it('unique takes the one rule that holds', () => {
    const rows = [
      ['< 5', 1],
      ['[5..10)', 2],
      ['>= 10', 3],
    ];
    const found = give(rows, { hit: { kind: 'unique' } }, 4.9, 5, 10);
    expect(found).to.deep.equal([{ pct: 1 }, { pct: 2 }, { pct: 3 }]);
  });

  it('any takes whichever holds: they agree', () => {
    const rows = [
      ['< 10', 1],
      ['[5..20)', 1],
      ['>= 20', 2],
    ];
    const found = give(rows, { hit: { kind: 'any' } }, 4, 7, 15, 20);
    expect(found).to.deep.equal([{ pct: 1 }, { pct: 1 }, { pct: 1 }, { pct: 2 }]);
  });

  it('priority takes the result that comes first among the choices', () => {
    const rows = [
      ['-', 'low'],
      ['> 10', 'medium'],
      ['> 100', 'high'],
    ];
    const found = give(rows, { hit: { kind: 'priority' }, outputs: RISK }, 5, 50, 500);
    expect(found).to.deep.equal([{ risk: 'low' }, { risk: 'medium' }, { risk: 'high' }]);
  });

  it('priority looks at further choices where the first are the same', () => {
    const outputs = { ...RISK, team: { kind: 'one of', choices: ['a', 'b'] } } as const;
    const rows = [
      ['-', 'high', 'b'],
      ['> 10', 'high', 'a'],
    ];
    const found = give(rows, { hit: { kind: 'priority' }, outputs }, 5, 50);
    expect(found).to.deep.equal([
      { risk: 'high', team: 'b' },
      { risk: 'high', team: 'a' },
    ]);
  });

  const fees = [
    ['> 0', 'base', '10.10'],
    ['> 100', 'large', '5.20'],
    ['> 1000', 'huge', '-1'],
  ];
  it('collect gives all that hold, in the order of the table', () => {
    const found = give(fees, { hit: { kind: 'collect' }, outputs: FEE }, 0, 500);
    expect(found).to.deep.equal([
      [],
      [
        { name: 'base', fee: '10.10' },
        { name: 'large', fee: '5.20' },
      ],
    ]);
  });

  const aggregates: readonly (readonly ['sum' | 'min' | 'max', readonly Json[]])[] = [
    ['sum', ['10.1', '15.3', '14.3']],
    ['min', ['10.1', '5.2', '-1']],
    ['max', ['10.1', '10.1', '10.1']],
  ];
  for (const [kind, results] of aggregates) {
    it(`collect gives the ${kind} of an output, exactly`, () => {
      const hit = { kind: 'collect', aggregate: { kind, output: 'fee' } } as const;
      const limits = { least: 1 };
      const found = give(fees, { hit, outputs: FEE, limits }, 1, 500, 5000);
      expect(found).to.deep.equal(results);
    });
  }

  it('collect adds nothing up to 0, and counts the rules', () => {
    const sum = { kind: 'collect', aggregate: { kind: 'sum', output: 'fee' } } as const;
    expect(give(fees, { hit: sum, outputs: FEE }, -1)).to.deep.equal(['0']);
    const count = { kind: 'collect', aggregate: { kind: 'count' } } as const;
    expect(give(fees, { hit: count, outputs: FEE }, -1, 500)).to.deep.equal([0, 2]);
  });

  it('collect compares dates and adds durations', () => {
    const outputs = { due: { kind: 'date' }, takes: { kind: 'duration' } } as const;
    const rows = [
      ['-', '2027-03-04', 'PT1H'],
      ['> 1', '2027-03-02', 'PT30M'],
    ];
    const collect = (kind: 'sum' | 'min', output: string) =>
      ({ hit: { kind: 'collect', aggregate: { kind, output } }, outputs }) as const;
    expect(give(rows, collect('min', 'due'), 1, 2)).to.deep.equal(['2027-03-04', '2027-03-02']);
    expect(give(rows, collect('sum', 'takes'), 2)).to.deep.equal(['PT1H30M']);
  });

  it('gives the default where no rule holds', () => {
    const rows = [['> 10', 5]];
    expect(give(rows, { fallback: [0] }, 5, 50)).to.deep.equal([{ pct: 0 }, { pct: 5 }]);
    const collect = { hit: { kind: 'collect' }, fallback: [0] } as const;
    expect(give(rows, collect, 5, 50)).to.deep.equal([[{ pct: 0 }], [{ pct: 5 }]]);
  });
});

describe('the hit policy is refused', () => {
  it('as priority without an output that has choices', () => {
    const { problems } = check([number], [['-', 1]], { hit: { kind: 'priority' } });
    expect(problems.map(({ code, path }) => [code, path.at(-1)])).to.deep.equal([
      ['no-priority', 'hit'],
    ]);
  });

  it('as a sum of what is no number', () => {
    const hit = { kind: 'collect', aggregate: { kind: 'sum', output: 'risk' } } as const;
    const { problems } = check([number], [['-', 'low']], { hit, outputs: RISK });
    expect(problems.map(({ code, path }) => [code, ...path.slice(2)])).to.deep.equal([
      ['wrong-kind', 'collect', 'sum'],
    ]);
  });

  it('for a default that does not fit', () => {
    const { problems } = check([oneOf(['a', 'b'])], [['a', 1]], { fallback: [50] });
    expect(problems.map(({ code, path }) => [code, ...path.slice(2)])).to.deep.equal([
      ['data-unfit', 'default', 'pct'],
    ]);
  });
});
