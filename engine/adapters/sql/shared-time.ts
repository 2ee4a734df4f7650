import type { Store } from '../../ports/store.ts';
import type { Database } from './database.ts';

/** The time of the database, where hosts share it. */
export function createSharedTime(database: Database): Pick<Store, 'time'> {
  const { timeText: text } = database.dialect;
  if (text === undefined) return {};
  const read = async (): Promise<number> => {
    const [found] = await database.look((session) => session.all({ name: 'time', text }));
    return (found as { readonly now: number }).now;
  };
  return { time: { read } };
}
