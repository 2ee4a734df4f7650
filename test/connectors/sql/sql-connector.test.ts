import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import type { SqlConnector } from '../../../engine/governance/connector-manifest.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { ConnectorAnswer } from '../../../engine/ports/connector.ts';
import type { SqlDestination } from '../../../engine/ports/destination.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { callOf, secretsOf, withConnectors } from '../support.ts';

type Operation = SqlConnector['operations'][string];

const ARTICLE = {
  type: 'object',
  properties: {
    sku: { type: 'string' },
    price: { type: 'string', format: 'decimal' },
    stock: { type: 'integer' },
    active: { type: 'boolean' },
    since: { type: 'string', format: 'date' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  additionalProperties: false,
};

function operationOf(statement: string, more: Partial<Operation> = {}): Operation {
  return {
    title: 'Read',
    effect: 'read',
    statement,
    result: 'row',
    input: { type: 'object', properties: { sku: { type: 'string' }, skus: { type: 'array' } } },
    output: ARTICLE,
    delivery: 'idempotent',
    ...more,
  };
}

function ask(
  destination: SqlDestination,
  operation: Operation,
  input: JsonObject = {},
): Promise<ConnectorAnswer> {
  const manifest: SqlConnector = {
    connector: 'stock',
    kind: 'sql',
    title: 'Stock',
    destination: { test: 'stock' },
    operations: { read: operation },
  };
  return withConnectors(
    {
      manifests: [manifest],
      destinations: new Map([['stock', destination]]),
      secrets: secretsOf({ 'stock-url': url }),
    },
    (connectors) => connectors.call(callOf('stock.read', input)),
  );
}

/** The secret address of the PostgreSQL database. */
let url = '';

const ROWS = `insert into article values
  ('A1', 19.99, 5, true, '2027-03-01', '["new"]'), ('B1', 7.5, 0, false, '2026-01-31', null)`;

/** What every database answers in the same way. */
function describeReading(destination: () => SqlDestination): void {
  const one = 'select * from article where sku = :sku';

  it('makes a row the output: exact numbers as text, empty columns left out', async () => {
    expect(
      await ask(destination(), operationOf(one, { json: ['tags'] }), { sku: 'A1' }),
    ).to.deep.equal({
      kind: 'ok',
      output: {
        sku: 'A1',
        price: '19.99',
        stock: 5,
        active: true,
        since: '2027-03-01',
        tags: ['new'],
      },
    });
    const answer = await ask(destination(), operationOf(one, { json: ['tags'] }), { sku: 'B1' });
    expect(answer).to.have.property('output').that.does.not.have.property('tags');
  });

  it('makes many rows a list', async () => {
    const answer = await ask(
      destination(),
      operationOf('select sku from article order by sku', {
        result: 'rows',
        output: { type: 'object', properties: { rows: { type: 'array', items: ARTICLE } } },
      }),
    );
    expect(answer).to.deep.equal({ kind: 'ok', output: { rows: [{ sku: 'A1' }, { sku: 'B1' }] } });
  });

  it('binds values, and never makes them part of the statement', async () => {
    const answer = await ask(destination(), operationOf(one), { sku: "A1' or '1'='1" });
    expect(answer).to.include({ kind: 'broken', code: 'no-row' });
  });

  it('takes a missing row for the error that the manifest declares', async () => {
    const operation = operationOf(one, { errors: { 'no-row': 'final' } });
    expect(await ask(destination(), operation, { sku: 'X' })).to.include({ kind: 'final' });
  });

  it('takes a code in the error column for an error', async () => {
    const operation = (errors: Operation['errors']) =>
      operationOf("select 'SOLD_OUT' as error, 1 as stock", {
        errorColumn: 'error',
        ...(errors === undefined ? {} : { errors }),
      });
    expect(await ask(destination(), operation({ SOLD_OUT: 'final' }))).to.include({
      kind: 'final',
      code: 'SOLD_OUT',
    });
    expect(await ask(destination(), operation(undefined))).to.include({ kind: 'broken' });
  });

  it('leaves an empty error column out of the output', async () => {
    const operation = operationOf('select null as error, 1 as stock', { errorColumn: 'error' });
    expect(await ask(destination(), operation)).to.deep.equal({ kind: 'ok', output: { stock: 1 } });
  });

  it('is broken where one row was meant and many came', async () => {
    const answer = await ask(destination(), operationOf('select sku from article'));
    expect(answer).to.include({ kind: 'broken', code: 'wrong-answer' });
  });

  it('is broken where the answer is not of the declared type', async () => {
    const answer = await ask(destination(), operationOf("select 'many' as stock"));
    expect(answer).to.include({ kind: 'broken', code: 'wrong-answer' });
    expect(answer).to.have.property('message').that.includes('/stock').and.does.not.include('many');
  });

  it('is broken where a column holds no JSON, or bytes', async () => {
    const text = operationOf("select '{' as tags", { json: ['tags'] });
    expect(await ask(destination(), text)).to.include({ code: 'wrong-answer' });
    const type = destination().client === 'pg' ? 'bytea' : 'blob';
    const bytes = operationOf(`select cast('x' as ${type}) as tags`);
    expect(await ask(destination(), bytes)).to.include({ code: 'wrong-answer' });
  });

  it('is broken where the statement does not fit the database', async () => {
    const answer = await ask(destination(), operationOf('select * from nothing'));
    expect(answer).to.include({ kind: 'broken', code: 'statement-failed' });
  });

  for (const statement of [
    "update article set sku = 'Z'",
    'delete from article',
    'drop table article',
  ]) {
    it(`cannot ${statement.split(' ', 1).join('')}`, async () => {
      expect(await ask(destination(), operationOf(statement))).to.include({ kind: 'broken' });
      const left = await ask(destination(), operationOf('select count(*) as stock from article'));
      expect(left).to.deep.equal({ kind: 'ok', output: { stock: 2 } });
    });
  }
}

describe('the sql connector on SQLite', () => {
  let folder = '';
  const file = () => join(folder, 'stock.sqlite');
  const destination = (): SqlDestination => ({ kind: 'sql', client: 'sqlite3', file: file() });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trellis-sql-'));
    await run(
      file(),
      'create table article (sku text, price real, stock integer, active integer, since text, tags text)',
      ROWS,
    );
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  describeReading(destination);

  it('gives a list as JSON text, so that one statement reads any number of things', async () => {
    const answer = await ask(
      destination(),
      operationOf(
        'select sum(stock) as stock from article where sku in (select value from json_each(:skus))',
        { parameters: { skus: 'skus' } },
      ),
      { skus: ['A1', 'B1'] },
    );
    expect(answer).to.deep.equal({ kind: 'ok', output: { stock: 5 } });
  });

  it('tries again later where the file is not there', async () => {
    const missing = { kind: 'sql', client: 'sqlite3', file: join(folder, 'none.sqlite') } as const;
    expect(await ask(missing, operationOf('select 1 as stock'))).to.include({
      kind: 'retry',
      certainly: 'not done',
    });
  });
});

describe('the sql connector on PostgreSQL', () => {
  const database = usePostgres();

  before(async () => {
    url = database();
    const client = new pg.Client(url);
    await client.connect();
    await client.query(
      'create table article (sku text, price numeric, stock bigint, active boolean, since date, tags jsonb)',
    );
    await client.query(ROWS);
    await client.end();
  });

  describeReading(() => ({ kind: 'sql', client: 'pg', url: { secret: 'stock-url' } }));
});

function run(file: string, ...statements: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file);
    database.exec(statements.join(';'), (error) => {
      database.close();
      if (error === null) resolve();
      else reject(error);
    });
  });
}
