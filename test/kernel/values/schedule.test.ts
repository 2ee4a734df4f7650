import { expect } from 'chai';
import fc from 'fast-check';
import {
  everComes,
  lastTime,
  nextTime,
  patternFault,
} from '../../../engine/kernel/values/schedule.ts';

const ZONE = 'Europe/Dublin';

/** The next times of a pattern in Dublin, to the minute. */
function times(pattern: string, after: string, count: number): readonly string[] {
  const found: string[] = [];
  for (let at: number | undefined = Date.parse(after); found.length < count;) {
    at = nextTime({ pattern, zone: ZONE }, at);
    if (at === undefined) break;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('the times of a schedule', () => {
  it('are those of the clocks of its zone, in summer and in winter', () => {
    expect(times('0 7 * * MON-FRI', '2027-03-26T06:00Z', 3)).to.deep.equal([
      '2027-03-26T07:00',
      '2027-03-29T06:00',
      '2027-03-30T06:00',
    ]);
  });

  it('that are left out when clocks go forward come when the gap ends', () => {
    expect(times('30 1 * * *', '2027-03-27T12:00Z', 2)).to.deep.equal([
      '2027-03-28T01:00',
      '2027-03-29T00:30',
    ]);
  });

  it('that come twice when clocks go back are the first', () => {
    expect(times('30 1 * * *', '2027-10-30T12:00Z', 2)).to.deep.equal([
      '2027-10-31T00:30',
      '2027-11-01T01:30',
    ]);
  });

  it('of which there are several a day are those that the clock shows', () => {
    expect(times('15,45 1 * * *', '2027-03-27T12:00Z', 1)).to.deep.equal(['2027-03-29T00:15']);
    expect(times('30 1,13 * * *', '2027-03-27T20:00Z', 2)).to.deep.equal([
      '2027-03-28T12:30',
      '2027-03-29T00:30',
    ]);
    expect(times('30 1,13 * * *', '2027-10-30T20:00Z', 3)).to.deep.equal([
      '2027-10-31T00:30',
      '2027-10-31T01:30',
      '2027-10-31T13:30',
    ]);
  });

  it('go on in each hour when clocks go back', () => {
    expect(times('30 * * * *', '2027-10-30T23:45Z', 3)).to.deep.equal([
      '2027-10-31T00:30',
      '2027-10-31T01:30',
      '2027-10-31T02:30',
    ]);
  });

  it('are found on leap days, also over the year 2100', () => {
    expect(times('0 0 29 2 *', '2095-01-01T00:00Z', 2)).to.deep.equal([
      '2096-02-29T00:00',
      '2104-02-29T00:00',
    ]);
  });

  it('have a last one, which may be now', () => {
    const daily = { pattern: '0 7 * * *', zone: ZONE };
    const seven = Date.parse('2027-03-01T07:00Z');
    expect(lastTime(daily, seven)).to.equal(seven);
    expect(lastTime(daily, seven + 1)).to.equal(seven);
    expect(lastTime(daily, seven - 1)).to.equal(seven - 24 * 3_600_000);
    expect(nextTime(daily, seven)).to.equal(seven + 24 * 3_600_000);
  });

  it('leave none out between the last and the next', () => {
    const patterns = ['30 1 * * *', '*/20 * * * *', '0 0 29 2 *', '5 */6 L * *', '0 2 * * SUN#1'];
    // All four hours before and after the clocks change, and any time.
    const changes = ['2027-03-28T01:00Z', '2027-10-31T01:00Z'].map((text) => Date.parse(text));
    const moment = fc.oneof(
      fc.integer({ min: Date.parse('2027-01-01'), max: Date.parse('2029-01-01') }),
      fc
        .tuple(fc.constantFrom(...changes), fc.integer({ min: -14_400_000, max: 14_400_000 }))
        .map(([change, span]) => change + span),
    );
    fc.assert(
      fc.property(fc.constantFrom(...patterns), moment, (pattern, now) => {
        const schedule = { pattern, zone: ZONE };
        const last = lastTime(schedule, now) ?? NaN;
        const next = nextTime(schedule, now) ?? NaN;
        expect(last).to.be.at.most(now);
        expect(next).to.be.above(now);
        expect(nextTime(schedule, last)).to.equal(next);
        expect(lastTime(schedule, next - 1)).to.equal(last);
      }),
      { numRuns: 200 },
    );
  });

  it('are refused where they are not written in five fields, or never come', () => {
    expect(patternFault('0 7 * * MON-FRI')).to.equal(undefined);
    expect(patternFault('61 7 * * *')).to.include('61');
    expect(patternFault('0 0 7 * * *')).to.include('5');
    const never = ['0 0 30 2 *', '0 0 31 4,6 *'];
    const rare = ['0 0 29 2 *', '0 0 29 2 +MON', '0 0 31 2 MON', '59 23 31 12 *'];
    expect(never.map(everComes)).to.deep.equal([false, false]);
    expect(rare.map(everComes)).to.deep.equal([true, true, true, true]);
  });
});
