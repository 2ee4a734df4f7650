import { join } from 'node:path';
import {
  Catalogue,
  backupStore,
  createIds,
  createSystemClock,
  openStoreToRead,
  verifyAndFold,
} from '../../engine/index.ts';
import type { AuditFinding } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import { publicKeys } from '../host/with-audit.ts';
import type { Settings } from '../settings.ts';
import type { ExitCode } from './exit-code.ts';
import { findingLine } from './finding-line.ts';
import type { Output } from './output.ts';

export interface TakeBackup {
  readonly to?: string;
  /** The copy is not held against its history. */
  readonly quick?: boolean;
}

/** Copies the database. Exit code 1 where something of the copy's history does not hold. */
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
  for (const one of found) output.line(findingLine(one));
  output.line(`${cases} cases: ${found.length === 0 ? 'all hold' : `${found.length} do not hold`}`);
  output.result({ ...backup, cases, found });
  return found.length === 0 ? 0 : 1;
}

function newFile({ dataFolder, database }: Settings, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  const ending = database.kind === 'sqlite' ? 'db' : 'dump';
  return join(dataFolder, 'backups', `trellis-${time}.${ending}`);
}

/** Holds the copy against itself, to the last event. */
async function verify(
  file: string,
): Promise<{ readonly cases: number; readonly found: readonly AuditFinding[] }> {
  const trust = { keys: await publicKeys(), anchor: [] };
  const store = await openStoreToRead({ file });
  try {
    const found: AuditFinding[] = [];
    const onFinding = (one: AuditFinding): void => {
      found.push(one);
    };
    const catalogue = new Catalogue(store.registry);
    const { cases } = await verifyAndFold({ store, catalogue, trust, onFinding });
    return { cases, found };
  } finally {
    await store.close();
  }
}
