import { expect } from 'chai';
import { usePostgres } from '../postgres/use-postgres.ts';
import type { CrashSettings } from './run-crash.ts';
import { runCrash } from './run-crash.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
/** How often hosts are killed, and how many steps are acknowledged before each kill. */
const SIZE = FULL ? { kills: 60, each: 20 } : { kills: 8, each: 8 };
/** On a machine that is busy with other tests a host comes to its points late. */
const SOON = 2_000;

async function expectKept(settings: CrashSettings): Promise<void> {
  const { broken, fewest, points, failures } = await runCrash({ ...settings, soon: SOON });
  expect(broken).to.deep.equal([]);
  expect(failures).to.equal(0);
  expect(fewest).to.be.at.least(settings.each ?? 0);
  expect(points).to.have.length.greaterThan(0);
}

describe('hosts that are killed under load', function () {
  this.timeout(FULL ? 900_000 : 240_000);

  it('keep every promise on SQLite', () => expectKept({ ...SIZE, seed: 7 }));

  if (!FULL) return;
  describe('two on PostgreSQL', () => {
    const url = usePostgres();

    it('keep every promise, whatever their own clocks say', () => {
      const hosts = { url: url(), hosts: 2, lease: 2_500, freezes: 2, wrongClocks: true };
      return expectKept({ ...hosts, kills: 20, each: 20, seed: 7 });
    });
  });
});
