import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { Catalogue, loadCore } from '../../../engine/runtime/catalogue.ts';
import { impactOnRecords } from '../../../engine/runtime/impact/impact-on-records.ts';
import type { RecordsImpact } from '../../../engine/runtime/impact/impact-on-records.ts';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { meridianFiles } from '../meridian.ts';
import { NOW, publishMeridian } from '../with-engine.ts';

const QUOTE = 'types/Quote.yaml';
const RIGHT: JsonObject = {
  ...{ quoteNo: 'Q-1', customerId: '5f3c1d52-8a2e-4b7e-9a43-4d4f9b2f8c11', lines: [] },
  ...{ netTotal: '10.00', validUntil: '2027-04-01' },
};

describe('records that a change of the core concerns', () => {
  let store: Store;

  beforeEach(async () => {
    store = createMemoryStore();
    await publishMeridian(store, NOW);
    const values: readonly JsonObject[] = [
      { ...RIGHT, poNumber: 'PO-1' },
      { ...RIGHT, poNumber: 'PO-22' },
      { ...RIGHT, poNumber: 'PO-333' },
      RIGHT,
    ];
    for (const [index, value] of values.entries()) {
      const key = `Q-${index}`;
      await store.records.write(`e-${index}`, {
        ...{ type: 'Quote', key, version: 1, value: { ...value, quoteNo: key } },
        ...{ release: '1.1', createdAt: NOW, updatedAt: NOW },
      });
    }
  });

  const impactOf = async (
    from: string,
    to: string,
    file = QUOTE,
  ): Promise<readonly RecordsImpact[]> => {
    const files = new Map(meridianFiles());
    const text = files.get(file) ?? '';
    expect(text).to.contain(from);
    files.set(file, text.replace(from, to));
    const { core, problems } = readCore(files);
    if (core === undefined) throw new Error(problems[0]?.message);
    const catalogue = new Catalogue(store.registry);
    const before = await catalogue.core('1.1');
    return impactOnRecords(
      { records: store.records, catalogue, now: NOW },
      { before, after: loadCore(core, '1.2') },
    );
  };

  it('are counted, with why and in how many a value would be wrong, and none is named', async () => {
    const [quotes] = await impactOf(
      'poNumber: { type: string, minLength: 1, maxLength: 40',
      'poNumber: { type: string, minLength: 1, maxLength: 4',
    );
    expect(quotes).to.deep.include({ type: 'Quote', records: 4, invalid: 2 });
    expect(quotes?.wrong).to.have.length(1);
    expect(quotes?.wrong[0]).to.deep.include({ field: 'Quote.poNumber', count: 2 });
    expect(JSON.stringify(quotes)).not.to.contain('PO-22').and.not.to.contain('Q-1');
  });

  it('are right where they are taken over to what the type says now', async () => {
    const [quotes] = await impactOf(
      'poNumber: { type: string,',
      'orderText: { type: string, x-alias: poNumber,',
    );
    expect(quotes).to.deep.equal({ type: 'Quote', records: 4, invalid: 0, wrong: [] });
  });

  it('are not looked at where their type stays as it is', async () => {
    expect(await impactOf('title: ', 'title: New ', 'types/Product.yaml')).to.deep.equal([]);
  });

  it('are looked at no further once that is called off', async () => {
    const catalogue = new Catalogue(store.registry);
    const before = await catalogue.core('1.1');
    const text = meridianFiles().get(QUOTE)?.replace('maxItems: 200', 'maxItems: 100') ?? '';
    const { core } = readCore(new Map([...meridianFiles(), [QUOTE, text]]));
    if (core === undefined) throw new Error('The core has errors.');
    const signal = AbortSignal.abort(new Error('Called off.'));
    const search = impactOnRecords(
      { records: store.records, catalogue, now: NOW },
      { before, after: loadCore(core, '1.2') },
      { signal },
    );
    expect(await search.catch(String)).to.equal('Error: Called off.');
  });
});
