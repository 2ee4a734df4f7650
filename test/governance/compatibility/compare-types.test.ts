import { expect } from 'chai';
import { compareTypes } from '../../../engine/governance/compatibility/compare-types.ts';
import type { Verdict } from '../../../engine/governance/compatibility/verdict.ts';
import type { TypeFile } from '../../../engine/governance/core/types.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const SHORT = { type: 'string', maxLength: 3 };

function typeOf(compatibility: string, properties: Schema, more: Partial<TypeFile> = {}): TypeFile {
  return {
    type: 'Quote',
    version: 1,
    title: 'Quote',
    owner: 'it',
    compatibility,
    source: 'here',
    key: 'id',
    extensible: false,
    schema: {
      type: 'object',
      required: ['id'],
      properties: { id: TEXT, ...properties },
      additionalProperties: false,
    },
    ...more,
  };
}

function order(compatibility: string): TypeFile {
  return typeOf(compatibility, { quote: { $ref: 'Quote' } }, { type: 'Order' });
}

/** Each list is the types of one release, the last one the new types. */
function compare(...releases: readonly (readonly TypeFile[])[]): readonly Verdict[] {
  const all = releases.map((types, index) => ({
    name: `release 1.${index + 1}`,
    types: new Map(types.map((type) => [type.type, type])),
  }));
  return compareTypes(all.slice(0, -1), all.at(-1)?.types ?? new Map<string, TypeFile>());
}

function told(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map(({ rule, type, field, direction = '' }) =>
    [direction, `${type}.${field}`, rule].join(' ').trim(),
  );
}

describe('compatibility by mode', () => {
  const narrow = (mode: string): readonly string[] =>
    told(compare([typeOf(mode, { note: TEXT })], [typeOf(mode, { note: SHORT })]));
  const widen = (mode: string): readonly string[] =>
    told(compare([typeOf(mode, { note: SHORT })], [typeOf(mode, { note: TEXT })]));

  it('forbids what a mode promises, and nothing else', () => {
    const [backward, forward] = ['backward Quote.note length', 'forward Quote.note length'];
    expect([narrow('none'), widen('none')]).to.deep.equal([[], []]);
    expect([narrow('backward'), widen('backward')]).to.deep.equal([[backward], []]);
    expect([narrow('forward'), widen('forward')]).to.deep.equal([[], [forward]]);
    expect([narrow('full'), widen('full')]).to.deep.equal([[backward], [forward]]);
  });

  it('lets nothing but titles of a frozen type change', () => {
    const before = typeOf('frozen', { note: TEXT });
    const titled = typeOf('frozen', { note: { ...TEXT, title: 'Note' } }, { title: 'Offer' });
    const marked = typeOf('frozen', { note: { ...TEXT, 'x-classification': 'internal' } });
    expect(told(compare([before], [titled]))).to.deep.equal([]);
    expect(told(compare([before], [marked]))).to.deep.equal(['Quote. frozen']);
  });

  it('lets an open type be added to, unless workflows may add to it', () => {
    const open = (properties: Schema, more: Partial<TypeFile> = {}): TypeFile =>
      typeOf(
        'backward',
        {},
        {
          schema: { type: 'object', required: ['id'], properties: { id: TEXT, ...properties } },
          ...more,
        },
      );
    const lines = (properties: Schema): Schema => ({
      lines: { type: 'array', items: { type: 'object', properties } },
    });
    expect(told(compare([open({})], [open({ note: TEXT })]))).to.deep.equal([]);
    const [before, after] = [open(lines({})), open(lines({ sku: TEXT }))];
    expect(told(compare([before], [after]))).to.deep.equal([]);
    const extensible = { extensible: true };
    const added = compare([open({}, extensible)], [open({ note: TEXT }, extensible)]);
    expect(told(added)).to.deep.equal(['backward Quote.note field-added']);
    const part = { allOf: [{ $ref: 'Quote' }, { type: 'object', properties: { note: true } }] };
    const shared = typeOf('backward', { quote: part }, { type: 'Order' });
    const inShared = compare([open({}), shared], [open({ note: TEXT }), shared]);
    expect(told(inShared)).to.deep.equal(['backward Quote.note field-added']);
  });

  it('counts the mode of the earlier release', () => {
    const before = typeOf('backward', { note: TEXT });
    expect(told(compare([before], [typeOf('none', { note: SHORT })]))).to.have.lengthOf(1);
    const loose = typeOf('none', { note: TEXT });
    expect(told(compare([loose], [typeOf('backward', { note: SHORT })]))).to.deep.equal([]);
  });

  it('holds a transitive mode against all releases, another against the newest', () => {
    const types = (mode: string): readonly (readonly TypeFile[])[] => [
      [typeOf(mode, { note: TEXT })],
      [typeOf(mode, {})],
      [typeOf(mode, { note: SHORT })],
    ];
    expect(told(compare(...types('backward')))).to.deep.equal([]);
    const verdicts = compare(...types('backward-transitive'));
    expect(told(verdicts)).to.deep.equal(['backward Quote.note length']);
    expect(verdicts[0]?.against).to.equal('release 1.1');
  });

  it('says which types inherit a break, and that their modes forbid it', () => {
    const verdicts = compare(
      [typeOf('none', { note: TEXT }), order('backward')],
      [typeOf('none', { note: SHORT }), order('backward')],
    );
    expect(told(verdicts)).to.deep.equal(['backward Quote.note length']);
    expect(verdicts[0]?.inheritedBy).to.deep.equal(['Order']);
    expect(verdicts[0]?.forbiddenBy).to.deep.equal([{ type: 'Order', compatibility: 'backward' }]);
    expect(verdicts[0]?.path).to.deep.equal(['schema', 'properties', 'note', 'maxLength']);
  });

  it('takes a field with an alias for the same', () => {
    const before = typeOf('full', { note: TEXT });
    const renamed = typeOf('full', { remark: { ...TEXT, 'x-alias': 'note' } });
    expect(told(compare([before], [renamed]))).to.deep.equal([
      'forward Quote.remark field-removed',
    ]);
    const without = typeOf('backward', { remark: TEXT });
    expect(told(compare([typeOf('backward', { note: TEXT })], [without]))).to.deep.equal([
      'backward Quote.note field-removed',
    ]);
  });

  it('follows an alias of the key, and aliases over several releases', () => {
    const named = (mode: string, name: string, alias?: string): TypeFile =>
      typeOf(
        mode,
        {},
        {
          key: name,
          schema: {
            type: 'object',
            required: [name],
            properties: { [name]: { ...TEXT, ...(alias !== undefined && { 'x-alias': alias }) } },
            additionalProperties: false,
          },
        },
      );
    const mode = 'backward-transitive';
    expect(
      told(compare([named(mode, 'a')], [named(mode, 'b', 'a')], [named(mode, 'c', 'b')])),
    ).to.deep.equal([]);
    expect(
      told(compare([named(mode, 'a')], [named(mode, 'b', 'a')], [named(mode, 'c')])),
    ).to.include('backward Quote.c required');
  });

  it('forbids to change what tells records apart, and to take a type away', () => {
    const before = typeOf('backward', { note: TEXT });
    const keyed = typeOf('backward', { note: TEXT }, { key: ['id', 'note'] });
    const unique = typeOf('backward', { note: TEXT }, { unique: 'note' });
    expect(told(compare([before], [keyed]))).to.deep.equal(['backward Quote. key']);
    expect(told(compare([before], [unique]))).to.deep.equal(['backward Quote. unique']);
    expect(told(compare([before], []))).to.deep.equal(['backward Quote. type-removed']);
    expect(told(compare([typeOf('none', {})], []))).to.deep.equal([]);
  });

  it('says what is wrong, and shows it by a value', () => {
    const [verdict] = compare(
      [typeOf('backward', { note: TEXT })],
      [
        typeOf(
          'backward',
          {},
          {
            schema: {
              type: 'object',
              required: ['id', 'note'],
              properties: { id: TEXT, note: TEXT },
              additionalProperties: false,
            },
          },
        ),
      ],
    );
    expect(verdict?.message).to.equal(
      'Quote requires the field "note", so that some values of release 1.1 are refused. Leave it out of "required"; where it only has a new name, write "x-alias: OLD" beside it.',
    );
    expect(verdict?.example).to.have.all.keys('id');
  });
});
