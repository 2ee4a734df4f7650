import { expect } from 'chai';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { FUNCTIONS, checkExpression } from '../../../engine/kernel/expressions/check.ts';
import { plain, withEmptiness } from '../../../engine/kernel/types/make-type.ts';
import { showType } from '../../../engine/kernel/types/show.ts';
import { ENVIRONMENT, PLAN, VALUES, accepted, scopeWith, valueOf } from '../fixtures/evaluate.ts';

/** Source, kind of the result, and its stored value. */
const CASES: readonly (readonly [string, string, unknown])[] = [
  // Numbers of each kind, and numerals that take the kind they meet
  ['n + 1', 'whole number', 8],
  ['n - 1.5', 'number', 5.5],
  ['n * ratio', 'number', 1.75],
  ['n / 2', 'number', 3.5],
  ['n % 4', 'whole number', 3],
  ['-n', 'whole number', -7],
  ['price + 1', 'decimal', '11.5'],
  ['1.05 * price', 'decimal', '11.025'],
  ['price - 0.1 - 0.2', 'decimal', '10.2'],
  ['price * n', 'decimal', '73.5'],
  ['price % 4', 'decimal', '2.5'],
  ['-price', 'decimal', '-10.5'],
  ['round(price / 3, 2)', 'decimal', '3.5'],
  ['round(price / 3 * 2, 4)', 'decimal', '7'],
  ['round(ratio, 1)', 'number', 0.3],
  ['round(n, 0)', 'whole number', 7],
  ['round(-2.5, 0)', 'number', -3],
  ['0.1 + 0.2', 'number', 0.1 + 0.2],
  ['0x10', 'whole number', 16],
  ['min(price, 5)', 'decimal', '5'],
  ['min(5, price, n)', 'decimal', '5'],
  ['max(n, 2.5)', 'number', 7],
  ['max(prices)', 'decimal (may be empty)', '3'],
  ['min([1, 2].filter(x, x > 5))', 'whole number (may be empty)', null],
  ['max(day, today())', 'date', '2027-03-05'],
  ['sum(prices)', 'decimal', '6.3'],
  ['sum([])', 'whole number', 0],
  ['sum(lines.map(l, l.qty))', 'whole number', 6],
  ['sum([1.5, 2])', 'number', 3.5],
  ['sum(lines.filter(l, l.unitPrice != null).map(l, l.qty * l.unitPrice))', 'decimal', '84.7'],
  // Comparing
  ['quote.netTotal > 25000', 'yes/no', false],
  ['quote.netTotal == 80', 'yes/no', true],
  ['80.000 == quote.netTotal', 'yes/no', true],
  ['n >= 7 && n <= 7', 'yes/no', true],
  ['n < 7.5', 'yes/no', true],
  ['price < n', 'yes/no', false],
  ['"a" < "b"', 'yes/no', true],
  ['day < date("2027-03-06")', 'yes/no', true],
  ['date(time) == day', 'yes/no', true],
  ['time > now', 'yes/no', true],
  ['span <= hours(1.5)', 'yes/no', true],
  ['outcome == "accept"', 'yes/no', true],
  ['outcome != "accept"', 'yes/no', false],
  ['outcome in ["change", "accept"]', 'yes/no', true],
  ['price in [10.5, 11]', 'yes/no', true],
  ['price in [7, n]', 'yes/no', false],
  ['n in prices', 'yes/no', false],
  ['comment == "x"', 'yes/no', false],
  ['comment != "x"', 'yes/no', true],
  ['comment == null', 'yes/no', true],
  ['null != comment', 'yes/no', false],
  ['customer.address == null', 'yes/no', true],
  ['customer == null', 'yes/no', false],
  ['ok == true', 'yes/no', true],
  // Yes and no
  ['!ok || n > 3', 'yes/no', true],
  ['ok && !(n > 3)', 'yes/no', false],
  ['ok ? n : 0', 'whole number', 7],
  ['ok ? n : price', 'decimal', '7'],
  ['ok ? 1 : quote.netTotal', 'decimal', '1'],
  ['ok ? quote.netTotal : price', 'decimal', '80.00'],
  ['ok ? "a" : outcome', 'text', 'a'],
  ['ok ? comment : "x"', 'text (may be empty)', null],
  ['ok ? null : n', 'whole number (may be empty)', null],
  // Emptiness
  ['orElse(comment, "none")', 'text', 'none'],
  ['orElse(quote.netTotal, 0)', 'decimal', '80.00'],
  ['orElse(found.address, customer.address)', 'object (may be empty)', null],
  ['quote.poNumber', 'text (may be empty)', null],
  // Texts
  ['reference + "/" + text(n)', 'text', 'Q-2027-1/7'],
  ['text(price)', 'text', '10.5'],
  ['text(ok)', 'text', 'yes'],
  ['text(day) + text(time)', 'text', '2027-03-052027-03-05T16:30:00.000Z'],
  ['text(span)', 'text', 'PT1H30M'],
  ['upper(outcome)', 'text', 'ACCEPT'],
  ['trim(" x ")', 'text', 'x'],
  ['reference.startsWith("Q-")', 'yes/no', true],
  ['contains(reference, "2027")', 'yes/no', true],
  ['prices.contains(2.2)', 'yes/no', true],
  ['contains([], n)', 'yes/no', false],
  ['size("naïve 👍")', 'whole number', 7],
  ['matches(reference, "^Q-[0-9]{4}-")', 'yes/no', true],
  ['matches(reference, "^[0-9]+$")', 'yes/no', false],
  ["'it\\'s'", 'text', "it's"],
  // Dates, times and durations
  ['now', 'date-time', '2027-03-01T09:00:00.000Z'],
  ['today()', 'date', '2027-03-01'],
  ['addDays(today(), 14)', 'date', '2027-03-15'],
  ['addDays(time, 30)', 'date-time', '2027-04-04T15:30:00.000Z'],
  ['addMonths(day, -1)', 'date', '2027-02-05'],
  ['addBusinessDays(time, 1)', 'date-time', '2027-03-08T16:30:00.000Z'],
  ['addBusinessHours(time, 1)', 'date-time', '2027-03-08T09:30:00.000Z'],
  ['days(today(), time)', 'whole number', 4],
  ['businessDays(today(), day)', 'whole number', 4],
  ['time - now', 'duration', 'PT103H30M'],
  ['now + span', 'date-time', '2027-03-01T10:30:00.000Z'],
  ['time - span * 2', 'date-time', '2027-03-05T13:30:00.000Z'],
  ['-span + hours(2)', 'duration', 'PT30M'],
  // Lists
  ['lines.filter(l, l.qty > 2)', 'list of QuoteLine', [{ sku: 'B2', qty: 3, unitPrice: '1.5' }]],
  ['lines.sortBy(l, l.sku).map(l, l.sku)', 'list of text', ['A1', 'B2', 'C3']],
  ['prices.sortBy(p, -p)', 'list of decimal', ['3', '2.2', '1.1']],
  ['prices', 'list of decimal', ['1.10', '2.20', '3']],
  ['prices + [4]', 'list of decimal', ['1.1', '2.2', '3', '4']],
  ['prices.map(p, p * 2)', 'list of decimal', ['2.2', '4.4', '6']],
  ['prices[1]', 'decimal (may be empty)', '2.2'],
  ['lines[0].sku', 'text (may be empty)', 'B2'],
  ['lines[9].sku', 'text (may be empty)', null],
  ['lines[2].unitPrice', 'decimal (may be empty)', null],
  ['lines.count(l, l.qty > 1)', 'whole number', 2],
  ['count(lines)', 'whole number', 3],
  ['size(quote.lines)', 'whole number', 1],
  ['lines.all(l, l.qty <= 9999)', 'yes/no', true],
  ['lines.exists(l, l.qty > 9999)', 'yes/no', false],
  ['range(3).map(i, range(i))', 'list of list of whole number', [[], [0], [0, 1]]],
  ['range(-1)', 'list of whole number', []],
  ['[1, 2.5]', 'list of number', [1, 2.5]],
  ['[price, 1]', 'list of decimal', ['10.5', '1']],
  ['["a"] + ["b"]', 'list of text', ['a', 'b']],
  ['lines.map(n, n.qty)', 'list of whole number', [3, 2, 1]],
  ['lines.map(l, orElse(l.unitPrice, 0))', 'list of decimal', ['1.5', '40.1', '0']],
  ['(ok ? lines : lines).map(l, l.sku)', 'list of text', ['B2', 'A1', 'C3']],
  ['doc', 'file', PLAN],
  ['doc.name', 'text', 'plan.pdf'],
  ['doc.size > 10000', 'yes/no', true],
  ['doc.type == "application/pdf" && matches(doc.name, "pdf$")', 'yes/no', true],
  ['[doc].map(d, d.name)', 'list of text', ['plan.pdf']],
  ['(ok ? doc : doc).name', 'text', 'plan.pdf'],
];

describe('an expression', () => {
  for (const [source, type, value] of CASES) {
    it(`${source} is ${JSON.stringify(value)}`, () => {
      const expression = accepted(source);
      expect(showType(expression.type)).to.equal(type);
      expect(expression.evaluate(ENVIRONMENT)).to.deep.equal(value);
    });
  }

  it('hands on what it only reads just as it is stored', () => {
    expect(valueOf('quote')).to.equal(VALUES['quote']);
    expect(valueOf('lines')).to.equal(VALUES['lines']);
    expect(valueOf('quote.netTotal')).to.equal('80.00');
  });

  it('reads a list that is missing as an empty one', () => {
    const environment = { ...ENVIRONMENT, variables: {} };
    expect(accepted('size(quote.lines)').evaluate(environment)).to.equal(0);
    expect(accepted('lines').evaluate(environment)).to.deep.equal([]);
  });

  it('reads only what an object has as its own', () => {
    const inherited: unknown = Object.create({ segment: 'key' });
    const environment = { ...ENVIRONMENT, variables: { customer: inherited } };
    expect(accepted('customer.vatNo').evaluate(environment)).to.equal(null);
    expect(accepted('customer.segment').evaluate(environment)).to.equal(null);
  });

  it('comes in the kind that is expected', () => {
    expect(valueOf('0', plain('decimal'))).to.equal('0');
    expect(valueOf('n', plain('decimal'))).to.equal('7');
    expect(valueOf('n', plain('number'))).to.equal(7);
    expect(valueOf('ok ? 1 : 2.50', plain('decimal'))).to.equal('1');
    expect(valueOf('1 + 2', plain('decimal'))).to.equal('3');
    expect(valueOf('null', withEmptiness(plain('decimal'), true))).to.equal(null);
    expect(
      valueOf('[1, 2]', { ...plain('text'), kind: 'list', of: plain('decimal') }),
    ).to.deep.equal(['1', '2']);
  });

  const failures: readonly (readonly [string, string])[] = [
    ['n / 0', 'arithmetic'],
    ['n % 0', 'arithmetic'],
    ['round(price / 0, 2)', 'arithmetic'],
    ['price % 0', 'arithmetic'],
    ['n * 9007199254740991', 'arithmetic'],
    ['1.0e308 * 10', 'arithmetic'],
    ['price * 1234567890123456789012345678901.57', 'arithmetic'],
    ['addDays(day, 99999999)', 'arithmetic'],
    ['addMonths(time, 99999999)', 'arithmetic'],
    ['now + hours(1.0e300)', 'arithmetic'],
    ['range(10001)', 'fuel'],
    ['range(200).all(a, range(200).all(b, a + b >= 0))', 'fuel'],
    ['range(1000000000000)', 'fuel'],
  ];
  for (const [source, code] of failures) {
    it(`${source} fails with "${code}"`, () => {
      expect(() => valueOf(source))
        .to.throw(TrellisError)
        .with.property('code', code);
    });
  }

  it('says so when what was taken to be present is not', () => {
    const environment = { ...ENVIRONMENT, variables: {} };
    const expression = accepted('quote.netTotal > 5');
    expect(() => expression.evaluate(environment)).to.throw(TrellisError, '"quote.netTotal"');
    const compiled = accepted('comment == null', undefined, { ...scopeWith(), present: 'all' });
    expect(compiled.evaluate(environment)).to.equal(true);
  });

  it('spends its fuel on long texts too', () => {
    const long = { ...ENVIRONMENT, variables: { ...VALUES, reference: 'x'.repeat(600_000) } };
    expect(() => accepted('reference + reference').evaluate(long)).to.throw(TrellisError, 'steps');
    const source = 'size(reference)';
    const checked = checkExpression(source, scopeWith(), undefined, { fuel: 10 });
    expect(() => checked.ok && checked.expression.evaluate(long)).to.throw(TrellisError, 'steps');
  });

  it('matches in time linear to the text', () => {
    const variables = { ...VALUES, reference: `${'a'.repeat(50_000)}!` };
    const started = performance.now();
    const matched = accepted('matches(reference, "^(a+)+$")');
    expect(matched.evaluate({ ...ENVIRONMENT, variables })).to.equal(false);
    expect(performance.now() - started).to.be.lessThan(2000);
  });
});

describe('the table of functions', () => {
  const scope = { variables: {}, present: new Set<string>() };
  for (const { name, signature, description, example } of FUNCTIONS.values()) {
    it(`${signature} gives what its example says`, () => {
      const result = checkExpression(example.formula, scope);
      expect(result.ok && result.expression.evaluate(ENVIRONMENT)).to.deep.equal(example.result);
      expect(example.formula).to.include(name);
      expect(description).to.match(/^[A-Z].*\.$/);
    });
  }
});
