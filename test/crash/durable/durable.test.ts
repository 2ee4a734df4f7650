import { expect } from 'chai';
import { runDurable } from './run-durable.ts';
import { syncOrder } from './sync-order.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('an acknowledgement', () => {
  it('is early where something written was not brought to the disk before', () => {
    expect(syncOrder('W\nW\nS\nA 200\nA 303\n')).to.deep.equal({ answers: 2, early: [2] });
    expect(syncOrder('W\nS\nA 200\nW\nS\nA 201\n')).to.deep.equal({ answers: 2, early: [] });
    expect(syncOrder('W\nA 200\nW\nS\nW\nA 200\n')).to.deep.equal({ answers: 2, early: [1, 2] });
    expect(syncOrder('A 404\n')).to.deep.equal({ answers: 0, early: [] });
  });

  if (!FULL) return;
  for (const dropsSync of [false, true]) {
    it(
      dropsSync
        ? 'is seen to be early where the disk lies'
        : 'is given after what it tells of is on the disk',
      async function () {
        this.timeout(60_000);
        const order = await runDurable({ dropsSync });
        if (typeof order === 'string') {
          process.stderr.write(`skipped: ${order}\n`);
          this.skip();
        }
        expect(order.answers).to.be.at.least(50);
        if (dropsSync) expect(order.early).to.have.length(order.answers);
        else expect(order.early).to.deep.equal([]);
      },
    );
  }
});
