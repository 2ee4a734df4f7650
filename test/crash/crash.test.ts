import { expect } from 'chai';
import { runCrash } from './run-crash.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
/** How often hosts are killed, and how many steps are acknowledged before each kill. */
const SIZE = FULL ? { kills: 150, each: 20 } : { kills: 20, each: 8 };

describe('hosts that are killed under load', function () {
  this.timeout(FULL ? 900_000 : 240_000);

  it('keep every promise on SQLite', async () => {
    const { broken, fewest, points, failures } = await runCrash({ ...SIZE, seed: 7 });
    expect(broken).to.deep.equal([]);
    expect(failures).to.equal(0);
    expect(fewest).to.be.at.least(SIZE.each);
    expect(points).to.have.length.greaterThan(0);
  });
});
