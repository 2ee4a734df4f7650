import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import knex from 'knex';
import type { Knex } from 'knex';
import { customerWithQuote } from './customer-with-quote.ts';
import type { Ended, Place } from './with-program.ts';
import { withPrograms } from './with-program.ts';

/** Works on the database with a client that knows nothing of Trellis. */
async function withClient<T>(
  { dataFolder }: Place,
  work: (client: Knex) => Promise<T>,
): Promise<T> {
  const client = knex({
    client: 'sqlite3',
    connection: { filename: join(dataFolder, 'trellis.db') },
    useNullAsDefault: true,
  });
  try {
    return await work(client);
  } finally {
    await client.destroy();
  }
}

/** Exports a case, and verifies the file where there is neither a database nor a workspace. */
async function writeEvidence(place: Place, reference: string, anchor: string): Promise<void> {
  const file = join(place.folder, 'evidence.json');
  const run = (...words: readonly string[]): Promise<Ended> =>
    place.start({ TRELLIS_DATA: join(place.folder, 'none') }, 'audit', 'check', ...words).ended();
  const exported = place.start({}, 'audit', 'export', reference, '--out', file);
  expect(await exported.ended()).to.include({ code: 0, err: '' });
  const again = await place.start({}, 'audit', 'export', reference, '--out', file).ended();
  expect(again.code).to.equal(2);
  expect(again.err).to.contain('cannot be written');
  const key = (await place.start({}, 'audit', 'key').ended()).out.trim();
  for (const trust of [
    ['--key', key],
    ['--anchor', anchor],
  ]) {
    expect(await run(file, ...trust)).to.include({ code: 0, err: '' });
  }
  expect(await run(file, '--key', 'x'.repeat(43))).to.include({ code: 1 });
  expect(await run(file)).to.include({ code: 2 });
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"kind": "', '"kind": "x'));
  expect(await run(file, '--key', key)).to.include({ code: 1 });
}

describe('the audit of a history', function () {
  this.timeout(240_000);

  it('names a row that was altered with any SQLite client, and an end that was cut off', () =>
    withPrograms(async (place) => {
      const anchor = join(place.folder, 'elsewhere', 'anchor.jsonl');
      const environment = { TRELLIS_AUDIT_ANCHOR: anchor, TRELLIS_CHECKPOINT_EVERY: '1' };
      const host = place.start(environment);
      await customerWithQuote(await host.origin());
      const verify = (...words: readonly string[]): Promise<Ended> =>
        place.start({}, 'audit', 'verify', '--anchor', anchor, ...words).ended();
      const beside = await verify();
      expect(beside, beside.out + beside.err).to.include({ code: 0, err: '' });
      host.kill('SIGTERM');
      expect(await host.ended()).to.include({ code: 0 });
      const after = await verify('--fold');
      expect(after.out).to.match(/^1 cases with \d+ entries, .* all hold$/mu);
      expect(after.out).to.contain('; 0 entries are later.');

      const { reference, entries } = await withClient(place, async (client) => {
        const [one] = await client<{ reference: string; version: number }>('cases');
        await writeEvidence(place, one?.reference ?? '', anchor);
        await client('events').where({ seq: 2 }).update({ actor: '{"kind":"staff","id":"eve"}' });
        return { reference: one?.reference ?? '', entries: one?.version ?? 0 };
      });
      expect(entries).to.be.greaterThan(3);
      const edited = await verify('--json');
      expect(edited.code).to.equal(1);
      const { found } = JSON.parse(edited.out) as { found: readonly object[] };
      expect(found).to.have.length(1);
      expect(found[0]).to.include({ of: 'case', name: reference, seq: 2, kind: 'edited' });
      const said = await verify();
      expect(said.out).to.contain(`${reference}  entry 2  Entry 2 of case `);

      await withClient(place, async (client) => {
        const [newest] = await client<{ number: number }>('checkpoints').orderBy('number', 'desc');
        const number = newest?.number ?? 0;
        await client('checkpoint_leaves').where('checkpoint', number).delete();
        await client('checkpoints').where({ number }).delete();
      });
      expect((await verify()).out).to.match(
        /The anchor has checkpoint \d+, but the database ends/u,
      );
      const key = await place.start({}, 'audit', 'key').ended();
      expect(key.out).to.match(/^[\w-]{43}\n$/u);
      const foreign = await place
        .start({ TRELLIS_KEY_FILE: join(place.folder, 'other.key') }, 'audit', 'key')
        .ended();
      expect(foreign.out).not.to.equal(key.out);
    }));
});
