import { copyFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import knex from 'knex';
import type { Knex } from 'knex';
import { TrellisError } from '../../kernel/errors.ts';
import type { EffectHold } from '../../ports/effect-hold.ts';
import { toJson } from './json.ts';
import { SILENT } from './pool.ts';
import type { SqliteSettings } from './sqlite.ts';

/** To read alone, or to write too; a file is never made. */
type Mode = 'ro' | 'rw';

/** Copies a SQLite file as it is at one moment, also beside a host, and looks the copy over. */
export async function copyOutSqlite(
  settings: SqliteSettings,
  copy: string,
  hold: EffectHold,
): Promise<void> {
  await withFile(settings.file, 'ro', async (db) => {
    await db.raw('pragma busy_timeout = 5000');
    await db.raw('vacuum into ?', [copy]);
  }).catch((error: unknown) => {
    throw notCopied(copy, error);
  });
  await withFile(copy, 'rw', async (db) => {
    // As a host wants it: so nothing changes the file when it is looked at later.
    await db.raw('pragma journal_mode = wal');
    await assertSound(db, copy);
    await holdBack(db, hold);
  });
}

/** Puts a backup where a host looks for its file. */
export async function copyInSqlite(backup: string, copy: string, hold: EffectHold): Promise<void> {
  await copyFile(backup, copy);
  await withFile(copy, 'rw', async (db) => {
    await assertSound(db, backup);
    if (!(await db.schema.hasTable('effect_holds'))) throw notABackup(backup);
    const known: unknown = await db('effect_holds').first();
    if (known === undefined) await holdBack(db, hold);
  });
}

async function withFile(
  filename: string,
  mode: Mode,
  work: (db: Knex) => Promise<void>,
): Promise<void> {
  const db = knex({
    client: 'sqlite3',
    connection: { filename: `${pathToFileURL(filename).href}?mode=${mode}`, flags: ['OPEN_URI'] },
    useNullAsDefault: true,
    log: SILENT,
    pool: { min: 1, max: 1 },
  });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

/** Looks through every page and index, and through the files that people uploaded. */
async function assertSound(db: Knex, file: string): Promise<void> {
  const found = await faultsIn(db).catch((error: unknown) => [String(error)]);
  if (found.length === 0) return;
  throw new TrellisError(
    'bad-backup',
    `${file} is no whole database: ${found.slice(0, 3).join('; ')}. Take another backup, or another copy of it.`,
    { file, found },
  );
}

async function faultsIn(db: Knex): Promise<readonly string[]> {
  const pages = await db.raw<{ integrity_check: string }[]>('pragma integrity_check(10)');
  const broken = pages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  if (broken.length > 0) return broken;
  const lost = await db.raw<{ table: string }[]>('pragma foreign_key_check');
  const short = await db.raw<{ id: string }[]>(`select id from files where size is not null
    and size <> (select coalesce(sum(length(bytes)), 0) from file_parts where file_id = files.id)`);
  return [
    ...lost.slice(0, 10).map(({ table }) => `a row of ${table} belongs to nothing`),
    ...short.slice(0, 10).map(({ id }) => `file ${id} is not whole`),
  ];
}

async function holdBack(db: Knex, { id, takenAt, released }: EffectHold): Promise<void> {
  const row = { id, taken_at: takenAt, released: toJson(released) };
  await db('effect_holds').insert(row);
}

function notABackup(file: string): TrellisError {
  return new TrellisError(
    'bad-backup',
    `${file} was not written by "trellis backup" of this version or a later one.`,
    { file },
  );
}

function notCopied(copy: string, cause: unknown): TrellisError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The database could not be copied to ${copy}: ${reason}. Nothing is there.`;
  return new TrellisError('backup-failed', message, { file: copy, reason });
}
