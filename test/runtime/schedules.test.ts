import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { CaseRow } from '../../engine/ports/worklist.ts';
import type { Store } from '../../engine/ports/store.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import { sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';
import { expectFold } from './fold-history.ts';
import type { LogLine } from './run-engine.ts';
import { errorsIn, makeEngine } from './run-engine.ts';
import type { Workshop } from './with-workshop.ts';
import {
  DAY,
  MINUTE,
  NOW,
  goodConnectors,
  pass,
  publishWorkshop,
  withWorkshop,
} from './with-workshop.ts';

const HOUR = 60 * MINUTE;
const STATES = `
  working:
    task: { assign: { role: clerk }, form: work }
    on: { done: ended }
  ended: { final: completed }`;
const NIGHTLY = `nightly: { schedule: '0 7 * * *', set: { id: 'text(today())' } }`;
const WORKFLOW = { start: NIGHTLY, states: STATES };

type Parts = Pick<Workshop, 'store' | 'clock' | 'catalogue' | 'connectors'>;

async function cases({ store }: Pick<Workshop, 'store'>): Promise<readonly CaseRow[]> {
  return (await store.worklist.cases({ workflow: 'sample' }, undefined, 50)).rows;
}

/** The days on which cases began, as `set` keeps them. */
async function days(workshop: Pick<Workshop, 'engine' | 'store'>): Promise<readonly unknown[]> {
  const rows = await cases(workshop);
  const data = await Promise.all(rows.map(async ({ id }) => (await workshop.engine.look(id)).data));
  return data.map(({ id }) => id).sort();
}

/** Runs another engine over the same store, as another host or a later run does. */
async function withHost(
  parts: Parts,
  test: (host: Pick<Workshop, 'engine' | 'store' | 'clock'>) => Promise<void>,
): Promise<void> {
  const lines: LogLine[] = [];
  const engine = makeEngine({ ...parts, lines });
  engine.start();
  try {
    await engine.idle();
    await test({ ...parts, engine });
  } finally {
    await engine.stop();
  }
  expect(errorsIn(lines)).to.deep.equal([]);
}

async function withStore(store: Store, test: (parts: Parts) => Promise<void>): Promise<void> {
  try {
    const catalogue = await publishWorkshop(store, [WORKFLOW]);
    const clock = createSimulatedClock(NOW);
    await test({ store, clock, catalogue, connectors: goodConnectors() });
  } finally {
    await store.close();
  }
}

describe('a start by schedule', () => {
  let folder = '';
  let number = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-schedules-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('begins one case at each of its times, and none by those before it was published', () =>
    withWorkshop({ workflows: [WORKFLOW] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      await engine.idle();
      expect(await cases(workshop)).to.deep.equal([]);
      await pass(workshop, 22 * HOUR - 1);
      expect(await cases(workshop)).to.deep.equal([]);
      await pass(workshop, 1);
      expect(await days(workshop)).to.deep.equal(['2027-03-02']);
      await pass(workshop, DAY);
      expect(await days(workshop)).to.deep.equal(['2027-03-02', '2027-03-03']);
      for (const { id, starter, states } of await cases(workshop)) {
        expect(starter.kind).to.equal('system');
        expect(states).to.deep.equal(['working']);
        await expectFold(store, catalogue, id);
      }
    }));

  it('goes by the clocks of its zone, or else of the company', () => {
    const start = `home: { schedule: '0 7 * * *', set: { id: '"home"' } }
  away: { schedule: '0 7 * * *', zone: America/New_York, set: { id: '"away"' } }`;
    return withWorkshop({ workflows: [{ start, states: STATES }] }, async (workshop) => {
      await workshop.engine.idle();
      await pass(workshop, 3 * HOUR);
      expect(await days(workshop)).to.deep.equal(['away']);
      await pass(workshop, 19 * HOUR);
      expect(await days(workshop)).to.deep.equal(['away', 'home']);
    });
  });

  it('begins one case a day between two that say once', () => {
    const start = `early: { schedule: '0 7 * * *', set: { id: 'text(today())' }, once: id }
  late: { schedule: '0 8 * * *', set: { id: 'text(today())' }, once: id }`;
    return withWorkshop({ workflows: [{ start, states: STATES }] }, async (workshop) => {
      await workshop.engine.idle();
      for (const span of [22 * HOUR, HOUR, 23 * HOUR, HOUR]) await pass(workshop, span);
      expect(await days(workshop)).to.deep.equal(['2027-03-02', '2027-03-03']);
    });
  });

  it('says once that a case cannot begin, and tries the next', () => {
    const start = `nightly: { schedule: '0 7 * * *', set: { id: 'text(today())', count: '10 * 60' } }`;
    const workflows = [{ start, states: STATES }];
    return withWorkshop({ workflows, mayFail: true }, async (workshop) => {
      await workshop.engine.idle();
      await pass(workshop, 22 * HOUR);
      await pass(workshop, HOUR);
      expect(errorsIn(workshop.lines).map(({ message }) => message)).to.deep.equal([
        'a schedule could not begin a case',
      ]);
      await pass(workshop, DAY);
      expect(errorsIn(workshop.lines)).to.have.length(2);
      expect(await cases(workshop)).to.deep.equal([]);
    });
  });

  it('tries again where the store failed', () => {
    let fails = 1;
    const wrap = (store: Store): Store => ({
      ...store,
      cases: {
        ...store.cases,
        load: (id) =>
          fails-- > 0 ? Promise.reject(new Error('The store is away.')) : store.cases.load(id),
      },
    });
    return withWorkshop({ workflows: [WORKFLOW], wrap, mayFail: true }, async (workshop) => {
      await workshop.engine.idle();
      await pass(workshop, 22 * HOUR);
      expect(await cases(workshop)).to.deep.equal([]);
      await pass(workshop, MINUTE);
      expect(await days(workshop)).to.deep.equal(['2027-03-02']);
    });
  });

  for (const [database, open] of [
    ['memory', () => Promise.resolve(createMemoryStore())],
    ['SQLite', () => openStore({ file: join(folder, `${(number += 1)}.db`) })],
  ] as const) {
    describe(`over ${database}`, () => {
      it('begins one case for all hosts', async () =>
        withStore(await open(), (parts) =>
          withHost(parts, (one) =>
            withHost(parts, async (other) => {
              for (const span of [22 * HOUR, DAY]) {
                parts.clock.advance(span);
                await Promise.all([one.engine.idle(), other.engine.idle()]);
              }
              expect(await days(one)).to.deep.equal(['2027-03-02', '2027-03-03']);
            }),
          ),
        ));

      it('makes up once for what was missed while no host ran', async () =>
        withStore(await open(), async (parts) => {
          await withHost(parts, (host) => pass(host, 22 * HOUR));
          parts.clock.advance(5 * DAY + HOUR);
          for (let run = 0; run < 2; run += 1) {
            await withHost(parts, async (host) => {
              expect(await days(host)).to.deep.equal(['2027-03-02', '2027-03-07']);
            });
          }
        }));

      it('makes up for what an unchanged start of the version before missed', async () =>
        withStore(await open(), async (parts) => {
          const { store, clock, catalogue } = parts;
          const publish = async (schedule: string, states = STATES): Promise<void> => {
            const start = `nightly: { schedule: '${schedule}', set: { id: 'text(today())' } }`;
            const source = sourceOf({ start, states });
            const written = [{ name: 'sample', source }];
            const { view } = workshopCore();
            const { refused } = await publishAll(written, view, store, clock.now());
            expect(refused).to.deep.equal([]);
            await catalogue.refresh();
          };
          clock.advance(DAY);
          await publish('0 6 * * *');
          await withHost(parts, async (host) => {
            expect(await days(host)).to.deep.equal([]);
          });
          clock.advance(DAY);
          await publish(
            '0 6 * * *',
            STATES.replace('ended: { final', "ended: { title: 'End', final"),
          );
          await withHost(parts, async (host) => {
            expect(await days(host)).to.deep.equal(['2027-03-03']);
          });
        }));
    });
  }
});
