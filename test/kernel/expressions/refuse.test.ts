import { expect } from 'chai';
import { TEXT, YES_NO, listOf, oneOf, plain } from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import { fixed, refused, scopeWith } from '../fixtures/evaluate.ts';
import { wholeType } from '../fixtures/sales-types.ts';

interface Case {
  readonly source: string;
  readonly code: string;
  /** Part of the message. */
  readonly says?: string;
  /** The part of the source that it is about. */
  readonly at?: string;
  /** The source after the fix. */
  readonly fix?: string;
  readonly expected?: ValueType;
}

const CASES: readonly Case[] = [
  // Names
  {
    source: 'quote.totl > 5',
    code: 'unknown-field',
    says: 'There is no field "totl" in Quote. Did you mean "netTotal"?',
    at: 'totl',
    fix: 'quote.netTotal > 5',
  },
  { source: 'custmer.id', code: 'unknown-name', at: 'custmer', fix: 'customer.id' },
  { source: 'zzzzzz', code: 'unknown-name', says: 'customer, quote, lines' },
  { source: 'prices + lines', code: 'mixed-kinds' },
  { source: 'customer.__proto__', code: 'unknown-field' },
  { source: 'customer.constructor', code: 'unknown-field' },
  { source: 'customer.address.toString', code: 'unknown-field', says: '"customer.address"' },
  { source: 'constructor', code: 'unknown-name' },
  {
    source: 'lines.all(l, l.skuu == "x")',
    code: 'unknown-field',
    fix: 'lines.all(l, l.sku == "x")',
  },
  { source: 'lines.all(l, true) && l.qty > 1', code: 'unknown-name', at: 'l' },
  { source: 'lines.qty', code: 'wrong-kind', says: 'lines.map(x, x.qty)' },
  { source: 'reference.length', code: 'wrong-kind', says: 'which is text' },
  { source: 'today > day', code: 'unknown-name', says: 'Did you mean "today()"?' },
  // Functions
  { source: 'summ(prices)', code: 'unknown-function', says: 'Did you mean "sum"?' },
  { source: 'has(quote.netTotal)', code: 'unknown-function', says: 'x != null' },
  { source: 'xyzzy(1)', code: 'unknown-function', says: 'There is: today' },
  { source: 'constructor(1)', code: 'unknown-function' },
  { source: 'finished(pricing)', code: 'unknown-state' },
  { source: 'in(offered)', code: 'unknown-state' },
  { source: 'addDays(day)', code: 'wrong-arguments', says: 'addDays(date("2027-03-01"), 14)' },
  { source: 'lines.all(l)', code: 'wrong-arguments' },
  { source: 'all(lines)', code: 'wrong-arguments' },
  { source: 'lines.all(1, true)', code: 'syntax', says: 'a name for the item' },
  { source: 'sortBy(lines, 1, 2)', code: 'wrong-arguments' },
  { source: 'sum()', code: 'wrong-arguments' },
  { source: 'min()', code: 'wrong-arguments' },
  { source: 'size()', code: 'wrong-arguments' },
  { source: 'text()', code: 'wrong-arguments' },
  { source: 'contains(reference)', code: 'wrong-arguments' },
  { source: 'orElse(comment)', code: 'wrong-arguments' },
  { source: 'round(price)', code: 'wrong-arguments' },
  { source: 'round(price, n)', code: 'wrong-arguments', says: 'written out' },
  { source: 'round(price, 11)', code: 'wrong-arguments' },
  { source: 'round(reference, 1)', code: 'wrong-kind' },
  { source: 'addDays(day, 1.5)', code: 'wrong-kind', at: '1.5' },
  { source: 'upper(n)', code: 'wrong-kind', says: 'a whole number' },
  { source: 'size(n)', code: 'wrong-kind' },
  { source: 'text(lines)', code: 'wrong-kind' },
  { source: 'sum(["a"])', code: 'wrong-kind' },
  { source: 'max(lines)', code: 'wrong-kind' },
  { source: 'min(1, "a")', code: 'mixed-kinds' },
  { source: 'lines.sortBy(l, l)', code: 'wrong-kind' },
  { source: 'lines.filter(l, l.qty)', code: 'wrong-kind', says: 'yes or no' },
  { source: 'lines[ok]', code: 'wrong-kind' },
  { source: 'reference[0]', code: 'wrong-kind' },
  { source: 'matches(reference, reference)', code: 'bad-pattern', says: 'written out' },
  { source: 'matches(reference, "(?=x)")', code: 'bad-pattern' },
  { source: 'matches(reference, "(")', code: 'bad-pattern' },
  { source: 'date("2027-02-30")', code: 'bad-date' },
  { source: 'date(reference)', code: 'bad-date' },
  // Kinds
  {
    source: 'customer.segment == "platinum"',
    code: 'not-a-choice',
    says: '"platinum" is not one of the allowed values: key, oem, retail.',
    at: '"platinum"',
  },
  { source: 'outcome == "acept"', code: 'not-a-choice', fix: 'outcome == "accept"' },
  { source: '"acept" != outcome', code: 'not-a-choice', fix: '"accept" != outcome' },
  { source: 'outcome in ["accept", "no"]', code: 'not-a-choice', at: '"no"' },
  { source: '["key"].exists(s, customer.segment == 3)', code: 'not-a-choice' },
  { source: 'price > "5"', code: 'mixed-kinds' },
  { source: 'price > ratio', code: 'mixed-kinds', at: 'ratio' },
  { source: 'price * ratio', code: 'mixed-kinds', says: 'never mixes', at: 'ratio' },
  { source: 'ratio + quote.netTotal', code: 'mixed-kinds' },
  { source: 'price / 3', code: 'decimal-division', fix: 'round(price / 3, 2)' },
  { source: 'sum(prices.map(p, p / 2))', code: 'decimal-division' },
  { source: 'reference + 1', code: 'mixed-kinds', fix: 'reference + text(1)' },
  { source: 'n + reference', code: 'mixed-kinds', fix: 'text(n) + reference' },
  { source: 'day + 14', code: 'mixed-kinds', says: 'addDays' },
  { source: 'day - today()', code: 'mixed-kinds', says: 'days(from, to)' },
  { source: 'ok + ok', code: 'mixed-kinds' },
  { source: 'day == time', code: 'mixed-kinds', fix: 'day == date(time)' },
  { source: 'day > "2027-01-01"', code: 'mixed-kinds', fix: 'day > date("2027-01-01")' },
  { source: 'ok < ok', code: 'wrong-kind', says: 'order' },
  { source: 'outcome < "change"', code: 'wrong-kind' },
  { source: 'found == customer', code: 'wrong-kind', says: 'its fields' },
  { source: 'prices == []', code: 'wrong-kind' },
  { source: 'lines.contains(n)', code: 'mixed-kinds' },
  { source: 'n in n', code: 'wrong-kind' },
  { source: 'ok ? 1 : "a"', code: 'mixed-kinds' },
  { source: 'ok ? ratio : price', code: 'mixed-kinds' },
  { source: 'orElse(comment, 1)', code: 'mixed-kinds' },
  { source: '[1, "a"]', code: 'mixed-kinds', at: '"a"' },
  { source: 'n ? 1 : 2', code: 'wrong-kind' },
  { source: 'n && ok', code: 'wrong-kind', at: 'n' },
  { source: '!n', code: 'wrong-kind' },
  { source: '-reference', code: 'wrong-kind' },
  { source: '{a: 1}', code: 'missing-quotes', says: 'in quotes' },
  { source: '{1: 2}', code: 'syntax', says: 'names of its fields' },
  { source: '{"a": 1, "a": 2}', code: 'syntax', says: 'written twice' },
  { source: '1u', code: 'syntax' },
  { source: 'b"x"', code: 'syntax' },
  { source: '9007199254740993', code: 'too-big' },
  { source: 'price + 12345678901234567890123456789012345', code: 'too-big' },
  // Emptiness
  {
    source: 'size(quote.poNumber) > 2',
    code: 'may-be-empty',
    says: '"quote.poNumber" may be empty here.',
    at: 'quote.poNumber',
    fix: 'size(orElse(quote.poNumber, "")) > 2',
  },
  {
    source: 'quote.validUntil < today()',
    code: 'may-be-empty',
    fix: 'orElse(quote.validUntil, today()) < today()',
  },
  { source: 'lines.map(l, l.qty * l.unitPrice)', code: 'may-be-empty', at: 'l.unitPrice' },
  { source: 'sum(lines.map(l, l.unitPrice))', code: 'may-be-empty' },
  { source: 'customer.active', code: 'may-be-empty', expected: YES_NO },
  { source: 'customer.active && ok', code: 'may-be-empty' },
  { source: 'customer.address.city + "x"', code: 'may-be-empty' },
  { source: 'found.address.city + "x"', code: 'may-be-empty' },
  { source: 'null + 1', code: 'may-be-empty', says: 'this is empty' },
  { source: 'max(prices) + 1', code: 'may-be-empty', says: '"max(prices)"' },
  // Traps
  { source: 'customer.segment == key', code: 'missing-quotes', fix: 'customer.segment == "key"' },
  { source: 'Hello', code: 'missing-quotes', expected: TEXT, fix: '"Hello"' },
  { source: 'Thank you, Ada!', code: 'missing-quotes', fix: '"Thank you, Ada!"' },
  { source: 'reference == “Q”', code: 'missing-quotes', fix: 'reference == "Q"' },
  { source: 'n = 5', code: 'single-equals', at: '=', fix: 'n == 5' },
  { source: 'n => 5', code: 'single-equals', fix: 'n >= 5' },
  { source: 'ok and n > 1', code: 'wrong-operator', fix: 'ok && n > 1' },
  { source: 'ok OR n > 1', code: 'wrong-operator', fix: 'ok || n > 1' },
  { source: 'ok & n > 1', code: 'wrong-operator', fix: 'ok && n > 1' },
  { source: 'n <> 1', code: 'wrong-operator', fix: 'n != 1' },
  { source: 'not ok', code: 'wrong-operator', fix: '!ok' },
  // Syntax
  { source: '', code: 'syntax', says: 'empty' },
  { source: '   ', code: 'syntax', says: 'empty' },
  { source: '"abc', code: 'syntax', says: 'quote is missing' },
  { source: '"a\nb"', code: 'syntax', says: 'line' },
  { source: '"\\q"', code: 'syntax', says: 'backslash' },
  { source: 'n +', code: 'syntax', says: 'too early' },
  { source: '(n', code: 'syntax' },
  { source: 'n)', code: 'syntax', says: '")"' },
  { source: 'while > 1', code: 'syntax', says: 'cannot be used as a name' },
  { source: 'a.?b', code: 'syntax' },
  // What goes where it does not fit
  { source: '5', code: 'wrong-kind', expected: TEXT, says: 'This is a whole number, but a text' },
  { source: 'ratio', code: 'wrong-kind', expected: plain('decimal'), says: 'never mix' },
  { source: '"plat"', code: 'not-a-choice', expected: oneOf(['platinum']) },
  { source: '"platinun"', code: 'not-a-choice', expected: oneOf(['platinum']), fix: '"platinum"' },
  {
    source: '"2027-03-01"',
    code: 'wrong-kind',
    expected: plain('date'),
    fix: 'date("2027-03-01")',
  },
  { source: 'prices', code: 'wrong-kind', expected: listOf(TEXT) },
  { source: 'comment', code: 'may-be-empty', expected: TEXT, fix: 'orElse(comment, "")' },
  { source: 'found', code: 'wrong-kind', expected: wholeType('Quote') },
];

describe('a wrong expression', () => {
  for (const { source, code, says, at, fix, expected } of CASES) {
    it(`${JSON.stringify(source)} is refused with "${code}"`, () => {
      const [problem] = refused(source, expected);
      expect(problem?.code).to.equal(code);
      expect(problem?.message).to.match(/[.?:]$/);
      if (says !== undefined) expect(problem?.message).to.include(says);
      if (at !== undefined) expect(source.slice(problem?.from, problem?.to)).to.equal(at);
      if (fix !== undefined) expect(fixed(source, problem)).to.equal(fix);
    });
  }

  it('is told all its problems at once', () => {
    const problems = refused('quote.totl > 5 && custmer.id == "x" && lines.all(l, l.q > 1)');
    expect(problems.map(({ code }) => code)).to.deep.equal([
      'unknown-field',
      'unknown-name',
      'unknown-field',
    ]);
  });

  it('is told on which way a field is empty', () => {
    const scope = scopeWith([], { whyEmpty: () => 'pricing went by hand' });
    const [problem] = refused('quote.netTotal > 5', undefined, scope);
    expect(problem?.message).to.match(
      /^"quote.netTotal" is empty here when pricing went by hand\./,
    );
  });

  it('is told which fields of a draft are missing where the whole is needed', () => {
    const problems = refused('quote', wholeType('Quote'), scopeWith([]));
    expect(problems.map(({ code }) => code)).to.deep.equal(['may-be-empty']);
    expect(problems[0]?.message).to.match(/^"quote.quoteNo" may be empty here\./);
    const [first, second] = refused('customer', wholeType('Customer'), scopeWith([]));
    expect([first?.message, second?.message].join()).to.match(/customer\.id.*customer\.legalName/);
  });
});
