import { expect } from 'chai';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';

describe('the simulated clock', () => {
  it('stands still until it is advanced', () => {
    const clock = createSimulatedClock(1000);
    expect(clock.now()).to.equal(1000);
    clock.advance(5);
    expect(clock.now()).to.equal(1005);
  });

  it('wakes in order of time, each at its own time, also those set on the way', () => {
    const clock = createSimulatedClock(0);
    const woken: string[] = [];
    const note = (name: string) => (): void => {
      woken.push(`${name}@${clock.now()}`);
    };
    clock.at(30, note('c'));
    clock.at(10, () => {
      note('a')();
      clock.at(20, note('b'));
    });
    clock.at(31, note('later'));
    clock.advance(30);
    expect(woken).to.deep.equal(['a@10', 'b@20', 'c@30']);
    expect(clock.nextWake()).to.equal(31);
  });

  it('wakes once, and not what was cancelled', () => {
    const clock = createSimulatedClock(0);
    let woken = 0;
    clock.at(10, () => woken++);
    clock.at(10, () => (woken += 100))();
    clock.advance(10);
    clock.advance(10);
    expect(woken).to.equal(1);
    expect(clock.nextWake()).to.equal(undefined);
  });

  it('wakes what is due already without an advance, but not inside the call', async () => {
    const clock = createSimulatedClock(50);
    let woken = false;
    clock.at(50, () => (woken = true));
    expect(woken).to.equal(false);
    await Promise.resolve();
    expect(woken).to.equal(true);
  });
});
