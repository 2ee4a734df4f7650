import type { openStore } from '../../engine/index.ts';
import type { Settings } from '../settings.ts';

/** Where the database of the settings is, and by which driver it is opened. */
export function placeOf({ database }: Pick<Settings, 'database'>): Parameters<typeof openStore>[0] {
  if (database.kind === 'postgres') return { url: database.url };
  const { file, client } = database;
  return client === undefined ? { file } : { file, client };
}
