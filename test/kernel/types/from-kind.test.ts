import { expect } from 'chai';
import type { InlineType } from '../../../engine/kernel/types/from-kind.ts';
import { typeFromKind } from '../../../engine/kernel/types/from-kind.ts';
import { typeFromSchema } from '../../../engine/kernel/types/from-schema.ts';
import { nearestName } from '../../../engine/kernel/types/nearest-name.ts';
import { showType } from '../../../engine/kernel/types/show.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { checkSchema } from '../../../engine/kernel/validator/validator.ts';

describe('typeFromKind', () => {
  const cases: readonly (readonly [InlineType, string, JsonSchema])[] = [
    [
      { kind: 'text', minLength: 1, maxLength: 9, pattern: '^a' },
      'text',
      { type: 'string', minLength: 1, maxLength: 9, pattern: '^a' },
    ],
    [
      { kind: 'number', minimum: 0, maximum: 40, title: 'Percent' },
      'number',
      { title: 'Percent', type: 'number', minimum: 0, maximum: 40 },
    ],
    [{ kind: 'whole number' }, 'whole number', { type: 'integer' }],
    [
      { kind: 'decimal', minimum: '0.10' },
      'decimal',
      { type: 'string', format: 'decimal', 'x-minimum': '0.10' },
    ],
    [{ kind: 'yes/no' }, 'yes/no', { type: 'boolean' }],
    [{ kind: 'date' }, 'date', { type: 'string', format: 'date' }],
    [{ kind: 'date-time' }, 'date-time', { type: 'string', format: 'date-time' }],
    [{ kind: 'duration' }, 'duration', { type: 'string', format: 'duration' }],
    [{ kind: 'file' }, 'file', { type: 'object', 'x-accept': ['*/*'], 'x-maxSize': '10 MB' }],
    [
      { kind: 'file', accept: ['image/*'], maxSize: '500 kB' },
      'file',
      { type: 'object', 'x-accept': ['image/*'], 'x-maxSize': '500 kB' },
    ],
    [{ kind: 'one of', choices: ['a', 'b'] }, 'one of a, b', { enum: ['a', 'b'] }],
    [
      { kind: 'list', of: { kind: 'text' }, maxLength: 3 },
      'list of text',
      { type: 'array', items: { type: 'string' }, maxItems: 3 },
    ],
    [
      { kind: 'object', fields: { a: { kind: 'date' } } },
      'object',
      {
        type: 'object',
        properties: { a: { type: 'string', format: 'date' } },
        additionalProperties: false,
      },
    ],
  ];
  for (const [inline, shown, schema] of cases) {
    it(`makes ${shown} with its schema`, () => {
      const made = typeFromKind(inline);
      expect(showType(made.type)).to.equal(shown);
      expect(made.schema).to.deep.equal(schema);
      expect(checkSchema(made.schema)).to.deep.equal([]);
      expect(showType(typeFromSchema(made.schema, () => undefined))).to.equal(shown);
    });
  }

  it('carries the classification into type and schema', () => {
    const { type, schema } = typeFromKind({
      kind: 'object',
      fields: { iban: { kind: 'text', classification: 'restricted' } },
    });
    expect(type.classification.level).to.equal('restricted');
    expect(typeFromSchema(schema, () => undefined).classification.level).to.equal('restricted');
  });
});

describe('nearestName', () => {
  const names = ['netTotal', 'quoteNo', 'lines', 'qty', 'valid-until'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['totl', 'netTotal'],
    ['nettotal', 'netTotal'],
    ['quotNo', 'quoteNo'],
    ['line', 'lines'],
    ['qyt', 'qty'],
    ['until', 'valid-until'],
    ['x', undefined],
    ['supercalifragilistic', undefined],
    ['z'.repeat(5000), undefined],
    ['', undefined],
  ];
  for (const [typed, wanted] of cases) {
    it(`finds ${wanted ?? 'nothing'} for "${typed.slice(0, 20)}"`, () => {
      expect(nearestName(typed, names)).to.equal(wanted);
    });
  }
});
