import { expect } from 'chai';
import fc from 'fast-check';
import type { HitPolicy } from '../../../engine/kernel/definition/decision.ts';
import type { Json } from '../../../engine/kernel/json.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import { TEXT, oneOf, plain, withEmptiness } from '../../../engine/kernel/types/make-type.ts';
import type { Row } from '../fixtures/decision.ts';
import { check } from '../fixtures/decision.ts';

const number = plain('number');
const segment = oneOf(['key', 'oem', 'retail']);

function found(problems: readonly Problem[]): readonly unknown[] {
  return problems.map(({ code, path, trace }) => [code, path.at(-1), trace?.join(', ')]);
}

describe('two rules that overlap', () => {
  const rows = [
    ['key, oem', '< 10', 1],
    ['oem, retail', '[5..20]', 2],
    ['retail', '< 5', 3],
    ['key', '>= 10', 1],
  ];
  const types = [segment, number];

  it('are refused by unique, with values for which both hold', () => {
    const { problems } = check(types, rows, { hit: { kind: 'unique' }, fallback: [0] });
    expect(found(problems)).to.deep.equal([['decision-overlap', 1, 'in0 = oem, in1 = 5']]);
    expect(problems[0]?.message).to.include('Rules 1 and 2 both hold for in0 = oem, in1 = 5');
  });

  it('are let through by any as long as they agree', () => {
    const any = { hit: { kind: 'any' }, fallback: [0] } as const;
    expect(found(check(types, rows, any).problems)).to.deep.equal([
      ['decision-overlap', 1, 'in0 = oem, in1 = 5'],
    ]);
    const agreeing = rows.map((row) => [...row.slice(0, 2), 1]);
    expect(check(types, agreeing, any).problems).to.deep.equal([]);
  });

  it('are told once a rule', () => {
    const all = Array.from({ length: 4 }, () => ['-', 1]);
    const { problems } = check([number], all, { hit: { kind: 'unique' } });
    expect(problems.map(({ path }) => path.at(-1))).to.deep.equal([1, 2, 3]);
  });

  it('do not overlap where their bounds only touch', () => {
    const touching = [
      ['[0..5)', 1],
      ['[5..10]', 2],
      ['(10..20]', 3],
      ['not([0..20])', 4],
    ];
    expect(check([number], touching, { hit: { kind: 'unique' } }).problems).to.deep.equal([]);
  });
});

describe('values that fall through', () => {
  const half = [['>= 10', 1]];
  for (const kind of ['first', 'unique', 'any'] as const) {
    it(`are refused with ${kind}, and cured by a default`, () => {
      const { problems } = check([number], half, { hit: { kind } });
      expect(found(problems)).to.deep.equal([['decision-gap', 'rules', 'in0 = 9']]);
      expect(check([number], half, { hit: { kind }, fallback: [0] }).problems).to.deep.equal([]);
    });
  }

  it('make an empty list, a sum of 0, but no least and no greatest', () => {
    const collect = (kind?: 'sum' | 'min' | 'max'): HitPolicy => ({
      kind: 'collect',
      ...(kind && { aggregate: { kind, output: 'pct' } }),
    });
    for (const hit of [collect(), collect('sum')]) {
      expect(check([number], half, { hit }).problems).to.deep.equal([]);
    }
    for (const hit of [collect('min'), collect('max')]) {
      expect(found(check([number], half, { hit }).problems)).to.deep.equal([
        ['decision-gap', 'rules', 'in0 = 9'],
      ]);
    }
  });

  it('are none beyond the limits of a field', () => {
    const rows = [
      ['[0..10)', 1],
      ['[10..100]', 2],
    ];
    expect(found(check([number], rows).problems)).to.deep.equal([
      ['decision-gap', 'rules', 'in0 = -1'],
    ]);
    const limits = { least: 0, greatest: '100' };
    expect(check([number], rows, { limits }).problems).to.deep.equal([]);
    const whole = [['1, 2, 3', 1]];
    expect(
      check([plain('whole number')], whole, { limits: { least: 1, greatest: 3 } }).problems,
    ).to.deep.equal([]);
  });
});

describe('a rule that is never reached', () => {
  it('is told with the rule that takes all that it would', () => {
    const rows = [
      ['< 10', 1],
      ['> 20', 2],
      ['[2..4]', 3],
      ['-', 4],
      ['15', 5],
    ];
    const { problems } = check([number], rows);
    expect(problems.map(({ message }) => message.split('.')[0])).to.deep.equal([
      'Rule 3 is never reached: rule 1 takes all that it would',
      'Rule 5 is never reached: rule 4 takes all that it would',
    ]);
    expect(problems.every(({ severity }) => severity === 'warning')).to.equal(true);
  });

  it('is told with the rules that take it together', () => {
    const rows = [
      ['< 10', 1],
      ['>= 10', 2],
      ['[5..15]', 3],
    ];
    const [problem] = check([number], rows).problems;
    expect(problem?.message).to.include('rules 1 and 2 together take all');
  });

  it('with priority stands behind better results, wherever it is written', () => {
    const outputs = { risk: { kind: 'one of', choices: ['high', 'low'] } } as const;
    const rows = [
      ['> 10', 'low'],
      ['-', 'high'],
    ];
    const { problems } = check([number], rows, { hit: { kind: 'priority' }, outputs });
    expect(found(problems)).to.deep.equal([['decision-unreachable', 0, undefined]]);
  });

  it('may be one of which a cell means no value', () => {
    const rows = [
      ['(5..6)', 1],
      ['-', 2],
    ];
    const [problem] = check([plain('whole number')], rows, { hit: { kind: 'collect' } }).problems;
    expect(problem?.message).to.include('Rule 1 never holds');
  });
});

describe('a table of many rules', () => {
  it('is gone through where its rules divide the values plainly', () => {
    const types = Array.from({ length: 5 }, () => number);
    const rows = Array.from({ length: 60 }, (_, index): Json[] => [
      ...types.map((_type, at) => `> ${String((60 - index) * 7 + at)}`),
      1,
    ]);
    expect(check(types, rows).problems.map(({ code }) => code)).to.deep.equal(['decision-gap']);
    const last = [...types.map(() => '-'), 0];
    expect(check(types, [...rows, last]).problems).to.deep.equal([]);
  });

  it('is refused where its combinations are too many, and cured by a default', () => {
    const types = Array.from({ length: 9 }, () => number);
    const bound = (index: number, at: number): number => (index * (at * 2 + 3) * 37) % 101;
    const rows = Array.from({ length: 60 }, (_, index): Json[] => [
      ...types.map((_type, at) =>
        (index + at) % 3 === 0
          ? '-'
          : `not([${String(bound(index, at))}..${String(bound(index, at) + 2)}])`,
      ),
      1,
    ]);
    const partial = rows.map((row, index) => [`> ${String(index)}`, ...row.slice(1)]);
    expect(found(check(types, partial).problems)).to.deep.equal([
      ['decision-too-wide', 'rules', undefined],
    ]);
    expect(check(types, partial, { fallback: [0] }).problems).to.deep.equal([]);
    const last = [...types.map(() => '-'), 0];
    const after = [...types.map(() => '5'), 0];
    expect(found(check(types, [...partial, last, after]).problems)).to.deep.equal([
      ['decision-unreachable', 61, undefined],
    ]);
  });
});

describe('the analysis of a decision table', () => {
  const bound = fc.integer({ min: -3, max: 6 });
  const cell = fc.oneof(
    bound.map(String),
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([op, at]) => `${op} ${String(at)}`),
    fc
      .tuple(fc.constantFrom('[', '('), bound, bound, fc.constantFrom(']', ')'))
      .map(
        ([open, a, b, close]) =>
          `${open}${String(Math.min(a, b))}..${String(Math.max(a, b))}${close}`,
      ),
    fc.constantFrom('-', 'empty', 'not(2)', '1, 3', 'not([0..3])'),
  );
  const place = fc.constantFrom('-', 'Cork', 'Cork, Dublin', 'not(Dublin)');
  const rows = fc.array(fc.tuple(cell, cell, place, fc.constantFrom(1, 2)), {
    minLength: 1,
    maxLength: 6,
  });
  const types = [plain('whole number'), withEmptiness(number, true), TEXT];
  const corners: Json[][] = [];
  for (let a = -5; a <= 8; a++) {
    for (let b = -5; b <= 8; b += 0.5) {
      for (const c of ['Cork', 'Dublin', 'Galway']) corners.push([a, b, c]);
    }
    for (const c of ['Cork', 'Dublin', 'Galway']) corners.push([a, null, c]);
  }
  const policies: readonly HitPolicy[] = [{ kind: 'first' }, { kind: 'unique' }, { kind: 'any' }];

  /** Reads the values of a counter-example as a case would have them. */
  function valuesOf(trace: readonly string[]): Json[] {
    const [a = '', b = '', c = ''] = trace.map((part) => part.slice(part.indexOf('=') + 2));
    return [Number(a), b === 'empty' ? null : Number(b), c];
  }

  it('finds exactly what trying out all values finds, and its examples are true', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...policies), (cells, hit) => {
        // A list lets everything through, so that the rules can be asked which of them hold.
        const { table } = check(types, cells as Row[], { hit: { kind: 'collect' } });
        const holding = (values: Json[]): readonly number[] => table?.holding(values) ?? [];
        const tried = corners.map(holding);
        const { problems } = check(types, cells as Row[], { hit });
        const of = (code: string) => problems.filter((problem) => problem.code === code);
        expect(of('decision-gap').length > 0).to.equal(tried.some((rules) => rules.length === 0));
        for (const { trace = [] } of of('decision-gap')) {
          expect(holding(valuesOf(trace))).to.deep.equal([]);
        }
        const clash = (a: number, b: number): boolean =>
          hit.kind === 'unique' || (hit.kind === 'any' && cells[a]?.[3] !== cells[b]?.[3]);
        const clashing = new Set(
          tried.flatMap((rules) => rules.filter((b) => rules.some((a) => a < b && clash(a, b)))),
        );
        expect(of('decision-overlap').map(({ path }) => path.at(-1))).to.have.members([
          ...clashing,
        ]);
        for (const { trace = [], path } of of('decision-overlap')) {
          const together = holding(valuesOf(trace));
          expect(together).to.include(path.at(-1));
          expect(
            together.some((a) => a < Number(path.at(-1)) && clash(a, Number(path.at(-1)))),
          ).to.equal(true);
        }
        const taken = new Set(hit.kind === 'first' ? tried.map(([first]) => first) : tried.flat());
        cells.forEach((_, rule) => {
          const isTold = of('decision-unreachable').some(({ path }) => path.at(-1) === rule);
          expect(isTold).to.equal(!taken.has(rule));
        });
      }),
      { numRuns: 200 },
    );
  });
});
