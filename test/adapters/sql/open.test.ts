import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import type { Knex } from 'knex';
import { openStore, openStoreToRead } from '../../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../../engine/adapters/sql/store.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { sampleCase, sampleStep } from '../../contracts/sample.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { withFolder } from './with-folder.ts';

async function refusal(settings: StoreSettings): Promise<TrellisError> {
  const error = await openStore(settings).then(
    async (store) => {
      await store.close();
      return new Error('the store was opened');
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof TrellisError)) throw error;
  return error;
}

async function withKnex<T>(config: Knex.Config, work: (db: Knex) => Promise<T>): Promise<T> {
  const db = knex(config);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const sqlite = (filename: string): Knex.Config => ({
  client: 'sqlite3',
  connection: { filename },
  useNullAsDefault: true,
});

describe('opening a SQLite file', () => {
  it('makes the file with its folder, and goes on where it stopped', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'new', 'data', 'trellis.db');
      const first = await openStore({ file });
      await first.cases.commit([sampleStep(sampleCase('c1'))]);
      await first.close();
      const second = await openStore({ file });
      expect(await second.cases.load('c1')).to.deep.equal(sampleCase('c1'));
      await second.close();
      await second.close();
    }));

  it('keeps what was acknowledged in a log that survives a power loss', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      const [mode] = await withKnex(sqlite(file), (db) => db.raw<object[]>('pragma journal_mode'));
      expect(mode).to.deep.equal({ journal_mode: 'wal' });
    }));

  it('refuses a second host, until the first closes', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const first = await openStore({ file });
      const { code, message } = await refusal({ file });
      expect(code).to.equal('database-locked');
      expect(message).to.include(file);
      await first.close();
      await (await openStore({ file })).close();
    }));

  it('is read beside the host that has it open, and never written', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const missing = await openStoreToRead({ file }).catch((error: unknown) => error);
      expect(missing).to.include({ code: 'database-unreachable' });
      const host = await openStore({ file });
      const reader = await openStoreToRead({ file });
      await host.cases.commit([sampleStep(sampleCase('c1'))]);
      expect(await reader.cases.load('c1')).to.deep.equal(sampleCase('c1'));
      const writing = reader.cases.commit([sampleStep(sampleCase('c2'))]);
      expect(await writing.catch(() => 'refused')).to.equal('refused');
      await host.close();
      await reader.close();
    }));

  it('is not read where an earlier version of Trellis wrote it', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      await withKnex(sqlite(file), (db) => db('migrations').where('id', '>', 1).delete());
      const older = await openStoreToRead({ file }).catch((error: unknown) => error);
      expect(older).to.include({ code: 'database-older' });
    }));

  it('is free again after the process that had it was killed', function () {
    this.timeout(30_000);
    return withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const store = new URL('../../../engine/adapters/sql/store', import.meta.url).href;
      const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
      const program = `
        const { openStore } = await import(${JSON.stringify(store + extension)});
        await openStore({ file: ${JSON.stringify(file)} });
        process.stdout.write('open');
        setInterval(() => {}, 1000);`;
      const loader = extension === '.ts' ? ['--import', 'tsx'] : [];
      const child = spawn(process.execPath, [...loader, '--input-type=module', '-e', program]);
      await once(child.stdout, 'data');
      expect((await refusal({ file })).code).to.equal('database-locked');
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await openStore({ file })).close();
    });
  });

  it('says what is wrong with a path that is no database', () =>
    withFolder(async (folder) => {
      const folderFile = join(folder, 'folder.db');
      const text = join(folder, 'text.db');
      await mkdir(folderFile);
      await writeFile(text, 'no database'.repeat(1000));
      for (const file of [folderFile, text, join(text, 'below.db')]) {
        const { code, message } = await refusal({ file });
        expect(code, file).to.equal('database-unreachable');
        expect(message).to.include(file);
      }
    }));

  it('refuses a file that a later version has migrated', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      await withKnex(sqlite(file), (db) =>
        db('migrations').insert({ name: '9999-later', batch: 9, migration_time: 0 }),
      );
      const { code, message } = await refusal({ file });
      expect(code).to.equal('database-newer');
      expect(message).to.include('9999-later');
    }));

  it('goes on beside hosts of the next version, and of no later one', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      const ofGeneration = (number: number): Promise<unknown> =>
        withKnex(sqlite(file), (db) => db('generation').update({ number }));
      await withKnex(sqlite(file), (db) =>
        db('migrations').insert({ name: '9999-later', batch: 9, migration_time: 0 }),
      );
      await ofGeneration(2);
      const store = await openStore({ file });
      const results = await store.cases.commit([sampleStep(sampleCase('c1'))]);
      expect(results).to.deep.equal([{ kind: 'saved' }]);
      await store.close();
      await ofGeneration(3);
      expect((await refusal({ file })).code).to.equal('database-newer');
    }));

  it('migrates although a host was killed while it migrated', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      await withKnex(sqlite(file), (db) => db('migrations_lock').update({ is_locked: 1 }));
      await (await openStore({ file })).close();
    }));
});

describe('opening a PostgreSQL database', () => {
  const url = usePostgres();

  it('migrates once where several hosts start at the same time', async () => {
    const stores = await Promise.all(
      [1, 2, 3].map(() => openStore({ url: url(), connections: 2 })),
    );
    for (const store of stores) await store.close();
  });

  it('refuses a server that may lose what it acknowledged', async () => {
    const options = encodeURIComponent('-c synchronous_commit=off');
    const { code, message } = await refusal({ url: `${url()}?options=${options}` });
    expect(code).to.equal('database-not-durable');
    expect(message).to.include('synchronous_commit = off');
  });

  it('says where nothing answers, without the password', async () => {
    const { code, message } = await refusal({ url: 'postgres://u:s3cret@127.0.0.1:1/trellis' });
    expect(code).to.equal('database-unreachable');
    expect(message).to.include('127.0.0.1:1/trellis').and.not.include('s3cret');
  });

  it('lets two hosts share the work: no job is claimed twice, no case saved twice', async () => {
    const [one, two] = await Promise.all([openStore({ url: url() }), openStore({ url: url() })]);
    try {
      const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
      const steps = ids.map((id) => sampleStep(sampleCase(id)));
      const results = await Promise.all([
        one.cases.commit(steps),
        two.cases.commit([...steps].reverse()),
      ]);
      const saved = results.flat().filter(({ kind }) => kind === 'saved');
      expect(saved).to.have.length(ids.length);
      for (const id of ids) expect(await two.cases.history(id)).to.have.length(1);
    } finally {
      await one.close();
      await two.close();
    }
  });
});
