import type { EffectHold, EffectHolds, HeldEffects } from '../../ports/effect-hold.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json.ts';
import { NEVER } from './never.ts';
import type { Session } from './session.ts';

interface HoldColumns {
  readonly id: string;
  readonly taken_at: number;
  readonly released: string;
}

/** Rolls back a transaction where another host has changed the hold meanwhile. */
const MOVED = 'moved';
/** Rolls back a transaction where there is no hold. */
const NONE = 'none';

export function createEffectHolds(database: Database): EffectHolds {
  const current = database.statement(
    'effect_hold',
    'select * from effect_holds order by taken_at desc, id limit 1',
  );
  const add = database.statement(
    'add_effect_hold',
    'insert into effect_holds (id, taken_at, released) values (?, ?, ?)',
  );
  // A release waits for whoever sets a job aside, or makes them see that there is one: no job stays behind.
  const setAside = database.statement(
    'set_job_aside',
    `with hold as materialized (
        select id from effect_holds where id = ? and released = ? ${database.dialect.shareLocked})
      update jobs set free_at = ?, held_back = ?, untried = untried + 1
        where id = ? and attempts = ? and exists (select id from hold)`,
  );
  const waiting = database.statement(
    'held_effects',
    `select held_back as name, count(*) as count, min(run_at) as since from jobs
      where held_back is not null group by held_back order by held_back`,
  );
  const change = database.statement(
    'change_effect_hold',
    'update effect_holds set released = ? where id = ? and released = ?',
  );
  const end = database.statement('end_effect_holds', 'delete from effect_holds');
  const free = database.statement(
    'free_held_jobs',
    'update jobs set free_at = run_at, held_back = null where held_back = ?',
  );
  const freeAll = database.statement(
    'free_all_held_jobs',
    'update jobs set free_at = run_at, held_back = null where held_back is not null',
  );
  const refuse = database.statement(
    'refuse_held_jobs',
    'update jobs set free_at = run_at, held_back = null, refused = 1 where held_back = ?',
  );

  const read = async (session: Session): Promise<HoldColumns | undefined> =>
    ((await session.all(current)) as readonly HoldColumns[])[0];

  const release = async (
    session: Session,
    name: string,
  ): Promise<typeof MOVED | typeof NONE | undefined> => {
    const row = await read(session);
    if (row === undefined) return NONE;
    const released = toJson([...new Set([...readReleased(row), name])].sort());
    if ((await session.run(change, [released, row.id, row.released])) !== 1) return MOVED;
    await session.run(free, [name]);
    return undefined;
  };

  return {
    current: async () => {
      const row = await database.look(read);
      return row && { id: row.id, takenAt: row.taken_at, released: readReleased(row) };
    },
    begin: async ({ id, takenAt, released }) => {
      await database.use((session) => session.run(add, [id, takenAt, toJson(released)]));
    },
    setAside: async ({ id, attempts }, name, hold) => {
      const values = [hold.id, toJson(hold.released), NEVER, name, id, attempts];
      return (await database.use((session) => session.run(setAside, values))) === 1;
    },
    waiting: async () => {
      const rows = await database.look((session) => session.all(waiting));
      return (
        rows as readonly (Omit<HeldEffects, 'count'> & { readonly count: number | string })[]
      ).map(({ name, count, since }) => ({ name, count: Number(count), since }));
    },
    release: async (name) => {
      for (;;) {
        const refusal = await database.attempt((session) => release(session, name));
        if (refusal !== MOVED) return refusal === undefined;
      }
    },
    refuse: (name) => database.use((session) => session.run(refuse, [name])),
    end: async () => {
      const refusal = await database.attempt(async (session) => {
        const ended = await session.run(end);
        await session.run(freeAll);
        return ended === 0 ? NONE : undefined;
      });
      return refusal === undefined;
    },
  };
}

function readReleased({ released }: HoldColumns): EffectHold['released'] {
  return fromJson(released) as EffectHold['released'];
}
