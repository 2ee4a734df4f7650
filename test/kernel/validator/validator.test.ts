import { expect } from 'chai';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';

const TYPES = new Map<string, JsonSchema>([
  [
    'Customer',
    {
      type: 'object',
      required: ['id', 'legalName'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        legalName: { type: 'string', maxLength: 200 },
        segment: { enum: ['key', 'oem', 'retail'] },
        parent: { $ref: 'Customer' },
      },
      additionalProperties: false,
    },
  ],
]);
const ID = '5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11';

/** `pointer sentence` of each way in which a value does not fit. */
function faults(schema: JsonSchema, value: unknown, most?: number): readonly string[] {
  const options = most === undefined ? {} : { mostErrors: most };
  const validate = createValidator(TYPES, options).compile(schema);
  return validate(value).map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('validator: sentences', () => {
  const cases: readonly [JsonSchema, unknown, string][] = [
    [{ type: 'string', maxLength: 3 }, 'abcd', 'must not be longer than 3 characters'],
    [{ type: 'string', minLength: 1 }, '', 'must be at least 1 character long'],
    [{ type: 'string', pattern: '^a$' }, 'b', 'must match the pattern ^a$'],
    [{ enum: ['key', 'oem', 'retail'] }, 'gold', 'must be one of: key, oem, retail'],
    [{ const: 'all' }, 'some', 'must be all'],
    [{ type: 'integer' }, 1.5, 'must be a whole number'],
    [{ type: 'number' }, '1', 'must be a number'],
    [{ type: 'boolean' }, 'yes', 'must be true or false'],
    [{ type: ['string', 'null'] }, 1, 'must be a text or empty'],
    [{ type: 'number', minimum: 3 }, 2, 'must not be less than 3'],
    [{ type: 'number', maximum: 3 }, 4, 'must not be more than 3'],
    [{ type: 'number', exclusiveMinimum: 3 }, 3, 'must be more than 3'],
    [{ type: 'number', exclusiveMaximum: 3 }, 3, 'must be less than 3'],
    [{ type: 'number', multipleOf: 0.01 }, 19.991, 'must be a multiple of 0.01'],
    [{ type: 'array', minItems: 2 }, [1], 'must have at least 2 entries'],
    [{ type: 'array', maxItems: 1 }, [1, 2], 'must not have more than 1 entry'],
    [
      { type: 'array', uniqueItems: true, maxItems: 9 },
      [1, 2, 1],
      'must not repeat an entry: 1 and 3 are equal',
    ],
    [{ type: 'object', minProperties: 1 }, {}, 'must have at least 1 field'],
    [{ type: 'string', format: 'email' }, 'x', 'must be an email address like name@example.com'],
    [{ type: 'string', format: 'date' }, '2027-02-30', 'must be a date like 2027-03-01'],
    [{ not: { type: 'string' } }, 'x', 'must not have this form'],
    [{ type: 'array', contains: { const: 1 } }, [2], 'must have at least 1 fitting entry'],
    [false, 1, 'must not be given'],
  ];
  for (const [schema, value, sentence] of cases) {
    it(sentence, () => {
      expect(faults(schema, value)).to.deep.equal([` ${sentence}`]);
    });
  }
});

describe('validator: places', () => {
  it('points at the missing field, not at its parent', () => {
    expect(faults({ $ref: 'Customer' }, { id: ID, parent: {} })).to.have.members([
      '/legalName is required',
      '/parent/id is required',
      '/parent/legalName is required',
    ]);
  });

  it('points at the field that is too many, its name escaped', () => {
    const value = { id: ID, legalName: 'Ada', 'a/b~c': 1 };
    expect(faults({ $ref: 'Customer' }, value)).to.deep.equal(['/a~1b~0c is not expected here']);
  });

  it('follows the names of locked types', () => {
    const schema = { type: 'array', items: { $ref: 'Customer' } };
    expect(faults(schema, [{ id: ID, legalName: 'Ada', segment: 'gold' }])).to.deep.equal([
      '/0/segment must be one of: key, oem, retail',
    ]);
  });

  it('tells of at most 100 errors, or as many as asked for', () => {
    const schema = { type: 'array', items: { type: 'string' } };
    const numbers = Array.from({ length: 300 }, (_, index) => index);
    expect(faults(schema, numbers)).to.have.length(100);
    expect(faults(schema, numbers, 2)).to.have.length(2);
  });

  it('says nothing of the `if` beside what its branch says', () => {
    const schema = { if: { const: 1 }, then: { const: 2 } };
    expect(faults(schema, 1)).to.deep.equal([' must be 2']);
  });
});

describe('validator: choices', () => {
  const object = (name: string, inner: JsonSchema): JsonSchema => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: name }, value: inner },
    additionalProperties: false,
  });

  it('tells of the branch that was meant', () => {
    const schema = { oneOf: [object('a', { type: 'string' }), object('b', { type: 'number' })] };
    expect(faults(schema, { kind: 'b', value: 'x' })).to.deep.equal(['/value must be a number']);
  });

  it('tells of the branch that is for this kind of value, through references', () => {
    const schema = {
      $defs: {
        leaf: { type: 'string', pattern: '^a+$' },
        tree: {
          anyOf: [
            { $ref: '#/$defs/leaf' },
            { type: 'array', items: { $ref: '#/$defs/tree' } },
            { $ref: 'Customer' },
          ],
        },
      },
      $ref: '#/$defs/tree',
    };
    expect(faults(schema, ['a', ['b']])).to.deep.equal(['/1/0 must match the pattern ^a+$']);
    expect(faults(schema, ['a', { id: ID }])).to.deep.equal(['/1/legalName is required']);
    expect(faults(schema, ['a', 1])).to.deep.equal([
      '/1 must be a text or a list or a group of fields',
    ]);
  });

  it('joins the values of all branches', () => {
    const schema = { anyOf: [{ const: 'a' }, { enum: ['b', 'c'] }, { type: 'object' }] };
    expect(faults(schema, 'd')).to.deep.equal([' must be one of: a, b, c']);
    expect(faults(schema, 1)).to.deep.equal([' must be a text or a group of fields']);
  });

  it('says when a value has more than one of the forms', () => {
    const schema = { oneOf: [{ type: 'string' }, { maxLength: 3, type: 'string' }] };
    expect(faults(schema, 'ab')).to.deep.equal([' must have exactly one of the allowed forms']);
  });

  it('keeps what stands beside the choice', () => {
    const schema = { type: 'string', minLength: 5, anyOf: [{ const: 'a' }, { const: 'b' }] };
    expect(faults(schema, 'c')).to.have.members([
      ' must be at least 5 characters long',
      ' must be one of: a, b',
    ]);
  });
});

describe('validator: hostile values', () => {
  it('asks for names that JavaScript objects inherit', () => {
    const names = ['constructor', 'toString', '__proto__'];
    const schema = { type: 'object', required: names };
    expect(faults(schema, {})).to.have.members(names.map((name) => `/${name} is required`));
    const given: unknown = JSON.parse('{"constructor":1,"toString":2,"__proto__":3}');
    expect(faults(schema, given)).to.deep.equal([]);
    expect(faults({ type: 'object', additionalProperties: false }, given)).to.have.length(3);
  });

  it('refuses what is nested deeper than 32 levels before reading it', () => {
    const nest = (depth: number): unknown =>
      JSON.parse(`${'{"parent":'.repeat(depth)}1${'}'.repeat(depth)}`);
    expect(faults({ $ref: 'Customer' }, nest(40_000))).to.deep.equal([
      ' must not be nested deeper than 32 levels',
    ]);
    expect(faults(true, nest(32))).to.deep.equal([]);
    expect(faults(true, nest(33))).to.have.length(1);
  });

  it('refuses huge values before reading them', () => {
    expect(faults(true, Array(100_001).fill(0))[0]).to.include('more than 100000 values');
    expect(faults(true, 'x'.repeat(2_000_001))[0]).to.include('more than 2000000 characters');
    expect(faults(true, { a: Array(60_000).fill([0]) })[0]).to.include('more than 100000 values');
  });

  it('refuses a value that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(faults(true, loop)[0]).to.include('nested deeper');
  });

  it('takes no time over patterns that stall others', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    const before = process.cpuUsage();
    expect(faults(schema, `${'a'.repeat(50_000)}!`)).to.have.length(1);
    expect(process.cpuUsage(before).user / 1000).to.be.lessThan(1000);
  });
});

describe('validator: decimals and formats', () => {
  const price = {
    type: 'string',
    format: 'decimal',
    'x-minimum': '0.01',
    'x-maximum': 100,
    'x-scale': 2,
  };

  it('keeps decimals exact', () => {
    for (const good of ['0.01', '19.99', '100', '100.00']) {
      expect(faults(price, good), good).to.deep.equal([]);
    }
    expect(faults(price, '0.00')).to.deep.equal([' must not be less than 0.01']);
    expect(faults(price, '100.01')).to.deep.equal([' must not be more than 100']);
    expect(faults(price, '1.005')).to.deep.equal([' must not have more than 2 decimal places']);
    expect(faults({ type: 'number', multipleOf: 0.01 }, 19.99)).to.deep.equal([]);
  });

  it('refuses what is no decimal of at most 34 digits', () => {
    for (const bad of ['1e3', '01', '+1', '1.', '.5', ' 1', 'NaN', '-', '9'.repeat(35), '']) {
      expect(faults(price, bad), bad).to.deep.equal([
        ' must be a decimal of at most 34 digits, like 19.90',
      ]);
    }
    expect(faults({ type: 'string', format: 'decimal' }, `-${'9'.repeat(34)}`)).to.deep.equal([]);
    expect(faults({ type: 'string', format: 'decimal' }, `1.${'0'.repeat(33)}`)).to.deep.equal([]);
    expect(faults({ type: 'string', format: 'decimal' }, `11.${'0'.repeat(33)}`)).to.have.length(1);
  });

  it('takes only links that do no harm', () => {
    const uri = { type: 'string', format: 'uri' };
    for (const good of ['https://a.example/b?c=d', 'http://a', 'mailto:a@b.example']) {
      expect(faults(uri, good), good).to.deep.equal([]);
    }
    for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'data:,x', 'a', 'https:// x']) {
      expect(faults(uri, bad), bad).to.have.length(1);
    }
  });

  it('knows the formats that the language and the core use', () => {
    const good: Readonly<Record<string, string>> = {
      ...{ date: '2028-02-29', time: '09:30:00Z', 'date-time': '2027-03-01T09:30:00Z' },
      ...{ duration: 'PT3H', email: 'a@b.example', hostname: 'a.example', ipv4: '127.0.0.1' },
      ...{ ipv6: '::1', uuid: ID, 'json-pointer': '/a/0', regex: '^a+$' },
    };
    for (const [format, value] of Object.entries(good)) {
      expect(faults({ type: 'string', format }, value), format).to.deep.equal([]);
      expect(faults({ type: 'string', format }, '(?=%'), format).to.have.length(1);
      expect(faults({ type: 'string', format }, value.repeat(3000)), format).to.have.length(1);
    }
  });
});

describe('validator: refused schemas', () => {
  it('throws with the place of the first fault', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', pattern: '(?=a)' } } };
    expect(() => createValidator(TYPES).compile(schema))
      .to.throw(TrellisError, /at properties\.a\.pattern: The pattern is refused/)
      .with.property('code', 'schema-refused');
  });

  it('are found at the first value where they are compiled so late, and at each one after', () => {
    const validator = createValidator(TYPES);
    const bad = { type: 'string', pattern: '(?=a)' };
    const validate = validator.compileAtFirstUse(bad);
    for (let value = 0; value < 2; value += 1) {
      expect(() => validate('a'))
        .to.throw(TrellisError)
        .with.property('code', 'schema-refused');
    }
    expect(validator.check(bad)[0]).to.include({ code: 'schema-pattern' });
    const short = { type: 'string', maxLength: 1 };
    expect(validator.compileAtFirstUse(short)('ab')).to.have.length(1);
  });

  it('does not take a locked type that is itself refused', () => {
    const types = new Map<string, JsonSchema>([['Bad', { type: 'strin' }]]);
    const [problem] = createValidator(types).check({ $ref: 'Bad' });
    expect(problem).to.include({ code: 'schema-reference' });
  });
});
