import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import knex from 'knex';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import { createCheckpointSigner } from '../../../engine/adapters/system/public-signer.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { makeCheckpoints } from '../../../engine/runtime/make-checkpoint.ts';
import { START, sampleCase, sampleStep } from '../../contracts/sample.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { withFolder } from './with-folder.ts';

const signer = createCheckpointSigner(new Uint8Array(48).fill(7));

async function save({ cases }: Store, id: string, version = 1): Promise<void> {
  const status = version === 1 ? 'active' : 'finished';
  const its = sampleCase(id, { version, head: `hash-${id}-${version}`, status });
  expect(await cases.commit([sampleStep(its)])).to.deep.equal([{ kind: 'saved' }]);
}

/** Makes checkpoints of all that has moved, and answers what they state. */
async function state(store: Store): Promise<readonly string[]> {
  const stated: string[] = [];
  for await (const { number } of makeCheckpoints({ store, signer, clock: { now: () => START } })) {
    const parts = await store.checkpoints.leaves(number, 0, 10);
    stated.push(...parts.flatMap(({ leaves }) => leaves));
  }
  return stated.map((leaf) => leaf.replace(/ \S+ /u, ' ')).sort();
}

describe('what checkpoints state on SQLite', () => {
  it('is all, also after the rows were numbered anew', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      const store = await openStore({ file });
      for (const id of ['a', 'b', 'c', 'd']) await save(store, id);
      await save(store, 'a', 2);
      await store.archive.copy([{ id: 'a', version: 2 }], START);
      await store.archive.remove([{ id: 'a', version: 2 }]);
      expect(await state(store)).to.deep.equal(['1 b', '1 c', '1 d', '2 a']);
      await save(store, 'e');
      await store.close();
      const db = knex({
        client: 'sqlite3',
        connection: { filename: file },
        useNullAsDefault: true,
      });
      // As VACUUM may do it.
      await db.raw('update events set rowid = rowid - 1');
      await db.destroy();
      const again = await openStore({ file });
      expect(await state(again)).to.include('1 e');
      await save(again, 'f');
      expect(await state(again)).to.deep.equal(['1 f']);
      await again.close();
    });
  });
});

describe('what checkpoints state on PostgreSQL', () => {
  const url = usePostgres();

  it('is also what was under way while another was committed and stated', async () => {
    const store = await openStore({ url: url() });
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    try {
      await save(store, 'a');
      await client.query('begin');
      await client.query(`insert into events (case_id, seq, at, kind, actor, body,
        snapshot_digest, previous, hash) values ('a', 2, 1, 'k', '{}', '{}', 'd', 'p', 'h')`);
      await save(store, 'b');
      expect(await state(store)).to.deep.equal(['1 a', '1 b']);
      await save(store, 'c');
      expect(await state(store)).to.deep.equal(['1 c']);
      expect(await state(store)).to.deep.equal([]);
      await client.query('commit');
      await save(store, 'd');
      expect(await state(store)).to.deep.equal(['1 d', '2 a']);
    } finally {
      await client.end();
      await store.close();
    }
  });

  it('is all again where the database was brought to another server', async () => {
    const store = await openStore({ url: url() });
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    try {
      await save(store, 'x');
      await state(store);
      await client.query(
        `update checkpoint_place set place = '{"round":0,"from":"9:999999999:","upTo":"9:999999999:"}'`,
      );
      expect(await state(store)).to.include('1 x');
    } finally {
      await client.end();
      await store.close();
    }
  });
});
