import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../../engine/adapters/sql/store.ts';
import type { RecordView } from '../../../engine/ports/records.ts';
import { START } from '../../contracts/sample.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { withFolder } from './with-folder.ts';

const LINES: RecordView = {
  type: 'QuoteLine',
  fields: [
    { name: 'sku', kind: 'text' },
    { name: 'unitPrice', kind: 'decimal' },
    { name: 'qty', kind: 'number' },
    { name: 'urgent', kind: 'yes/no' },
    { name: 'order', kind: 'text' },
    { name: 'parts', kind: 'json' },
  ],
};
const VALUE = { sku: 'A1', unitPrice: '9.90', qty: 3, urgent: true, order: 'O-1', parts: [1] };

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Stores a record, and looks at what a report tool sees of it. */
async function seen(settings: StoreSettings, query: Query) {
  const store = await openStore(settings);
  try {
    const record = (value: object, version: number) => ({
      ...{ type: 'QuoteLine', key: 'A1', version, value: value as never, release: '1.1' },
      ...{ createdAt: START, updatedAt: START },
    });
    await store.records.show([LINES]);
    await store.records.write('e-1', record(VALUE, 1));
    const [row] = await query('select * from view_quote_line');
    await store.records.write('e-2', record({ sku: 7, unitPrice: 'many', qty: 'x' }, 2));
    const odd = await query('select * from view_quote_line');
    const fields = [{ name: 'sku', kind: 'text' } as const];
    await store.records.show([{ type: 'QuoteLine', fields }]);
    const [narrow] = await query('select * from view_quote_line');
    await store.records.show([{ type: 'QuoteLine', fields }]);
    await store.records.show([]);
    const gone = await query('select * from view_quote_line').catch(() => 'gone');
    return { row, odd: odd.length, narrow: Object.keys(narrow ?? {}), gone };
  } finally {
    await store.close();
  }
}

const COLUMNS = ['record_key', 'record_version', 'created_at', 'updated_at', 'sku'];

describe('the views of records', () => {
  it('are read by a report tool on SQLite', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const tool = knex({
        client: 'sqlite3',
        connection: { filename: file },
        useNullAsDefault: true,
      });
      try {
        const { row, odd, narrow, gone } = await seen({ file }, (sql) => tool.raw(sql));
        expect(row).to.include({ sku: 'A1', unit_price: '9.90', qty: 3, urgent: 1, order: 'O-1' });
        expect(odd).to.equal(1);
        expect(narrow).to.deep.equal(COLUMNS);
        expect(gone).to.equal('gone');
      } finally {
        await tool.destroy();
      }
    }));

  describe('on PostgreSQL', () => {
    const url = usePostgres();

    it('are read with values of their kinds, and stay where others are made of them', async () => {
      const tool = knex({ client: 'pg', connection: url() });
      const query: Query = async (sql) =>
        ((await tool.raw(sql)) as { readonly rows: Awaited<ReturnType<Query>> }).rows;
      try {
        const { row, odd, narrow, gone } = await seen({ url: url() }, query);
        expect(row).to.deep.include({
          ...{ sku: 'A1', unit_price: '9.90', qty: '3', urgent: true, order: 'O-1', parts: [1] },
        });
        expect(odd).to.equal(1);
        expect(narrow).to.deep.equal(COLUMNS);
        expect(gone).to.equal('gone');
        const store = await openStore({ url: url() });
        await store.records.show([LINES]);
        await query('create view mine as select sku from view_quote_line');
        expect(await store.records.show([])).to.deep.equal(['view_quote_line']);
        await query('drop view mine');
        expect(await store.records.show([])).to.deep.equal([]);
        await store.close();
      } finally {
        await tool.destroy();
      }
    });
  });
});
