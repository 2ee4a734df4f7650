import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import knex from 'knex';
import type { Knex } from 'knex';
import { TrellisError } from '../../kernel/errors.ts';
import type { EffectHold } from '../../ports/effect-hold.ts';
import { toJson } from './json.ts';
import { SILENT } from './pool.ts';
import type { PostgresSettings } from './postgres.ts';

const run = promisify(execFile);

/** Dumps a PostgreSQL database as it is at one moment, by PostgreSQL's own program. */
export async function copyOutPostgres({ url }: PostgresSettings, copy: string): Promise<void> {
  await tool('pg_dump', url, ['--format=custom', `--file=${copy}`]);
}

/**
 * Brings a dump back into an empty database. The hold is there before any row is: whatever goes
 * wrong, nothing is started on half a database and repeats what was done.
 */
export async function copyInPostgres(
  backup: string,
  { url }: PostgresSettings,
  hold: EffectHold,
): Promise<void> {
  await withDatabase(url, assertEmpty);
  const section = (name: string): Promise<void> =>
    tool('pg_restore', url, [
      ...['--exit-on-error', '--no-owner', '--no-privileges', '--single-transaction'],
      ...[`--section=${name}`, backup],
    ]);
  await section('pre-data');
  await withDatabase(url, async (db) => {
    const { id, takenAt, released } = hold;
    await db('effect_holds').insert({ id, taken_at: takenAt, released: toJson(released) });
  });
  await section('data');
  await section('post-data');
}

async function withDatabase(url: string, work: (db: Knex) => Promise<void>): Promise<void> {
  const db = knex({ client: 'pg', connection: url, log: SILENT, pool: { min: 0, max: 1 } });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

async function assertEmpty(db: Knex): Promise<void> {
  const tables = await db('information_schema.tables')
    .whereNotIn('table_schema', ['pg_catalog', 'information_schema'])
    .limit(1);
  if (tables.length === 0) return;
  throw new TrellisError(
    'not-empty',
    'The database of TRELLIS_DATABASE has tables already. A backup is restored into an empty one: make it by "createdb".',
  );
}

/** Runs a program of PostgreSQL's on a database; the password is in a file, for every list of processes shows the words. */
async function tool(
  name: 'pg_dump' | 'pg_restore',
  url: string,
  words: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-backup-'));
  try {
    const place = new URL(url);
    const password = decodeURIComponent(place.password).replaceAll(/[\\:]/gu, String.raw`\$&`);
    const file = join(folder, 'password');
    await writeFile(file, `*:*:*:*:${password}\n`, { mode: 0o600 });
    place.password = '';
    place.searchParams.set('passfile', file);
    await run(name, ['--no-password', `--dbname=${place.href}`, ...words]);
  } catch (error) {
    throw failed(name, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failed(name: string, error: unknown): TrellisError {
  const { code: reason, stderr } = error as { code?: unknown; stderr?: string };
  if (reason === 'ENOENT') {
    return new TrellisError(
      'no-pg-tools',
      `The program ${name} is not on this machine. Install the client programs of PostgreSQL, of the server's version or later.`,
      { name },
    );
  }
  const said = (stderr ?? String(error)).trim();
  return new TrellisError('backup-failed', `${name} failed: ${said}`, { name, said });
}
