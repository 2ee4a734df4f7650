import { expect } from 'chai';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { ConnectorAnswer } from '../../../engine/ports/connector.ts';
import type { StoredRecord } from '../../../engine/ports/records.ts';
import { Catalogue } from '../../../engine/runtime/catalogue.ts';
import { earlierRecords } from '../../../engine/runtime/evolution.ts';
import { addRelease } from '../../../engine/runtime/add-release.ts';
import { customer, filesWith } from '../../governance/evolution/states.ts';
import { callOf, withConnectors } from '../support.ts';

const NOW = Date.parse('2027-03-01T09:00Z');
const FIELDS = `
    id: { type: string }
    vatNo: { type: string, maxLength: 20 }
    size: { type: integer }`;

type Ask = (does: string, input: JsonObject) => Promise<ConnectorAnswer>;

/** Works on records with the types of release 1.2, of which some were written under 1.1. */
async function withRecords(test: (ask: Ask) => Promise<void>): Promise<void> {
  const store = createMemoryStore();
  const clock = createSimulatedClock(NOW);
  const renamed = FIELDS.replace('vatNo: {', 'taxId: { x-alias: vatNo,');
  const upcast = `{ from: 1, fields: { tier: 'orElse(old.size, 0) > 9 ? "big" : "small"' } }`;
  const second = customer(2, `${renamed}\n    tier: { enum: [big, small] }`, ['tier'], upcast);
  for (const [release, type] of [
    ['1.1', customer(1, FIELDS)],
    ['1.2', second],
  ] as const) {
    const files = Object.fromEntries(filesWith(type));
    await addRelease(
      { ...store, clock },
      { release, digest: release.padEnd(64, '0'), files, createdAt: clock.now() },
    );
  }
  const made: Pick<StoredRecord, 'key' | 'value' | 'release'>[] = [
    { key: 'a', value: { id: 'a', vatNo: 'IE1', size: 12 }, release: '1.1' },
    { key: 'b', value: { id: 'b' }, release: '1.1' },
    { key: 'c', value: { id: 'c', taxId: 'IE1', tier: 'small' }, release: '1.2' },
  ];
  for (const [index, one] of made.entries()) {
    const times = { createdAt: NOW, updatedAt: NOW };
    await store.records.write(`seed/${index}`, { type: 'Customer', version: 1, ...times, ...one });
  }
  const catalogue = new Catalogue(store.registry);
  const core = await catalogue.core('1.2');
  let effects = 0;
  await withConnectors(
    {
      ...{ records: store.records, clock, release: '1.2', destinations: new Map() },
      ...{ reference: new Map(), timeZone: 'UTC' },
      earlier: earlierRecords(catalogue, core, clock),
      manifests: [...core.core.connectors.values()].filter(({ kind }) => kind === 'records'),
      compile: (schema) => core.validator.compile(schema),
    },
    (connectors) =>
      test((does, input) =>
        connectors.call(
          callOf(`records.Customer.${does}`, input, { idempotencyKey: `c-1/${++effects}/0` }),
        ),
      ),
  );
}

describe('records that were written under an earlier release', () => {
  it('are got as the type is now', () =>
    withRecords(async (ask) => {
      expect(await ask('get', { id: 'a' })).to.deep.equal({
        kind: 'ok',
        output: { record: { id: 'a', taxId: 'IE1', size: 12, tier: 'big' }, version: 1 },
      });
    }));

  it('are found by the name that a field has now, beside those of this release', () =>
    withRecords(async (ask) => {
      expect(await ask('find', { taxId: 'IE1' })).to.deep.equal({
        kind: 'ok',
        output: {
          records: [
            { id: 'a', taxId: 'IE1', size: 12, tier: 'big' },
            { id: 'c', taxId: 'IE1', tier: 'small' },
          ],
        },
      });
    }));

  it('are written as the type is now with their next change', () =>
    withRecords(async (ask) => {
      const updated = await ask('update', { id: 'b', size: 3 });
      expect(updated).to.deep.equal({
        kind: 'ok',
        output: { record: { id: 'b', size: 3, tier: 'small' }, version: 2 },
      });
      expect(await ask('get', { id: 'b' })).to.deep.include(updated);
    }));
});
