import { expect } from 'chai';
import fc from 'fast-check';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { TextOptions, TextResult } from '../../../engine/kernel/texts/check-text.ts';
import { checkText } from '../../../engine/kernel/texts/check-text.ts';
import { ENVIRONMENT, VALUES, scopeWith } from '../fixtures/evaluate.ts';

const check = (source: string, options: Partial<TextOptions> = {}): TextResult =>
  checkText(source, scopeWith([]), { link: 'forbidden', ...options });

const render = (source: string, values: object = {}, mode: 'text' | 'html' = 'text'): string => {
  const { text, problems } = check(source);
  if (text === undefined) throw new Error(problems.map(({ message }) => message).join(' '));
  return text.render({ ...ENVIRONMENT, variables: { ...VALUES, ...values } }, mode);
};

describe('a message text', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Dear {{customer.legalName}},', 'Dear Ada Ltd,'],
    ['[{{comment}}]', '[]'],
    ['[{{customer.address.city}}]', '[]'],
    ['{{n}} {{price}} {{ratio}} {{ok}}', '7 10.50 0.25 yes'],
    ['{{day}}', '5 March 2027'],
    ['{{date day}}, {{date time}}', '5 March 2027, 5 March 2027 at 16:30'],
    ['{{span}}', '1 h 30 min'],
    ['{{money quote.netTotal}}', '80.00'],
    ['{{money quote.netTotal "EUR"}}', '€80.00'],
    ['{{number n}} {{number ratio}}', '7 0.25'],
    ['{{#if ok}}yes{{else}}no{{/if}}', 'yes'],
    ['{{#unless ok}}yes{{else}}no{{/unless}}', 'no'],
    ['{{#if comment}}a{{else if quote.netTotal}}b{{else}}c{{/if}}', 'b'],
    ['{{#if quote.lines}}some{{/if}}', 'some'],
    ['{{#if customer.address}}some{{else}}none{{/if}}', 'none'],
    ['{{#each lines}}{{@index}}:{{sku}} {{this.qty}};{{/each}}', '0:B2 3;1:A1 2;2:C3 1;'],
    ['{{#each prices}}{{this}} {{/each}}', '1.10 2.20 3 '],
    ['{{#each lines}}{{../reference}} {{/each}}', 'Q-2027-1 Q-2027-1 Q-2027-1 '],
    ['{{#each lines}}{{#if unitPrice}}{{money unitPrice}} {{/if}}{{/each}}', '1.50 40.10 '],
    ['{{#each lines}}{{#each ../prices}}{{../sku}}{{/each}} {{/each}}', 'B2B2B2 A1A1A1 C3C3C3 '],
    ['{{#each lines}}{{#each ../prices}}{{../../n}}{{/each}}{{/each}}', '777777777'],
    ['{{! nobody reads this }}{{!-- nor {{this}} --}}x', 'x'],
    ['{{~ n ~}} 1', '71'],
  ];
  for (const [source, wanted] of cases) {
    it(`${source} becomes ${wanted}`, () => {
      expect(render(source).replaceAll(' ', ' ')).to.equal(wanted);
    });
  }

  it('says what it has instead of an empty list', () => {
    expect(render('{{#each lines}}x{{else}}none{{/each}}', { lines: [] })).to.equal('none');
  });

  it('takes zero for nothing', () => {
    const source = '{{#if price}}some{{else}}none{{/if}}{{#if n}}some{{else}}none{{/if}}';
    expect(render(source, { price: '0.00', n: 0 })).to.equal('nonenone');
  });

  it('writes large decimals with all their digits', () => {
    expect(render('{{money price}}', { price: '12345678901234567890.125' })).to.equal(
      '12,345,678,901,234,567,890.125',
    );
  });

  it('escapes values in HTML, and only there', () => {
    const values = { reference: `<b onclick="x('&')">` };
    expect(render('<{{reference}}', values, 'html')).to.equal(
      '<&lt;b onclick&#61;&quot;x(&#39;&amp;&#39;)&quot;&gt;',
    );
    expect(render('{{reference}}', values)).to.equal(values.reference);
  });

  it('never reads a value as a text to fill in', () => {
    expect(render('{{reference}}', { reference: '{{customer.vatNo}}' })).to.equal(
      '{{customer.vatNo}}',
    );
  });

  it('puts the link where it belongs', () => {
    const { text } = check('Answer: {{link}}', { link: 'required' });
    expect(text?.render(ENVIRONMENT, 'html', 'https://x/?a=1&b')).to.equal(
      'Answer: https://x/?a&#61;1&amp;b',
    );
  });

  it('of one line has no line breaks, whatever its values have', () => {
    const { text } = check('Check {{reference}} ');
    const variables = { reference: 'Q-1\r\nBcc: all@example.org\u0000\u2028x' };
    expect(text?.renderLine({ ...ENVIRONMENT, variables })).to.equal(
      'Check Q-1 Bcc: all@example.org x',
    );
  });

  it('tells what flows into it, also by way of items and conditions', () => {
    const source = '{{#if customer.vatNo}}{{#each quote.lines}}{{margin}}{{/each}}{{/if}}';
    const flows = check(source).flows.map(({ path, type }) => [path, type.classification.level]);
    expect(flows).to.deep.include(['customer.vatNo', 'confidential']);
    expect(flows).to.deep.include(['quote.lines.margin', 'confidential']);
  });

  it('tells of a list only how much there is, and what of its items is shown', () => {
    const source = '{{#if quote}}{{#each quote.lines}}{{sku}}{{/each}}{{/if}}';
    const flows = check(source).flows.map(({ path, type }) => [path, type.classification.level]);
    expect(flows).to.have.deep.members([
      ['quote', 'public'],
      ['quote.lines', 'public'],
      ['quote.lines.sku', 'public'],
    ]);
  });

  it('has an end', () => {
    const many = Array.from({ length: 40 }, () => ({ sku: 'x', qty: 1 }));
    const nested = '{{#each lines}}{{#each ../lines}}{{/each}}{{/each}}';
    expect(() => render(nested, { lines: many })).to.throw(TrellisError, 'more than 1000 items');
    const long = { reference: 'x'.repeat(150_000) };
    expect(() => render('{{reference}}{{reference}}', long)).to.throw(TrellisError, '200 KB');
  });
});

describe('a wrong message text', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['{{custmer.id}}', 'unknown-name', 'Did you mean "customer"?'],
    ['{{quote.totl}}', 'unknown-field', 'There is no field "totl" in Quote.'],
    ['{{#each lines}}{{skuu}}{{/each}}', 'unknown-field', 'QuoteLine'],
    ['{{#each lines}}{{reference}}{{/each}}', 'unknown-field', '../reference'],
    ['{{#each prices}}{{x}}{{/each}}', 'wrong-kind', '"this"'],
    ['{{customer.constructor}}', 'unknown-field', 'constructor'],
    ['{{__proto__}}', 'syntax', '__proto__'],
    ['{{{reference}}}', 'not-allowed', 'Three braces'],
    ['{{& reference}}', 'not-allowed', 'Three braces'],
    ['{{> partial}}', 'not-allowed', 'partials'],
    ['{{#> partial}}x{{/partial}}', 'not-allowed', 'partials'],
    ['{{#*inline "x"}}x{{/inline}}', 'not-allowed', 'partials'],
    ['{{* decorator}}', 'not-allowed', 'decorators'],
    ['{{#with customer}}x{{/with}}', 'not-allowed', 'There is no block {{#with}}'],
    ['{{#each lines as |l|}}x{{/each}}', 'not-allowed', 'nothing else'],
    ['{{#if ok includeZero=true}}x{{/if}}', 'not-allowed', 'nothing else'],
    ['{{#if}}x{{/if}}', 'not-allowed', 'one field'],
    ['{{#if (lookup a b)}}x{{/if}}', 'not-allowed', 'Only a field'],
    ['{{money (lookup a b)}}', 'not-allowed', 'Only a field'],
    ['{{log reference}}', 'not-allowed', 'There is no helper "log"'],
    ['{{money}}', 'unknown-name', 'money'],
    ['{{money price 5}}', 'not-allowed', '"EUR"'],
    ['{{date day "EUR"}}', 'not-allowed', '{{date field}}'],
    ['{{money price places=2}}', 'not-allowed', 'name='],
    ['{{date reference}}', 'wrong-kind', 'date or date-time'],
    ['{{money day}}', 'wrong-kind', 'decimal'],
    ['{{customer}}', 'wrong-kind', 'one of its fields'],
    ['{{lines}}', 'wrong-kind', '{{#each}}'],
    ['{{#each customer}}x{{/each}}', 'wrong-kind', 'Customer'],
    ['{{lines.[0].sku}}', 'not-allowed', 'not a field'],
    ['{{@root.reference}}', 'not-allowed', 'not a field'],
    ['{{@index}}', 'not-allowed', '{{#each}}'],
    ['{{this}}', 'not-allowed', 'item'],
    ['{{../reference}}', 'not-allowed', '../'],
    ['{{"literal"}}', 'not-allowed', 'Only a field'],
    ['{{link}}', 'link-forbidden', 'ask'],
    ['{{#if ok}}x', 'text-syntax', 'Line 1'],
    ['{{#if ok}}x{{/each}}', 'text-syntax', 'closed by'],
    ['a\n{{', 'text-syntax', 'Line 2'],
  ];
  for (const [source, code, says] of cases) {
    it(`${JSON.stringify(source)} is refused with "${code}"`, () => {
      const { text, problems } = check(source);
      expect(text).to.equal(undefined);
      expect(problems[0]?.code).to.equal(code);
      expect(problems[0]?.message).to.include(says);
    });
  }

  it('is told where, and how to put it right', () => {
    const source = 'one\n{{#each lines}}\n  {{skuu}}\n{{/each}}';
    const [problem] = check(source).problems;
    expect(source.slice(problem?.from, problem?.to)).to.equal('skuu');
    expect(problem?.fix?.edits[0]?.text).to.equal('this.sku');
  });

  it('without the link that an ask needs is refused', () => {
    for (const source of ['Hello', '{{#if ok}}{{link}}{{/if}}']) {
      expect(check(source, { link: 'required' }).problems[0]?.code).to.equal('link-missing');
    }
  });

  it('may only use the helpers that are allowed', () => {
    const { problems } = check('{{#each lines}}x{{/each}}{{date day}}', { helpers: [] });
    expect(problems.map(({ code }) => code)).to.deep.equal(['not-allowed', 'not-allowed']);
  });

  it('of any shape does no harm', () => {
    const tokens = [
      '{{',
      '}}',
      '{{{',
      '}}}',
      '#if ',
      '/if',
      '#each ',
      '/each',
      'else',
      'ok',
      'lines',
      '../',
      'this',
      '.',
      '@index',
      ' ',
      '"x"',
      '(',
      ')',
      '|',
      '>',
      '!',
      '--',
      '~',
      '^',
      '&',
      '\\',
      '\n',
      'constructor',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        const { text, problems } = check(source);
        if (text !== undefined) expect(text.render(ENVIRONMENT, 'html')).to.be.a('string');
        for (const { from, to } of problems) expect(to).to.be.within(from, source.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('of monstrous size is refused at once', () => {
    const started = performance.now();
    const monsters = [
      '{{#if ok}}'.repeat(20_000),
      '{{#if ok}}'.repeat(900) + '{{/if}}'.repeat(900),
      '{{#if ok}}'.repeat(480) + '{{/if}}'.repeat(480),
      `{{#if ok}}${'{{else if ok}}'.repeat(900)}{{/if}}`,
      `{{money ${'('.repeat(30_000)}`,
      'x'.repeat(70_000),
      `{{${'a.'.repeat(20_000)}b}}`,
    ];
    for (const source of monsters) {
      expect(check(source)).to.have.property('problems');
    }
    expect(performance.now() - started).to.be.lessThan(3000);
  });
});
