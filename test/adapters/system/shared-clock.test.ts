import { expect } from 'chai';
import fc from 'fast-check';
import { createSharedClock } from '../../../engine/adapters/system/shared-clock.ts';
import { TimeElsewhere } from '../../../engine/adapters/system/time-elsewhere.ts';

/** A reading: how long after the last one it is asked for, and how long the way there and back take. */
const READING = fc.record({
  after: fc.double({ min: 0, max: 100_000, noNaN: true }),
  there: fc.double({ min: 0, max: 3_000, noNaN: true }),
  back: fc.double({ min: 0, max: 3_000, noNaN: true }),
});
const READINGS = fc.array(READING, { minLength: 1, maxLength: 20 });

describe('a time that is told elsewhere', () => {
  it('is never taken for later than it is, nor for earlier by more than the quickest answer took', () => {
    const start = fc.integer({ min: 0, max: 2_000_000_000_000 });
    fc.assert(
      fc.property(
        start,
        READINGS,
        fc.integer({ min: 0, max: 1_000_000 }),
        (begun, readings, wait) => {
          const known = new TimeElsewhere();
          let elapsed = 0;
          let quickest = Infinity;
          for (const { after, there, back } of readings) {
            const asked = elapsed + after;
            const answered = asked + there + back;
            known.learn(asked, Math.floor(begun + asked + there), answered);
            elapsed = answered;
            quickest = Math.min(quickest, there + back);
            const late = begun + elapsed + wait - known.at(elapsed + wait);
            // Both are told in whole milliseconds; the hundredth is for the sums of floating points.
            expect(late).to.be.within(-0.01, quickest + 2.01);
          }
        },
      ),
    );
  });

  it('is followed when it is set', () => {
    const known = new TimeElsewhere();
    known.learn(10, 1_000_000, 12);
    expect(known.at(12)).to.equal(1_000_000);
    known.learn(20, 400_000, 22);
    expect(known.at(22)).to.equal(400_000);
    known.learn(30, 2_000_000, 32);
    expect(known.at(32)).to.equal(2_000_000);
  });
});

describe('the clock of a host that shares its database', () => {
  const HOUR = 3_600_000;
  /** A database and a process, whose time passes only when a test says so. */
  class Machines {
    elapsed = 0;
    time = 50 * HOUR;
    readings = 0;
    isAway = false;
    pass(milliseconds: number): void {
      this.elapsed += milliseconds;
      this.time += milliseconds;
    }
    read = (): Promise<number> => {
      this.readings += 1;
      return this.isAway ? Promise.reject(new Error('away')) : Promise.resolve(this.time);
    };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('tells the time of the database, and asks for it now and then alone', async () => {
    const machines = new Machines();
    const clock = await createSharedClock(machines, { elapsed: () => machines.elapsed });
    const first = machines.readings;
    expect(clock.now()).to.equal(50 * HOUR);
    machines.pass(9_999);
    expect(clock.now()).to.equal(machines.time);
    expect(machines.readings).to.equal(first);
    machines.pass(1);
    expect(clock.now()).to.equal(machines.time);
    expect(clock.now()).to.equal(machines.time);
    expect(machines.readings).to.equal(first + 1);
  });

  it('goes on while the database is away, and follows it when it was set', async () => {
    const machines = new Machines();
    const clock = await createSharedClock(machines, { elapsed: () => machines.elapsed });
    machines.isAway = true;
    machines.pass(HOUR);
    expect(clock.now()).to.equal(machines.time);
    await settled();
    machines.isAway = false;
    machines.time -= 2 * HOUR;
    machines.pass(10_000);
    clock.now();
    await settled();
    expect(clock.now()).to.equal(machines.time);
  });

  it('cannot be made where the database does not answer', async () => {
    const machines = new Machines();
    machines.isAway = true;
    const error = await createSharedClock(machines).catch((caught: unknown) => caught);
    expect(String(error)).to.include('away');
  });
});
