import { TrellisError, createIds, createSystemClock, openStore } from '../../engine/index.ts';
import type { Store } from '../../engine/index.ts';
import { readSettings } from '../config.ts';
import { placeOf } from '../host/database-place.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** Lists what is held back. Exit code 1 where something is. */
export async function effectsList(output: Output): Promise<ExitCode> {
  return withStoreToRead(async ({ effects }): Promise<ExitCode> => {
    const hold = await effects.current();
    const waiting = await effects.waiting();
    if (hold === undefined) {
      output.line('Nothing is held back.');
    } else {
      output.line(`Held back: the backup is from ${new Date(hold.takenAt).toISOString()}`);
      for (const { name, count, since } of waiting) {
        output.line(`${name}  ${count}  since ${new Date(since).toISOString()}`);
      }
      for (const name of hold.released) output.line(`${name}  released`);
    }
    output.result({ ...(hold === undefined ? {} : { hold }), waiting });
    return hold === undefined ? 0 : 1;
  });
}

/** Holds effects back in a database that was brought back by other means than `restore`. */
export async function effectsHold(output: Output): Promise<ExitCode> {
  return withStore(async ({ effects }): Promise<ExitCode> => {
    const clock = createSystemClock();
    const hold = { id: createIds(clock).next(), takenAt: clock.now(), released: [] };
    await effects.begin(hold);
    output.line('Effects are held back by every host that is started from now on.');
    output.result({ hold });
    return 0;
  });
}

/** Lets what waits under a name go, or everything. */
export async function effectsRelease(name: string | undefined, output: Output): Promise<ExitCode> {
  return withStore(async ({ effects }): Promise<ExitCode> => {
    const wasOn = await (name === undefined ? effects.end() : effects.release(name));
    if (!wasOn) throw new TrellisError('nothing-held', 'Nothing is held back.');
    output.line(name === undefined ? 'Everything goes.' : `${name} goes.`);
    output.result({ released: name ?? 'all' });
    return 0;
  });
}

/** Gives what waits under a name up: each becomes an incident. */
export async function effectsRefuse(name: string, output: Output): Promise<ExitCode> {
  return withStore(async ({ effects }): Promise<ExitCode> => {
    const count = await effects.refuse(name);
    output.line(`${count} of ${name} are not carried out: each becomes an incident.`);
    output.result({ refused: name, count });
    return 0;
  });
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(placeOf(readSettings()));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
