import { join } from 'node:path';
import {
  Catalogue,
  backupStore,
  createIds,
  createSystemClock,
  openStoreToRead,
  verifyCases,
} from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import type { Settings } from '../settings.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export interface TakeBackup {
  readonly to?: string;
  /** The copy is not held against its history. */
  readonly quick?: boolean;
}

/** Copies the database. Exit code 1 where a case of the copy does not agree with its history. */
export async function backupCommand(
  { to, quick = false }: TakeBackup,
  output: Output,
): Promise<ExitCode> {
  const settings = readSettings();
  const clock = createSystemClock();
  const takenAt = clock.now();
  const hold = { id: createIds(clock).next(), takenAt, released: [] };
  const backup = await backupStore(placeOf(settings), to ?? newFile(settings, takenAt), hold);
  output.line(`${backup.file}  ${Math.ceil(backup.size / 1_000_000)} MB`);
  if (quick || settings.database.kind === 'postgres') {
    output.result(backup);
    return 0;
  }
  const { cases, found } = await verify(backup.file);
  output.line(`${cases} cases, ${found.length} of them do not agree with their history`);
  output.result({ ...backup, cases, found });
  return found.length === 0 ? 0 : 1;
}

function newFile({ dataFolder, database }: Settings, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  const ending = database.kind === 'sqlite' ? 'db' : 'dump';
  return join(dataFolder, 'backups', `trellis-${time}.${ending}`);
}

async function verify(file: string): Promise<{
  readonly cases: number;
  readonly found: readonly { readonly reference: string; readonly message: string }[];
}> {
  const store = await openStoreToRead({ file });
  try {
    const catalogue = new Catalogue(store.registry);
    let cases = 0;
    const found = [];
    for await (const { found: one } of verifyCases({ store, catalogue })) {
      cases += 1;
      if (one !== undefined) found.push(one);
    }
    return { cases, found };
  } finally {
    await store.close();
  }
}
