import { expect } from 'chai';
import fc from 'fast-check';
import {
  addBusinessDays,
  addBusinessMinutes,
  businessDaysBetween,
  businessMinutesBetween,
} from '../../../engine/kernel/values/business-time.ts';
import type { CalendarRules } from '../../../engine/kernel/values/calendar.ts';
import { delayFrom } from '../../../engine/kernel/values/delay.ts';
import { addToDate, addToInstant, startOfDate } from '../../../engine/kernel/values/zone.ts';
import { DUBLIN } from '../fixtures/business-calendar.ts';
import {
  DAY,
  MINUTE,
  ZONES,
  afterWorking,
  isShown,
  isWorked,
  wallAt,
  workedBetween,
} from './slow-clock.ts';

const SIZES: Readonly<Record<string, number>> = { full: 300, nightly: 3_000 };
const RUNS = { numRuns: SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 40 };

const ZONE = fc.constantFrom(...ZONES);

/** Around every change of the clocks and the calendars that these zones had, or will have. */
const CHANGES = [
  ...['2027-03-28T01:00Z', '2027-10-31T01:00Z', '2027-03-14T07:00Z', '2027-11-07T06:00Z'],
  ...['2011-12-30T10:00Z', '2020-09-26T14:00Z', '2027-02-07T02:00Z', '2027-03-14T02:00Z'],
  ...['2028-02-29T00:00Z', '2027-04-03T15:00Z', '2027-10-02T15:30Z', '1986-01-01T00:00Z'],
].map((text) => Date.parse(text));
const INSTANT = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -60 * 24 * 40, max: 60 * 24 * 40 }))
  .map(([around, minutes]) => around + minutes * MINUTE);

/** Hours on some weekdays, never at night: then no clock is changed while somebody works. */
const STRETCH = fc
  .tuple(fc.integer({ min: 5 * 60, max: 22 * 60 }), fc.integer({ min: 5 * 60, max: 22 * 60 }))
  .filter(([one, other]) => Math.abs(one - other) >= 60)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
const HOURS = fc
  .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
  .chain((weekdays) => {
    return fc.tuple(...weekdays.map((weekday) => STRETCH.map((times) => ({ weekday, ...times }))));
  });

/** The day that Samoa left out; a calendar for so long ago would have it as a day off. */
const LOST = '2011-12-30';

/** Something that happens in a working calendar from an instant on. */
const IN_CALENDAR = fc
  .record({ timeZone: ZONE, start: INSTANT, hours: HOURS, free: fc.array(fc.nat(60)) })
  .map(({ timeZone, start, hours, free }) => {
    const dates = free.map((day) => new Date(start + day * DAY).toISOString().slice(0, 10));
    const rules: CalendarRules = {
      timeZone,
      hours,
      holidays: [...new Set([LOST, ...dates])].sort(),
    };
    return { start, rules };
  });

describe('working time, counted minute by minute', function () {
  this.timeout(600_000);

  it('ends at the same instant', () => {
    const property = fc.property(
      IN_CALENDAR,
      fc.integer({ min: 1, max: 600 }),
      ({ start, rules }, minutes) => {
        const end = afterWorking(rules, start, minutes);
        expect(addBusinessMinutes(start, minutes, rules)).to.equal(end);
        expect(businessMinutesBetween(start, end, rules)).to.equal(minutes);
      },
    );
    fc.assert(property, RUNS);
  });

  it('is as much between any two instants', () => {
    const property = fc.property(IN_CALENDAR, fc.nat(20 * 24 * 60), ({ start, rules }, minutes) => {
      const end = start + minutes * MINUTE;
      expect(businessMinutesBetween(start, end, rules)).to.equal(workedBetween(rules, start, end));
    });
    fc.assert(property, RUNS);
  });

  it('has the working days that counting day by day finds', () => {
    const property = fc.property(IN_CALENDAR, fc.nat(9), ({ start, rules }, days) => {
      const isWorkday = (day: number): boolean => {
        const weekday = new Date(day).getUTCDay() || 7;
        const isFree = rules.holidays.includes(new Date(day).toISOString().slice(0, 10));
        return !isFree && rules.hours.some((one) => one.weekday === weekday);
      };
      const from = Math.floor(start / DAY) * DAY;
      let day = from;
      for (let left = days; left > 0 || !isWorkday(day);) {
        day += DAY;
        if (left > 0 && isWorkday(day)) left -= 1;
      }
      const [first, last] = [from, day].map((one) => new Date(one).toISOString().slice(0, 10));
      expect(addBusinessDays(first ?? '', days, rules)).to.equal(last);
      if (days > 0) expect(businessDaysBetween(first ?? '', last ?? '', rules)).to.equal(days);
    });
    fc.assert(property, RUNS);
  });
});

describe('calendar time', function () {
  this.timeout(600_000);

  it('keeps the time of day across every change, where the clocks show it', () => {
    const property = fc.property(
      ZONE,
      INSTANT,
      fc.integer({ min: 1, max: 70 }),
      (zone, start, days) => {
        const wanted = wallAt(zone, start) + days * DAY;
        const found = addToInstant(zone, start, days, 'days');
        if (isShown(zone, wanted)) expect(wallAt(zone, found)).to.equal(wanted);
        else expect(wallAt(zone, found)).to.be.within(wanted, wanted + DAY);
        const asDelay = { amount: days, unit: 'days' } as const;
        expect(delayFrom(start, asDelay, zone, DUBLIN)).to.equal(found);
      },
    );
    fc.assert(property, RUNS);
  });

  it('begins a date when the clocks show it for the first time', () => {
    const property = fc.property(ZONE, INSTANT, (zone, instant) => {
      const wall = wallAt(zone, instant);
      const first = startOfDate(zone, new Date(wall).toISOString().slice(0, 10));
      const dayOf = (at: number): number => Math.floor(wallAt(zone, at) / DAY);
      expect(dayOf(first)).to.equal(Math.floor(wall / DAY));
      expect(dayOf(first - MINUTE)).to.be.lessThan(Math.floor(wall / DAY));
    });
    fc.assert(property, RUNS);
  });

  it('ends a month that lacks the day on its last one', () => {
    const date = fc.record({
      year: fc.integer({ min: 1896, max: 2204 }),
      month: fc.nat(11),
      day: fc.integer({ min: 1, max: 31 }),
      months: fc.integer({ min: -30, max: 30 }),
    });
    const lengthOf = (month: number): number =>
      new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
    const text = (month: number, day: number): string =>
      new Date(Date.UTC(Math.floor(month / 12), month % 12, day)).toISOString().slice(0, 10);
    const property = fc.property(date, ({ year, month, day, months }) => {
      const from = year * 12 + month;
      const start = text(from, Math.min(day, lengthOf(from)));
      const last = Math.min(Number(start.slice(8)), lengthOf(from + months));
      expect(addToDate(start, months, 'months')).to.equal(text(from + months, last));
    });
    fc.assert(property, { ...RUNS, examples: [[{ year: 2028, month: 1, day: 29, months: 12 }]] });
  });

  it('is counted by a clock that knows when nobody works', () => {
    expect(isWorked(DUBLIN, Date.parse('2027-03-17T10:00Z'))).to.equal(false);
    expect(isWorked(DUBLIN, Date.parse('2027-03-29T08:00Z'))).to.equal(true);
    expect(isWorked(DUBLIN, Date.parse('2027-03-29T07:59Z'))).to.equal(false);
    expect(isShown('Pacific/Apia', Date.parse('2011-12-30T12:00Z'))).to.equal(false);
  });
});
