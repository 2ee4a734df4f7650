import { expect } from 'chai';
import { runCrash } from '../run-crash.ts';
import { BUGS_BETWEEN, BUGS_OF_ONE, plant } from './plant.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('the bugs that are planted', () => {
  it('are refused by a name that is not known', () => {
    const database = { kind: 'sqlite', file: 'none.db' } as const;
    expect(() => plant(['no-such-bug'], { database })).to.throw('There is no bug "no-such-bug".');
  });

  it('are seventeen with that of the disk that lies', () => {
    expect(BUGS_OF_ONE.length + BUGS_BETWEEN.length + 1).to.equal(17);
  });

  // The others are planted by `npm run crash -- --planted`.
  if (!FULL) return;
  for (const bug of ['acknowledge-first', 'changed-key']) {
    it(`are found: ${bug}`, async () => {
      const size = { kills: 6, each: 15, patience: 5_000 };
      const { broken } = await runCrash({ ...size, seed: 1, planted: [bug] });
      expect(broken).to.have.length.greaterThan(0);
    }).timeout(240_000);
  }
});
