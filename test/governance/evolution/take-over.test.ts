import { expect } from 'chai';
import { evolutionProblems } from '../../../engine/governance/evolution/problems.ts';
import { asItWas, takeOverBetween } from '../../../engine/governance/evolution/take-over.ts';
import type { TakeOver } from '../../../engine/governance/evolution/take-over.ts';
import type { Json } from '../../../engine/kernel/json.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { momentAt } from '../../kernel/transition/play.ts';
import { customer, filesWith, stateOf } from './states.ts';

const MOMENT = momentAt(0);

/** What a value of `Customer` becomes when its type becomes another one. */
function taken(value: Json, after: string, before = customer(1, FIELDS)): Json {
  const [one, other] = [stateOf(filesWith(before)), stateOf(filesWith(after))];
  return takeOverBetween(one, other)({ $ref: 'Customer' })(value, MOMENT);
}

const FIELDS = `
    id: { type: string }
    vatNo: { type: string, maxLength: 20 }
    segment: { enum: [key, oem] }`;

describe('taking a value over to the next release', () => {
  it('gives a field its new name', () => {
    const after = customer(2, FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,'));
    expect(taken({ id: '1', vatNo: 'IE1' }, after)).to.deep.equal({ id: '1', taxId: 'IE1' });
    expect(taken({ id: '1' }, after)).to.deep.equal({ id: '1' });
  });

  it('leaves out what is not there any more', () => {
    const after = customer(2, FIELDS.replace(/ {4}vatNo.*\n/u, ''));
    expect(taken({ id: '1', vatNo: 'IE1' }, after)).to.deep.equal({ id: '1' });
  });

  it('moves nothing where only bounds, choices, titles and what may be read change', () => {
    const fields = FIELDS.replace('maxLength: 20', 'maxLength: 5, title: VAT, x-tags: [tax]');
    const before = stateOf(filesWith(customer(1, FIELDS)));
    const way = (after: string): TakeOver =>
      takeOverBetween(before, stateOf(filesWith(after)))({ $ref: 'Customer' });
    expect(way(customer(2, fields.replace('key, oem', 'key, oem, public')))).to.equal(asItWas);
    expect(way(customer(2, FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,')))).to.not.equal(
      asItWas,
    );
    expect(way(customer(2, FIELDS, ['vatNo']))).to.not.equal(asItWas);
  });

  it('gives a required field its default, in a value that was whole', () => {
    const after = customer(2, `${FIELDS}\n    tier: { enum: [a, b], default: b }`, ['tier']);
    expect(taken({ id: '1' }, after)).to.deep.equal({ id: '1', tier: 'b' });
    expect(taken({ vatNo: 'IE1' }, after), 'still being filled').to.deep.equal({ vatNo: 'IE1' });
  });

  it('fills what the upgrade to it fills, in a value that was whole and lacks it', () => {
    const renamed = FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,');
    const after = new Map(filesWith(customer(2, renamed, ['taxId'])));
    after.set(
      'upgrade.yaml',
      `from: '1.1'\nbackfill: [{ type: Customer, field: taxId, set: 'old.id + "-none"' }]\n`,
    );
    const take = takeOverBetween(stateOf(filesWith(customer(1, FIELDS))), stateOf(after));
    const filled = (value: Json): Json => take({ $ref: 'Customer' })(value, MOMENT);
    expect(filled({ id: '1' })).to.deep.equal({ id: '1', taxId: '1-none' });
    expect(filled({ id: '1', vatNo: 'IE1' })).to.deep.equal({ id: '1', taxId: 'IE1' });
    expect(filled({ segment: 'oem' }), 'still being filled').to.deep.equal({ segment: 'oem' });
    const fromAnother = stateOf(
      after.set('upgrade.yaml', after.get('upgrade.yaml')?.replace('1.1', '1.7') ?? ''),
    );
    const take2 = takeOverBetween(stateOf(filesWith(customer(1, FIELDS))), fromAnother);
    expect(take2({ $ref: 'Customer' })({ id: '1' }, MOMENT)).to.deep.equal({ id: '1' });
  });

  it('works formulas out over the value as it was', () => {
    const fields = FIELDS.replace('enum: [key, oem]', 'enum: [strategic, oem]').replace(
      'vatNo',
      'taxId',
    );
    const after = customer(
      2,
      fields,
      [],
      `{ from: 1, fields: { segment: 'old.segment == "key" ? "strategic" : "oem"', taxId: 'orElse(old.vatNo, "none")' } }`,
    );
    expect(problemsOf(after)).to.deep.equal([]);
    expect(taken({ id: '1', vatNo: 'IE1', segment: 'key' }, after)).to.deep.equal({
      ...{ id: '1', segment: 'strategic', taxId: 'IE1' },
    });
    expect(taken({ id: '1', segment: 'oem' }, after)).to.deep.equal({
      ...{ id: '1', segment: 'oem', taxId: 'none' },
    });
  });

  it('leaves a field empty that a formula does not give a value, or not yet', () => {
    const fields = `${FIELDS}\n    address: { type: object, properties: { city: { type: string } } }`;
    const upcast = (formula: string): string =>
      customer(
        2,
        `${fields}\n    town: { type: string }`,
        [],
        `{ from: 1, fields: { ${formula} } }`,
      );
    const before = customer(1, fields);
    const none = upcast(`vatNo: 'old.vatNo == "?" ? null : old.vatNo'`);
    expect(taken({ id: '1', vatNo: '?' }, none, before)).to.deep.equal({ id: '1' });
    expect(taken({ id: '1', vatNo: 'IE1' }, none, before)).to.deep.equal({ id: '1', vatNo: 'IE1' });
    const town = upcast(`town: 'old.address.city'`);
    const filled = { id: '1', address: { city: 'Cork' } };
    expect(taken(filled, town, before)).to.deep.equal({ ...filled, town: 'Cork' });
    expect(taken({ address: {} }, town, before)).to.deep.equal({ address: {} });
    expect(taken({ id: '1' }, town, before)).to.deep.equal({ id: '1' });
  });

  it('follows what is joined by allOf, and what stands beside it', () => {
    const joined = `${FIELDS}
    contact:
      type: object
      properties: { phone: { type: string } }
      allOf: [{ type: object, properties: { mail: { type: string } } }]`;
    const renamed = joined
      .replace('phone: {', 'mobile: { x-alias: phone,')
      .replace('mail: {', 'email: { x-alias: mail,');
    const value = { id: '1', contact: { phone: '1', mail: 'a@b' } };
    expect(taken(value, customer(2, renamed), customer(1, joined))).to.deep.equal({
      ...{ id: '1', contact: { mobile: '1', email: 'a@b' } },
    });
  });

  it('does so in lists and in types that hold the type', () => {
    const after = customer(2, FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,'));
    const [one, other] = [stateOf(filesWith(customer(1, FIELDS))), stateOf(filesWith(after))];
    const takeOver = takeOverBetween(one, other);
    const group = {
      head: { id: '1', vatNo: 'a' },
      members: [{ id: '2', vatNo: 'b' }, { id: '3' }],
    };
    const schema: JsonSchema = { type: 'array', items: { $ref: 'Group' } };
    expect(takeOver(schema)([group], MOMENT)).to.deep.equal([
      { head: { id: '1', taxId: 'a' }, members: [{ id: '2', taxId: 'b' }, { id: '3' }] },
    ]);
    const own = { allOf: [{ $ref: 'Customer' }, { type: 'object', properties: { note: {} } }] };
    const extended = { id: '1', vatNo: 'a', note: 'mine' };
    expect(takeOver(own)(extended, MOMENT)).to.deep.equal({ id: '1', taxId: 'a', note: 'mine' });
  });

  it('leaves a value as it is that nothing concerns', () => {
    const value = { id: '1', vatNo: 'IE1' };
    expect(taken(value, customer(1, FIELDS))).to.equal(value);
    const titled = customer(2, FIELDS.replace('maxLength: 20', 'maxLength: 30'));
    expect(taken(value, titled)).to.equal(value);
  });
});

function problemsOf(after: string): readonly string[] {
  const files = filesWith(after);
  return evolutionProblems(stateOf(filesWith(customer(1, FIELDS))), stateOf(files), files).map(
    ({ code, position }) => `${code} ${position?.line ?? 0}`,
  );
}

describe('a formula that takes values over', () => {
  const upcast = (name: string, formula: string, from = 1): string =>
    customer(
      2,
      `${FIELDS}\n    more: { type: string }`,
      [],
      `{ from: ${from}, fields: { ${name}: '${formula}' } }`,
    );

  it('is held against the type as it was, and the field as it is', () => {
    expect(problemsOf(upcast('more', 'old.vatNo'))).to.deep.equal([]);
    expect(problemsOf(upcast('more', 'old.taxId'))[0]).to.match(/^unknown-field /u);
    expect(problemsOf(upcast('more', '1 + 1'))[0]).to.match(/^wrong-kind /u);
    expect(problemsOf(upcast('id', 'old.vatNo'))[0]).to.match(/^may-be-empty /u);
  });

  it('does not make a value less protected', () => {
    const secret = FIELDS.replace('vatNo: {', 'vatNo: { x-classification: confidential,');
    const files = filesWith(
      customer(
        2,
        `${secret}\n    more: { type: string }`,
        [],
        `{ from: 1, fields: { more: 'old.vatNo' } }`,
      ),
    );
    const before = stateOf(filesWith(customer(1, secret)));
    const [found] = evolutionProblems(before, stateOf(files), files);
    expect(found).to.include({ code: 'upcast-leaks', file: 'types/Customer.yaml' });
  });

  it('reads the version before, and no other', () => {
    expect(() => stateOf(filesWith(upcast('more', 'old.vatNo', 2)))).to.throw('upcast-version');
    expect(() => stateOf(filesWith(upcast('mone', 'old.vatNo')))).to.throw('unknown-field');
    expect(() => stateOf(filesWith(upcast('more', 'old.')))).to.throw('syntax');
    const third = customer(
      3,
      `${FIELDS}\n    more: { type: string }`,
      [],
      `{ from: 2, fields: { more: 'old.vatNo' } }`,
    );
    expect(problemsOf(third)[0]).to.match(/^upcast-version /u);
  });
});

describe('a default', () => {
  it('must fit its field', () => {
    const files = filesWith(customer(2, `${FIELDS}\n    tier: { enum: [a, b], default: c }`));
    expect(() => stateOf(files)).to.throw('default-wrong');
  });
});
