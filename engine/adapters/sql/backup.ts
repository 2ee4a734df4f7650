import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TrellisError } from '../../kernel/errors.ts';
import type { EffectHold } from '../../ports/effect-hold.ts';
import type { StoreSettings } from './store.ts';
import { copyOutSqlite, copyInSqlite } from './sqlite-backup.ts';

/** What was written. */
export interface Backup {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Copies a database into a file, also beside the hosts that have it open: everything as it was at one
 * moment. The file is there whole and durable, or not at all. Whatever is started on it holds its
 * effects back.
 *
 * @throws `TrellisError` with code `file-exists`, `backup-failed`, `no-pg-tools` and those of
 *   `openStoreToRead`.
 */
export async function backupStore(
  settings: StoreSettings,
  to: string,
  hold: EffectHold,
): Promise<Backup> {
  const file = resolve(to);
  if (existsSync(file)) {
    throw new TrellisError('file-exists', `${file} is there already. Name a new file.`, { file });
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await whole(file, async (part) => {
    if ('file' in settings) await copyOutSqlite(settings, part, hold);
    else await (await import('./postgres-backup.ts')).copyOutPostgres(settings, part);
  });
  return { file, size: (await stat(file)).size };
}

/**
 * Brings a backup back into a place where nothing is yet. Effects are held back from then on.
 *
 * @throws `TrellisError` with code `not-empty` where a database is there, `bad-backup`,
 *   `backup-failed` and `no-pg-tools`.
 */
export async function restoreStore(
  from: string,
  settings: StoreSettings,
  hold: EffectHold,
): Promise<void> {
  const backup = resolve(from);
  if (!existsSync(backup)) {
    throw new TrellisError('bad-backup', `There is no file ${backup}.`, { file: backup });
  }
  if (!('file' in settings)) {
    await (await import('./postgres-backup.ts')).copyInPostgres(backup, settings, hold);
    return;
  }
  const file = resolve(settings.file);
  for (const there of [file, `${file}-wal`, `${file}-journal`]) {
    if (!existsSync(there)) continue;
    throw new TrellisError(
      'not-empty',
      `${there} is there already. A backup is restored where no database is: move it away, or name another place by TRELLIS_DATA.`,
      { file: there },
    );
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await whole(file, (part) => copyInSqlite(backup, part, hold));
}

/** Has a file written under another name, and gives it its own once it is on the disk. */
async function whole(file: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    await write(part);
    await sync(part);
    await rename(part, file);
    await sync(dirname(file));
  } finally {
    await rm(part, { force: true });
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
