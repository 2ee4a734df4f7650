import { expect } from 'chai';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { ConnectorAnswer, ConnectorCall } from '../../../engine/ports/connector.ts';
import type { Records } from '../../../engine/ports/records.ts';
import { loadCore } from '../../../engine/runtime/catalogue.ts';
import { SMALL_CORE } from '../../governance/core/small-core.ts';
import { callOf, withConnectors } from '../support.ts';

const NOW = Date.parse('2027-02-28T11:00Z');
const TICKET = `type: Ticket
version: 1
title: Ticket
owner: it
compatibility: backward
source: here
key: [row, seat]
unique: [code]
extensible: false
schema:
  type: object
  required: [row, seat]
  properties:
    row: { type: string, maxLength: 800 }
    seat: { $ref: '#/$defs/seat' }
    code: { type: string, maxLength: 40 }
    sold: { type: boolean }
    price: { type: string, format: decimal }
    next: { $ref: '#' }
  $defs: { seat: { type: integer, minimum: 1 } }
`;

const RATE = `type: Rate
version: 1
title: Rate
owner: it
compatibility: none
source: reference
key: zone
extensible: false
schema:
  type: object
  required: [zone]
  properties: { zone: { type: string }, price: { type: string } }
`;

const LOADED = load();

function load() {
  const { core, problems } = readCore(
    new Map([
      ...SMALL_CORE,
      ['types/Ticket.yaml', TICKET],
      ['types/Rate.yaml', RATE],
      ['reference/Rate.csv', 'zone,price\n'],
    ]),
  );
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return loadCore(core, '1.4');
}

const RATES = new Map([
  [
    'Rate',
    [
      { value: { zone: 'B', price: '3.00' } },
      { value: { zone: 'A', price: '1.00' }, validTo: '2027-02-28' },
      { value: { zone: 'A', price: '2.00' }, validFrom: '2027-03-01' },
    ],
  ],
]);

type Ask = (
  operation: string,
  input: JsonObject,
  more?: Partial<ConnectorCall>,
) => Promise<ConnectorAnswer>;

async function withRecords(
  test: (ask: Ask, records: Records) => Promise<void>,
  records: Records = createMemoryStore().records,
): Promise<void> {
  let effects = 0;
  const clock = createSimulatedClock(NOW);
  await withConnectors(
    {
      ...{ records, clock, release: '1.4', destinations: new Map() },
      ...{ reference: RATES, timeZone: 'Pacific/Kiritimati' },
      manifests: [...LOADED.core.connectors.values()].filter(({ kind }) => kind === 'records'),
      compile: (schema) => LOADED.validator.compile(schema),
    },
    (connectors) =>
      test(
        (operation, input, more) =>
          connectors.call(
            callOf(
              `records.${operation.includes('.') ? operation : `Ticket.${operation}`}`,
              input,
              {
                idempotencyKey: `c-1/${++effects}/0`,
                ...more,
              },
            ),
          ),
        records,
      ),
  );
}

const ok = (record: JsonObject, version: number): ConnectorAnswer => ({
  kind: 'ok',
  output: { record, version },
});
const codeOf = (answer: ConnectorAnswer): string =>
  answer.kind === 'ok' ? 'ok' : `${answer.kind} ${answer.code}`;

describe('the operations on records', () => {
  it('create a record, get it, change fields of it and find it', () =>
    withRecords(async (ask, records) => {
      const ticket = { row: 'A', seat: 1, sold: false, price: '12.50' };
      expect(await ask('create', { record: ticket })).to.deep.equal(ok(ticket, 1));
      expect(await ask('get', { row: 'A', seat: 1 })).to.deep.equal(ok(ticket, 1));
      const sold = { ...ticket, sold: true };
      expect(await ask('update', { row: 'A', seat: 1, sold: true })).to.deep.equal(ok(sold, 2));
      expect(await ask('find', { sold: true, atMost: 3 })).to.deep.equal({
        kind: 'ok',
        output: { records: [sold] },
      });
      expect(await records.get('Ticket', '["A",1]')).to.include({ release: '1.4', createdAt: NOW });
    }));

  it('refuse for good what cannot be done, each with a code that a workflow can tell', () =>
    withRecords(async (ask) => {
      const ticket = { row: 'A', seat: 1, code: 'X' };
      await ask('create', { record: ticket });
      const outcomes = [
        await ask('create', { record: ticket }),
        await ask('create', { record: { row: 'B', seat: 1, code: 'X' } }),
        await ask('get', { row: 'A', seat: 2 }),
        await ask('update', { row: 'A', seat: 2, sold: true }),
        await ask('update', { row: 'A', seat: 1, sold: true, ifVersion: 2 }),
        await ask('create', { record: { row: 'x'.repeat(600), seat: 1 } }),
        await ask('create', { record: { row: 'nul \u0000', seat: 1 } }),
        await ask('find', { row: 'half \ud800' }),
      ];
      expect(outcomes.map(codeOf)).to.deep.equal([
        'final record-exists',
        'final record-not-unique',
        'final record-missing',
        'final record-missing',
        'final record-changed',
        'final record-invalid',
        'final record-invalid',
        'final record-invalid',
      ]);
      expect(codeOf(await ask('create', { record: { row: 'a \\u0000', seat: 1 } }))).to.equal('ok');
    }));

  it('take nothing that the type does not allow', () =>
    withRecords(async (ask) => {
      const refused = [
        await ask('create', { record: { row: 'A' } }),
        await ask('create', { record: { row: 'A', seat: 0 } }),
        await ask('update', { row: 'A', seat: 1, nothing: true }),
        await ask('find', { price: '12.50' }),
        await ask('find', { atMost: 1001 }),
      ];
      for (const answer of refused) expect(codeOf(answer)).to.equal('broken wrong-input');
    }));

  it('write once for an effect, also where its answer was lost', () =>
    withRecords(async (ask) => {
      const again = { idempotencyKey: 'c-1/7/0' };
      const first = await ask('create', { record: { row: 'A', seat: 1 } }, again);
      await ask('update', { row: 'A', seat: 1, sold: true });
      const second = await ask(
        'create',
        { record: { row: 'A', seat: 1 } },
        { ...again, earlier: 'unsure' },
      );
      expect(second).to.deep.equal(first);
      const change = { row: 'A', seat: 1, sold: false, ifVersion: 2 };
      const changed = await ask('update', change, { idempotencyKey: 'c-1/8/0' });
      expect(codeOf(changed)).to.equal('ok');
      const unsure = { idempotencyKey: 'c-1/8/0', earlier: 'unsure' } as const;
      expect(await ask('update', change, unsure)).to.deep.equal(changed);
      // Whoever does not know of the earlier try writes no second time either.
      expect(
        await ask('update', { row: 'A', seat: 1, sold: true }, { idempotencyKey: 'c-1/8/0' }),
      ).to.deep.equal(changed);
    }));

  it('keep the fields that others change meanwhile', () =>
    withRecords(async (ask) => {
      await ask('create', { record: { row: 'A', seat: 1 } });
      await Promise.all([
        ask('update', { row: 'A', seat: 1, sold: true }),
        ask('update', { row: 'A', seat: 1, price: '9.00' }),
        ask('update', { row: 'A', seat: 1, code: 'X' }),
      ]);
      const whole = { row: 'A', seat: 1, sold: true, price: '9.00', code: 'X' };
      expect(await ask('get', { row: 'A', seat: 1 })).to.deep.equal(ok(whole, 4));
    }));

  it('are tried again when the database is gone for a while', () => {
    const { records } = createMemoryStore();
    const gone = () => Promise.reject(new TrellisError('database-unavailable', 'Gone.'));
    return withRecords(
      async (ask) => {
        const answer = await ask('get', { row: 'A', seat: 1 });
        expect(codeOf(answer)).to.equal('retry database-unavailable');
      },
      { ...records, get: gone },
    );
  });

  it('read the row of a table that holds on the day, which is today unless said', () =>
    withRecords(async (ask) => {
      const price = async (input: JsonObject) => {
        const answer = await ask('Rate.get', input);
        return answer.kind === 'ok' ? answer.output : codeOf(answer);
      };
      // It is the first of March there already.
      expect(await price({ zone: 'A' })).to.deep.equal({ record: { zone: 'A', price: '2.00' } });
      expect(await price({ zone: 'A', on: '2027-02-28' })).to.deep.equal({
        record: { zone: 'A', price: '1.00' },
      });
      expect(await price({ zone: 'C' })).to.equal('final record-missing');
      expect(await ask('Rate.find', { on: '2027-01-01' })).to.deep.equal({
        kind: 'ok',
        output: {
          records: [
            { zone: 'A', price: '1.00' },
            { zone: 'B', price: '3.00' },
          ],
        },
      });
      expect(await ask('Rate.find', { price: '2.00', atMost: 1 })).to.deep.equal({
        kind: 'ok',
        output: { records: [{ zone: 'A', price: '2.00' }] },
      });
    }));
});
