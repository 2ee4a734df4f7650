import { createIds, createSystemClock, restoreStore } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Brings a backup back where no database is. Hosts that are started on it hold effects back. */
export async function restoreCommand(file: string, output: Output): Promise<ExitCode> {
  const settings = readSettings();
  const clock = createSystemClock();
  const hold = { id: createIds(clock).next(), takenAt: clock.now(), released: [] };
  await restoreStore(file, placeOf(settings), hold);
  output.line(`${file} is restored.`);
  output.line('Hosts on it hold calls, mails, timers and schedules back until somebody lets them');
  output.line('go: under "Effects" in the pages, or by "trellis effects release".');
  output.result({ restored: file });
  return 0;
}
