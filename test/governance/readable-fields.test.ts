import { expect } from 'chai';
import { authorize } from '../../engine/governance/authorize.ts';
import type { AccessActor, FieldSubject } from '../../engine/governance/access/words.ts';
import { readableFields, readableValue } from '../../engine/governance/readable-fields.ts';
import { LEVELS } from '../../engine/kernel/classification.ts';
import { typeFromSchema } from '../../engine/kernel/types/from-schema.ts';
import type { JsonSchema, ValueType } from '../../engine/kernel/types/value-type.ts';

const LINE: JsonSchema = {
  type: 'object',
  properties: {
    sku: { type: 'string' },
    cost: { type: 'number', 'x-classification': 'restricted' },
  },
};
const QUOTE: JsonSchema = {
  type: 'object',
  properties: {
    quoteNo: { type: 'string' },
    netTotal: { type: 'string', format: 'decimal', 'x-classification': 'internal' },
    marginPct: { type: 'number', 'x-classification': 'confidential' },
    email: { type: 'string', 'x-tags': ['personal'] },
    lines: { type: 'array', items: { $ref: 'Line' } },
    address: {
      type: 'object',
      'x-classification': 'confidential',
      properties: { city: { type: 'string' } },
    },
  },
};
const TYPE: ValueType = typeFromSchema(QUOTE, (name) => (name === 'Line' ? LINE : undefined), {
  typeName: 'Quote',
});

const CORE: FieldSubject['core'] = {
  clearances: new Map([
    ['public', { upTo: 'public', tags: [] }],
    ['customer', { upTo: 'internal', tags: ['personal'] }],
    ['role:rep', { upTo: 'internal', tags: [] }],
    ['role:manager', { upTo: 'confidential', tags: [] }],
  ]),
  fieldRights: [
    { role: 'rep', read: ['Quote.marginPct'] },
    { role: 'buyer', read: ['Line.cost', 'Quote.address.city'] },
    { role: 'driver', read: ['Quote.address', 'Quote.margin'] },
  ],
};

const VALUE = {
  quoteNo: 'Q-1',
  netTotal: '80.00',
  marginPct: 12,
  email: 'a@x.example',
  lines: [
    { sku: 'A1', cost: 3 },
    { sku: 'B2', cost: 4 },
  ],
  address: { city: 'Cork' },
  smuggled: true,
};

const customer: AccessActor = { kind: 'customer', caseId: 'c1', purpose: 'status' };
const staff = (...roles: string[]): AccessActor => ({ kind: 'staff', id: 'u', roles, teams: [] });

function fieldsOf(actor: AccessActor): string[] {
  return [...readableFields(actor, TYPE, CORE)].sort();
}

describe('the fields that an actor may read', () => {
  it('follow the clearance of the receiver', () => {
    expect(fieldsOf({ kind: 'public' })).to.deep.equal(['lines.sku', 'quoteNo']);
    expect(fieldsOf(customer)).to.deep.equal(['email', 'lines.sku', 'netTotal', 'quoteNo']);
  });

  it('are more by a field right of any of the roles, and only that field or group', () => {
    expect(fieldsOf(staff('rep'))).to.deep.equal(['lines.sku', 'marginPct', 'netTotal', 'quoteNo']);
    expect(fieldsOf(staff('buyer'))).to.deep.equal([
      'address.city',
      'lines.cost',
      'lines.sku',
      'quoteNo',
    ]);
    expect(fieldsOf(staff('driver'))).to.deep.equal(['address.city', 'lines.sku', 'quoteNo']);
    expect(fieldsOf(staff('rep', 'manager')))
      .to.include('address.city')
      .and.not.include('email');
  });

  it('are what is public for staff without a role, and all for the engine', () => {
    expect(fieldsOf(staff())).to.deep.equal(['lines.sku', 'quoteNo']);
    expect(fieldsOf({ kind: 'system' })).to.have.length(7);
  });

  it('are decided level by level and tag by tag', () => {
    for (const [index, upTo] of LEVELS.entries())
      for (const [other, level] of LEVELS.entries())
        for (const tags of [[], ['personal']])
          for (const cleared of [[], ['personal'], ['health']]) {
            const core = {
              clearances: new Map([['role:rep', { upTo, tags: cleared }]]),
              fieldRights: [],
            };
            const subject = { classification: { level, tags }, core };
            const expected = other <= index && tags.every((tag) => cleared.includes(tag));
            const isPublic = level === 'public' && tags.length === 0;
            expect(authorize(staff('rep'), 'field.read', subject).allowed).to.equal(
              expected || isPublic,
            );
          }
  });
});

describe('a value as an actor may read it', () => {
  it('lacks the fields that they may not read, and those that the type does not know', () => {
    expect(readableValue(customer, TYPE, VALUE, CORE)).to.deep.equal({
      quoteNo: 'Q-1',
      netTotal: '80.00',
      email: 'a@x.example',
      lines: [{ sku: 'A1' }, { sku: 'B2' }],
    });
  });

  it('is whole for the engine, but for what the type does not know', () => {
    const known = Object.fromEntries(Object.entries(VALUE).filter(([name]) => name !== 'smuggled'));
    expect(readableValue({ kind: 'system' }, TYPE, VALUE, CORE)).to.deep.equal(known);
  });

  it('is not there where nothing of it may be read', () => {
    const secret = typeFromSchema(
      { type: 'string', 'x-classification': 'restricted' },
      () => undefined,
    );
    const object = typeFromSchema(
      { type: 'object', properties: { a: { 'x-classification': 'restricted', type: 'string' } } },
      () => undefined,
    );
    expect(readableValue(customer, secret, 'x', CORE)).to.equal(undefined);
    expect(readableValue(customer, object, { a: 'x' }, CORE)).to.equal(undefined);
  });

  it('survives a value that is not of its type', () => {
    expect(readableValue(customer, TYPE, 'text', CORE)).to.deep.equal({});
    expect(readableValue(customer, TYPE, null, CORE)).to.equal(null);
    expect(readableValue(customer, TYPE, { lines: 'none', quoteNo: 'Q-1' }, CORE)).to.deep.equal({
      quoteNo: 'Q-1',
    });
  });

  it('keeps lists of plain values whole or leaves them out', () => {
    const list = (level: string): ValueType =>
      typeFromSchema(
        { type: 'array', items: { type: 'string', 'x-classification': level } },
        () => undefined,
      );
    expect(readableValue(customer, list('internal'), ['a', 'b'], CORE)).to.deep.equal(['a', 'b']);
    expect(readableValue(customer, list('restricted'), ['a'], CORE)).to.equal(undefined);
  });
});
