import { expect } from 'chai';
import fc from 'fast-check';
import type { Answers } from '../../engine/forms/answers.ts';
import { MAX_ANSWERS, readPosted } from '../../engine/forms/answers.ts';
import { applied, decode } from '../../engine/forms/decode.ts';
import { encode } from '../../engine/forms/encode.ts';
import type { FormModel } from '../../engine/forms/form-model.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { JsonSchema } from '../../engine/kernel/types/value-type.ts';
import { buildWhole, modelOf } from './forms-fixture.ts';

const TYPES = {
  Trial: {
    type: 'object',
    properties: {
      name: { type: 'string', maxLength: 100, title: 'Full name' },
      long: { type: 'string', maxLength: 2000 },
      born: { type: 'string', format: 'date', title: 'Date of birth' },
      whole: { type: 'integer', title: 'Pieces' },
      real: { type: 'number', title: 'Weight' },
      money: { type: 'string', format: 'decimal', title: 'Price' },
      yes: { type: 'boolean' },
      one: { enum: ['a', 'b'], title: 'Letter' },
      mixed: { enum: [1, true, 'x'] },
      some: { type: 'array', uniqueItems: true, maxItems: 9, items: { enum: ['r', 'g', 'b'] } },
      any: { type: ['string', 'integer', 'object'], title: 'Anything' },
    },
  },
} satisfies Record<string, JsonSchema>;

function trial(field: string): FormModel {
  return modelOf('{ t: Trial }', `{ title: T, fields: [t.${field}] }`, TYPES);
}

function typed(field: string, answers: Record<string, string | readonly string[]>): unknown {
  const lists = Object.entries(answers).map(([name, value]): [string, readonly string[]] => [
    `/t/${field}${name}`,
    typeof value === 'string' ? [value] : value,
  ]);
  const questions = trial(field).pages[0]?.questions ?? [];
  const decoded = decode(questions, Object.fromEntries(lists));
  return decoded.errors[0]?.text ?? decoded.values.get(`/t/${field}`);
}

describe('decode', () => {
  const cases: readonly (readonly [string, Record<string, string | string[]>, unknown])[] = [
    ['name', { '': '  Ada \t' }, 'Ada'],
    ['name', { '': '   ' }, undefined],
    [
      'name',
      { '': 'a\r\nBcc: x' },
      'Full name must not have line breaks or characters that cannot be seen',
    ],
    [
      'name',
      { '': 'a\u0000b' },
      'Full name must not have line breaks or characters that cannot be seen',
    ],
    ['name', { '': 'x'.repeat(10_001) }, 'Full name must be 10,000 characters or fewer'],
    ['long', { '': 'one\r\ntwo\n' }, 'one\ntwo'],
    ['whole', { '': '12' }, 12],
    ['whole', { '': '+12' }, 12],
    ['whole', { '': '\u221212' }, -12],
    ['whole', { '': '1,200' }, 'Pieces must be a whole number without commas or spaces, like 1200'],
    ['whole', { '': '1.5' }, 'Pieces must be a whole number without commas or spaces, like 1200'],
    ['whole', { '': 'ten' }, 'Pieces must be a whole number, like 1200'],
    ['whole', { '': '99999999999999999999' }, 'Pieces must be a smaller number'],
    ['real', { '': '.5' }, 0.5],
    ['real', { '': '1e3' }, 1000],
    ['real', { '': 'Infinity' }, 'Weight must be a number, like 1200.50'],
    ['real', { '': '0x10' }, 'Weight must be a number, like 1200.50'],
    ['real', { '': '1e999' }, 'Weight must be a number, like 1200.50'],
    ['money', { '': '0080.10' }, '80.10'],
    ['money', { '': '99999999999999999999.99' }, '99999999999999999999.99'],
    ['money', { '': '1.234,50' }, 'Price must be a number without commas or spaces, like 1200.50'],
    ['money', { '': '€ 5' }, 'Price must be a number, like 1200.50'],
    ['yes', { '': 'true' }, true],
    ['yes', { '': 'false' }, false],
    ['yes', { '': 'on' }, 'Yes must be one of the choices shown'],
    ['one', { '': 'a' }, 'a'],
    ['one', { '': '' }, undefined],
    ['one', { '': 'z' }, 'Letter must be one of the choices shown'],
    ['mixed', { '': '1' }, 1],
    ['mixed', { '': 'true' }, true],
    ['mixed', { '': '"x"' }, 'x'],
    ['some', { '': ['b', 'r'] }, ['r', 'b']],
    ['some', { '': [] }, undefined],
    ['some', { '': ['r', 'q'] }, 'Some must be one of the choices shown'],
    ['any', { '': '{"a":[1]}' }, { a: [1] }],
    ['any', { '': '[1,' }, /^Anything must be valid JSON \(/u],
    ['any', { '': '"\\u0000"' }, 'Anything must not have characters that cannot be stored'],
    ['any', { '': '{"\\ud800":1}' }, 'Anything must not have characters that cannot be stored'],
    [
      'any',
      { '': '['.repeat(30) + ']'.repeat(30) },
      'Anything must not have objects or lists more than 20 deep',
    ],
    ['born', { '#day': '3', '#month': '4', '#year': '1980' }, '1980-04-03'],
    ['born', { '#day': '3', '#month': 'Apr', '#year': '1980' }, '1980-04-03'],
    ['born', { '#day': '29', '#month': '2', '#year': '2024' }, '2024-02-29'],
    ['born', { '#day': '', '#month': '', '#year': '' }, undefined],
    ['born', { '#day': '3', '#month': '', '#year': '1980' }, 'Date of birth must include a month'],
    [
      'born',
      { '#day': '3', '#month': '', '#year': '' },
      'Date of birth must include a month and a year',
    ],
    ['born', { '#day': '29', '#month': '2', '#year': '2023' }, 'Date of birth must be a real date'],
    ['born', { '#day': '1', '#month': '13', '#year': '2023' }, 'Date of birth must be a real date'],
    [
      'born',
      { '#day': '1', '#month': '1', '#year': '80' },
      'Date of birth must have a year of 4 numbers, like 2027',
    ],
  ];
  for (const [field, answers, expected] of cases) {
    it(`reads ${field} ${JSON.stringify(answers).slice(0, 60)}`, () => {
      const found = typed(field, answers);
      if (expected instanceof RegExp) expect(found).to.match(expected);
      else expect(found).to.deep.equal(expected);
    });
  }

  it('leads to the input of a date that is wrong', () => {
    const questions = trial('born').pages[0]?.questions ?? [];
    const answers = { '/t/born#day': ['3'], '/t/born#month': [''], '/t/born#year': ['1980'] };
    expect(decode(questions, answers).errors[0]).to.deep.include({
      anchor: 'f-t-born-month',
      parts: ['month'],
    });
  });

  it('refuses names that were not asked, or came twice', () => {
    const questions = trial('name').pages[0]?.questions ?? [];
    const code = (answers: Answers): string => {
      try {
        decode(questions, answers);
      } catch (error) {
        if (error instanceof TrellisError) return error.code;
      }
      return 'taken';
    };
    expect(code({ '/t/other': ['x'] })).to.equal('unknown-answer');
    expect(code(JSON.parse('{"__proto__": ["x"]}') as Answers)).to.equal('unknown-answer');
    expect(code({ '/t/name': ['x', 'y'] })).to.equal('repeated-answer');
    expect(code({ '/t/name': ['x'] })).to.equal('taken');
  });
});

describe('readPosted', () => {
  it('refuses more fields than a form has', () => {
    const pairs = Array.from({ length: MAX_ANSWERS + 1 }, (_, i): [string, string] => [
      `/${i}`,
      '',
    ]);
    expect(() => readPosted(pairs))
      .to.throw(TrellisError)
      .with.property('code', 'too-many-answers');
    expect(() => readPosted(pairs.slice(1))).not.to.throw();
  });

  it('keeps hostile names as names', () => {
    const { answers } = readPosted([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(Object.keys(answers)).to.deep.equal(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(answers)).to.equal(Object.prototype);
  });
});

describe('encode and decode', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((value) => value.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '').trim())
    .filter((value) => value !== '');
  const date = fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10));
  const decimal = fc
    .tuple(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.option(fc.stringMatching(/^\d{1,6}$/u)),
    )
    .map(([whole, places]) => (places === null ? String(whole) : `${whole}.${places}`));

  /** One field's schema with values that fit it. */
  const leaf = fc.constantFrom<[JsonSchema, fc.Arbitrary<unknown>]>(
    [{ type: 'string' }, text],
    [{ type: 'string', maxLength: 500 }, text],
    [{ type: 'integer' }, fc.maxSafeInteger().filter((value) => !Object.is(value, -0))],
    [
      { type: 'number' },
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    ],
    [{ type: 'boolean' }, fc.boolean()],
    [{ type: 'string', format: 'date' }, date],
    [{ type: 'string', format: 'decimal' }, decimal],
    [{ enum: ['a', 'b c', '<">'] }, fc.constantFrom('a', 'b c', '<">')],
    [{ enum: [1, 2, 'x', false] }, fc.constantFrom(1, 2, 'x', false)],
    [
      { type: 'array', uniqueItems: true, maxItems: 3, items: { enum: ['r', 'g', 'b'] } },
      fc.subarray(['r', 'g', 'b'], { minLength: 1 }),
    ],
    [
      { type: ['string', 'integer', 'object'] },
      fc.oneof(fc.integer(), text, fc.dictionary(fc.stringMatching(/^[a-z]+$/u), fc.integer())),
    ],
  );
  const name = fc.stringMatching(/^[a-zA-Z0-9 ~/%#\]["'<>._-]{1,8}$/u);
  const fields = fc
    .uniqueArray(fc.tuple(name, leaf), { selector: ([key]) => key, minLength: 1, maxLength: 5 })
    .chain((made) => {
      const schema = {
        type: 'object',
        properties: Object.fromEntries(made.map(([key, [one]]) => [key, one])),
      };
      const value = fc.record(Object.fromEntries(made.map(([key, [, values]]) => [key, values])), {
        requiredKeys: [],
      });
      return fc.tuple(fc.constant(schema), value);
    });

  it('give back every value of random schemas, absent ones too', () => {
    fc.assert(
      fc.property(fields, fields, ([schema, value], [item, entry]) => {
        const built = buildWhole({
          type: 'object',
          properties: { own: schema, list: { type: 'array', items: item } },
        });
        if (!built.ok) throw new Error(JSON.stringify(built.problems));
        const questions = built.model.pages.flatMap((page) => page.questions);
        const document = JSON.parse(
          JSON.stringify({
            doc: {
              ...(Object.keys(value).length > 0 ? { own: value } : {}),
              list: [entry, entry],
            },
          }),
        ) as JsonObject;
        const decoded = decode(questions, encode(questions, document, 'inline'), 'inline');
        expect(decoded.errors).to.deep.equal([]);
        expect(applied({}, decoded)).to.deep.equal(document);
      }),
      { numRuns: 150 },
    );
  });
});
