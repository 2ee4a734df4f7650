import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { withFolder } from './with-folder.ts';

const CASES = 100_000;
const READS = 50;

const idOf = (number: number): string => `c-${String(number).padStart(6, '0')}`;

/** As many cases with one entry each, as they are written by a client that knows nothing of Trellis. */
async function fill(file: string): Promise<void> {
  const client = knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  try {
    await client.raw(
      `with recursive number(n) as (select 1 union all select n + 1 from number where n < ?)
        insert into events (case_id, seq, at, kind, actor, body, snapshot_digest, previous, hash)
        select printf('c-%06d', n), 1, 0, 'started', '{}', '{}', '', '', '' from number`,
      [CASES],
    );
  } finally {
    await client.destroy();
  }
}

/** Milliseconds that it takes to read the entries of one case, in the middle of many times. */
async function timeOf({ audit }: Pick<Store, 'audit'>, id: string): Promise<number> {
  const times: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const begun = performance.now();
    expect(await audit.entries('live', { caseId: id, seq: 0 }, id, 10)).to.have.lengthOf(1);
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[READS / 2] ?? 0;
}

describe('the entries of one case among very many', () => {
  it('are read as quickly where all others stand behind it as where none does', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      await (await openStore({ file })).close();
      await fill(file);
      const store = await openStore({ file });
      try {
        await timeOf(store, idOf(CASES));
        const last = await timeOf(store, idOf(CASES));
        // To the end of the table it would be thirty times as long.
        expect((await timeOf(store, idOf(1))) / last).to.be.below(8);
      } finally {
        await store.close();
      }
    }));
});
