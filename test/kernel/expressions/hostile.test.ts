import { expect } from 'chai';
import fc from 'fast-check';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { checkExpression } from '../../../engine/kernel/expressions/check.ts';
import { FUNCTIONS } from '../../../engine/kernel/expressions/check.ts';
import { ENVIRONMENT, VARIABLES, scopeWith } from '../fixtures/evaluate.ts';

/** The longest that one hostile source may take, in milliseconds. */
const PATIENCE = 1000;

const TOKENS = [
  ...Object.keys(VARIABLES),
  ...FUNCTIONS.keys(),
  ...['id', 'netTotal', 'lines', 'address', 'city', 'unitPrice', '__proto__', 'constructor'],
  ...['null', 'true', 'now', 'l', 'x', '1', '2.5', '1e9', '"a"', '"key"', '0', '-1', '""'],
  ...['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||', '!', '?', ':', 'in'],
  ...['(', ')', '[', ']', '.', ',', '{', '}', '=', '&', '"', "'", '\\', '\n', 'é', '/*', '//'],
];

/** Whatever comes, the answer is a checked expression or problems that lie inside the source. */
function survive(source: string): void {
  const started = performance.now();
  const result = checkExpression(source, scopeWith());
  if (result.ok) {
    try {
      result.expression.evaluate(ENVIRONMENT);
    } catch (error) {
      expect(error).to.be.instanceOf(TrellisError);
    }
  } else {
    expect(result.problems).to.not.deep.equal([]);
    for (const { from, to, message, fix } of result.problems) {
      expect(from).to.be.within(0, source.length);
      expect(to).to.be.within(from, source.length);
      expect(message).to.not.match(/undefined|NaN|\[object/);
      for (const edit of fix?.edits ?? []) expect(edit.to).to.be.within(edit.from, source.length);
    }
  }
  expect(performance.now() - started).to.be.lessThan(PATIENCE);
}

describe('a hostile expression', () => {
  it('made of tokens in any order does no harm', () => {
    const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 });
    fc.assert(
      fc.property(soup, fc.boolean(), (tokens, isSpaced) => {
        survive(tokens.join(isSpaced ? ' ' : ''));
      }),
      { numRuns: 5000 },
    );
  });

  it('made of any characters does no harm', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survive), {
      numRuns: 1000,
    });
  });

  /** Expressions that are well formed, of any kinds. */
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.constantFrom(
      'n',
      'price',
      'ratio',
      'ok',
      'day',
      'time',
      'span',
      'reference',
      'outcome',
      'lines',
      'prices',
      'comment',
      'quote.netTotal',
      'customer.address.city',
      '1',
      '2.5',
      '"a"',
      'null',
      '[]',
    ),
    binary: fc
      .tuple(
        tie('tree'),
        fc.constantFrom('+', '-', '*', '/', '==', '<', '&&', '||', 'in'),
        tie('tree'),
      )
      .map(([a, op, b]) => `(${String(a)} ${op} ${String(b)})`),
    call: fc
      .tuple(fc.constantFrom(...FUNCTIONS.keys()), fc.array(tie('tree'), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    walk: fc
      .tuple(
        tie('tree'),
        fc.constantFrom('map', 'filter', 'all', 'exists', 'count', 'sortBy'),
        tie('tree'),
      )
      .map(([list, name, body]) => `${String(list)}.${name}(x, ${String(body)})`),
    choice: fc
      .tuple(tie('tree'), tie('tree'), tie('tree'))
      .map(([c, a, b]) => `(${String(c)} ? ${String(a)} : ${String(b)})`),
    tree: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      tie('binary'),
      tie('call'),
      tie('walk'),
      tie('choice'),
    ),
  }));

  it('that is well formed is checked, and run within its fuel', () => {
    fc.assert(
      fc.property(tree, (source) => {
        survive(String(source));
      }),
      { numRuns: 3000 },
    );
  });

  it('that is accepted gives a value of the kind it promises', () => {
    fc.assert(
      fc.property(tree, (source) => {
        const result = checkExpression(String(source), scopeWith());
        if (!result.ok) return;
        const { type } = result.expression;
        let value: unknown;
        try {
          value = result.expression.evaluate(ENVIRONMENT);
        } catch {
          return;
        }
        if (value === null) {
          expect(type.mayBeEmpty, String(source)).to.equal(true);
        } else if (type.kind === 'decimal') {
          expect(value, String(source)).to.match(/^-?\d+(\.\d+)?$/);
        } else if (type.kind === 'whole number') {
          expect(Number.isSafeInteger(value), String(source)).to.equal(true);
        } else if (type.kind === 'list') {
          expect(value, String(source)).to.be.an('array');
        } else if (type.kind === 'yes/no') {
          expect(value, String(source)).to.be.a('boolean');
        }
      }),
      { numRuns: 3000 },
    );
  });

  const monsters: Readonly<Record<string, string>> = {
    '40,000 brackets': '('.repeat(40_000) + '1' + ')'.repeat(40_000),
    'brackets to the limit': '('.repeat(1900) + '1' + ')'.repeat(1900),
    '40,000 negations': `${'!'.repeat(40_000)}ok`,
    '3,900 negations': `${'!'.repeat(3900)}ok`,
    '33 minus signs with spaces': `${'- '.repeat(33)}n`,
    'signs with comments between': `${'-//\n'.repeat(900)}n`,
    'a long chain of fields': `quote${'.a'.repeat(1500)}`,
    'many conditions': 'ok ? 1 : '.repeat(400) + '2',
    'a long sum': `1${'+1'.repeat(1900)}`,
    'a long conjunction': `ok${'&&ok'.repeat(190)}`,
    'lists in lists': '['.repeat(2000),
    'a long list': `[${'1,'.repeat(1900)}1]`,
    'nested walks': `${'lines.all(a,'.repeat(40)}true${')'.repeat(40)}`,
    'text that doubles': 'range(40).map(i, reference).all(a, a + a + a + a + a != "")',
    'a large power': '9999999999.0 * 9999999999.0 * price * price * price * price',
    'many arguments': `min(${'1,'.repeat(500)}1)`,
  };
  for (const [name, source] of Object.entries(monsters)) {
    it(`with ${name} does no harm`, () => {
      survive(source);
    });
  }

  it('is read the same way every time', () => {
    const source = 'ok || n / 0 > 1';
    for (let round = 0; round < 3; round++) {
      const result = checkExpression(source, scopeWith());
      expect(result.ok && result.expression.evaluate(ENVIRONMENT)).to.equal(true);
    }
    expect(() => {
      const result = checkExpression('n / 0 > 1 || ok', scopeWith());
      if (result.ok) result.expression.evaluate(ENVIRONMENT);
    }).to.throw(TrellisError);
  });
});
