import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { REQUEST, SMALL, fillRequest, follow, mainText } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';
import type { Ended, Place, Program } from './with-program.ts';
import { withPrograms } from './with-program.ts';

type Environment = Readonly<Record<string, string>>;

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('a backup', function () {
  this.timeout(240_000);
  if (!FULL) return;

  it('is taken while cases run, comes back whole, and asks nothing of the world before it may', () =>
    withPrograms(async (place) => {
      const host = place.start();
      const origin = await host.origin();
      const file = join(place.folder, 'backups', 'one.db');
      const load = keepAsking(origin);
      await until('the first cases', () => (load.asked() > 2 ? true : undefined));
      // All of them read beside the host.
      const taken = await place.start({}, 'backup', '--to', file, '--json').ended();
      expect(taken, taken.err).to.include({ code: 0, err: '' });
      const { cases, found } = JSON.parse(taken.out) as { cases: number; found: unknown[] };
      expect(found).to.deep.equal([]);
      expect(cases).to.be.greaterThan(1);
      const verified = await place.start({}, 'verify').ended();
      expect(verified, verified.out).to.include({ code: 0, err: '' });
      const replayed = await place.start({}, 'replay', 'online-quote', '--on', '1').ended();
      expect(replayed.out).to.contain('0 of them otherwise');
      expect(await place.start({}, 'effects').ended()).to.include({ code: 0, err: '' });
      const again = await place.start({}, 'backup', '--to', file).ended();
      expect(again.err).to.contain('is there already');
      expect(existsSync(`${file}.part`)).to.equal(false);
      await load.stop();
      await stop(host);

      expect((await place.start({}, 'restore', file).ended()).err).to.contain('where no database');
      await goesOn(place, file, cases);
    }));
});

/** A host on the restored database holds effects back; once they are let go, every case goes on. */
async function goesOn(place: Place, file: string, cases: number): Promise<void> {
  const environment: Environment = {
    TRELLIS_DATA: join(place.folder, 'restored'),
    TRELLIS_KEY_FILE: `${place.dataFolder}.key`,
  };
  const run = (...words: readonly string[]): Promise<Ended> =>
    place.start(environment, ...words).ended();
  expect(await run('restore', file)).to.include({ code: 0, err: '' });
  const host = place.start(environment);
  const origin = await host.origin();
  const visitor = createVisitor(origin);
  expect((await visitor.get('/readyz')).text).to.contain('held back');
  await fillRequest(visitor, SMALL);
  await follow(visitor.post(`${REQUEST}?step=check`));
  await until('what waits', async () =>
    (await run('effects')).out.includes('oms.findCustomer') ? true : undefined,
  );
  expect(mainText(await visitor.get('/demo/mails'))).to.not.contain('Q-');
  const admin = createVisitor(origin);
  const [, email = '', password = ''] = /^ +(ada@\S+) +(\S+)/mu.exec(host.out()) ?? [];
  const fields = Object.entries({ email, password });
  await follow(admin.post('/sign-in', fields));
  expect(mainText(await admin.get('/inbox'))).to.contain('restored from a backup');
  expect(mainText(await admin.get('/effects'))).to.contain('oms.findCustomer');
  await follow(admin.post('/effects/end'));
  expect(mainText(await admin.get('/effects'))).to.contain('Nothing is held back');
  expect((await visitor.get('/readyz')).text).to.not.contain('held back');
  await until(
    'the mail of every case',
    async () => {
      const mails = await visitor.get('/demo/mails');
      const said = new Set(mails.text.match(/Q-\d+-\d+/gu) ?? []);
      return said.size >= 1 && (await run('verify', '--json')).code === 0 ? true : undefined;
    },
    60_000,
  );
  const { cases: now } = JSON.parse((await run('verify', '--json')).out) as { cases: number };
  expect(now).to.be.greaterThan(cases);
  await stop(host);
}

/** Asks for prices one after another until it is told to stop. */
function keepAsking(origin: string): { asked(): number; stop(): Promise<void> } {
  let asked = 0;
  let isOver = false;
  const ask = async (): Promise<void> => {
    while (!isOver) {
      const visitor = createVisitor(origin);
      await fillRequest(visitor, SMALL);
      await follow(visitor.post(`${REQUEST}?step=check`));
      asked += 1;
    }
  };
  const all = Promise.all([ask(), ask(), ask()]);
  return {
    asked: () => asked,
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}

async function stop(host: Program): Promise<void> {
  host.kill('SIGINT');
  expect(await host.ended()).to.include({ code: 0 });
}
