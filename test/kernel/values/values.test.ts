import { expect } from 'chai';
import fc from 'fast-check';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { listOf, objectOf, plain } from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import {
  addBusinessDays,
  addBusinessHours,
  addBusinessMinutes,
  businessDaysBetween,
} from '../../../engine/kernel/values/business-time.ts';
import type { CalendarRules } from '../../../engine/kernel/values/calendar.ts';
import { delayFrom } from '../../../engine/kernel/values/delay.ts';
import { formatDuration, parseDuration } from '../../../engine/kernel/values/duration.ts';
import {
  dayNumber,
  isIsoDate,
  isoDate,
  weekdayOf,
} from '../../../engine/kernel/values/iso-date.ts';
import { toRunning, toStored } from '../../../engine/kernel/values/stored.ts';
import {
  addToDate,
  addToInstant,
  dateIn,
  startOfDate,
  wallTime,
} from '../../../engine/kernel/values/zone.ts';
import { DUBLIN, MONDAY_NINE } from '../fixtures/business-calendar.ts';

const at = (text: string): number => Date.parse(text);
const iso = (time: number): string => new Date(time).toISOString();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof TrellisError ? error.code : String(error);
  }
  return 'none';
};

describe('stored and running values', () => {
  const trips: readonly (readonly [ValueType, unknown])[] = [
    [plain('decimal'), '-1234567890123456789012345678.25'],
    [plain('date-time'), '2027-03-01T09:00:00.000Z'],
    [plain('duration'), 'PT26H30M5.5S'],
    [listOf(plain('decimal')), ['1', '2.5']],
    [listOf(listOf(plain('duration'))), [['PT1H'], []]],
    [plain('decimal'), null],
  ];
  for (const [type, stored] of trips) {
    it(`brings ${JSON.stringify(stored)} there and back`, () => {
      const running = toRunning(type)?.(stored);
      expect(toStored(type)?.(running)).to.deep.equal(stored);
    });
  }

  it('leaves alone what runs as it is stored', () => {
    const types = [plain('text'), plain('date'), objectOf({ a: plain('decimal') })];
    for (const type of types) expect(toRunning(type)).to.equal(undefined);
  });

  it('refuses stored values that cannot be read', () => {
    const bad: readonly (readonly [ValueType, unknown])[] = [
      [plain('decimal'), 'Infinity'],
      [plain('decimal'), '0x10'],
      [plain('decimal'), 12],
      [plain('date-time'), 'soon'],
      [plain('duration'), 'P1M'],
    ];
    for (const [type, value] of bad) {
      expect(codeOf(() => toRunning(type)?.(value))).to.equal('stored-value');
    }
  });
});

describe('durations', () => {
  it('reads what ISO 8601 says, as long as its length is fixed', () => {
    expect(parseDuration('P1DT30M')).to.equal(24.5 * 3_600_000);
    expect(parseDuration('P2W')).to.equal(14 * 24 * 3_600_000);
    expect(parseDuration('-PT0.25S')).to.equal(-250);
    for (const text of ['P', 'PT', 'P1Y', 'P1M', '1H', 'P1DT', '']) {
      expect(parseDuration(text), text).to.equal(undefined);
    }
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (millis) => {
        expect(parseDuration(formatDuration(millis))).to.equal(millis === 0 ? 0 : millis);
      }),
    );
  });
});

describe('dates', () => {
  it('knows the calendar', () => {
    expect(isIsoDate('2028-02-29')).to.equal(true);
    for (const text of ['2027-02-29', '2027-13-01', '27-01-01', '2027-1-1', 'today']) {
      expect(isIsoDate(text), text).to.equal(false);
    }
    expect(weekdayOf(dayNumber('2027-03-01'))).to.equal(1);
    expect(weekdayOf(dayNumber('1969-12-28'))).to.equal(7);
  });

  it('counts days there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        expect(dayNumber(isoDate(day))).to.equal(day);
      }),
    );
    expect(codeOf(() => isoDate(3_000_000))).to.equal('arithmetic');
  });

  it('adds months to the last day that there is', () => {
    expect(addToDate('2027-01-31', 1, 'months')).to.equal('2027-02-28');
    expect(addToDate('2028-02-29', 12, 'months')).to.equal('2029-02-28');
    expect(codeOf(() => addToDate('2027-01-31', 1e6, 'months'))).to.equal('arithmetic');
    expect(codeOf(() => addToDate('2027-01-31', 1e300, 'days'))).to.equal('arithmetic');
  });

  it('keeps the time of day when clocks change', () => {
    const saturday = at('2027-03-27T12:00:00Z');
    expect(iso(addToInstant('Europe/Dublin', saturday, 1, 'days'))).to.equal(
      '2027-03-28T11:00:00.000Z',
    );
    expect(iso(startOfDate('Europe/Dublin', '2027-07-01'))).to.equal('2027-06-30T23:00:00.000Z');
    expect(dateIn('Pacific/Auckland', at('2027-03-01T12:00:00Z'))).to.equal('2027-03-02');
    expect(wallTime('Europe/Dublin', at('2027-07-01T08:30:00Z'))).to.deep.equal({
      date: '2027-07-01',
      minutes: 570,
    });
  });
});

describe('business time', () => {
  const hours: readonly (readonly [string, number, string])[] = [
    ['2027-03-01T09:00:00Z', 8, '2027-03-01T17:00:00.000Z'],
    ['2027-03-01T16:00:00Z', 2, '2027-03-02T10:00:00.000Z'],
    ['2027-03-05T16:30:00Z', 1, '2027-03-08T09:30:00.000Z'],
    ['2027-03-06T12:00:00Z', 1, '2027-03-08T10:00:00.000Z'],
    ['2027-03-16T17:00:00Z', 0.5, '2027-03-18T09:30:00.000Z'],
    ['2027-03-26T16:00:00Z', 2, '2027-03-29T09:00:00.000Z'],
    ['2027-03-01T05:00:00Z', 0, '2027-03-01T05:00:00.000Z'],
  ];
  for (const [start, amount, end] of hours) {
    it(`${amount} business hours from ${start} end at ${end}`, () => {
      expect(iso(addBusinessHours(at(start), amount, DUBLIN))).to.equal(end);
    });
  }

  const days: readonly (readonly [string, number, string])[] = [
    ['2027-03-05', 1, '2027-03-08'],
    ['2027-03-06', 0, '2027-03-08'],
    ['2027-03-08', 0, '2027-03-08'],
    ['2027-03-16', 1, '2027-03-18'],
    ['2027-03-08', -1, '2027-03-05'],
    ['2027-03-18', -1, '2027-03-16'],
  ];
  for (const [start, amount, end] of days) {
    it(`${amount} business days from ${start} are ${end}`, () => {
      expect(addBusinessDays(start, amount, DUBLIN)).to.equal(end);
    });
  }

  it('counts the days that it adds', () => {
    const day = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2029-01-01') });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 700 }), (start, amount) => {
        const from = addBusinessDays(isoDate(start), 0, DUBLIN);
        const to = addBusinessDays(from, amount, DUBLIN);
        expect(businessDaysBetween(from, to, DUBLIN)).to.equal(amount);
        expect(businessDaysBetween(to, from, DUBLIN)).to.equal(amount === 0 ? 0 : -amount);
      }),
    );
  });

  it('adds in parts what it adds at once', () => {
    const minutes = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const inParts = addBusinessMinutes(addBusinessMinutes(MONDAY_NINE, a, DUBLIN), b, DUBLIN);
        expect(inParts).to.equal(addBusinessMinutes(MONDAY_NINE, a + b, DUBLIN));
      }),
      { numRuns: 50 },
    );
  });

  it('is quick over long ranges and says when there is no end', () => {
    const started = performance.now();
    addBusinessHours(MONDAY_NINE, 500_000, DUBLIN);
    const closed: CalendarRules = { ...DUBLIN, hours: [] };
    expect(codeOf(() => addBusinessHours(MONDAY_NINE, 1, closed))).to.equal('arithmetic');
    expect(codeOf(() => addBusinessDays('2027-03-01', 1, closed))).to.equal('arithmetic');
    expect(codeOf(() => addBusinessHours(MONDAY_NINE, -1, DUBLIN))).to.equal('arithmetic');
    expect(businessDaysBetween('0001-01-01', '9999-12-31', DUBLIN)).to.be.greaterThan(2_600_000);
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});

describe('delays', () => {
  const zone = 'Europe/Dublin';
  const friday = at('2027-03-26T16:00:00Z');
  const cases = [
    [30, 'seconds', '2027-03-26T16:00:30.000Z'],
    [90, 'minutes', '2027-03-26T17:30:00.000Z'],
    [48, 'hours', '2027-03-28T16:00:00.000Z'],
    [2, 'days', '2027-03-28T15:00:00.000Z'],
    [1, 'weeks', '2027-04-02T15:00:00.000Z'],
    [1, 'months', '2027-04-26T15:00:00.000Z'],
    [3, 'business hours', '2027-03-29T10:00:00.000Z'],
    [1, 'business days', '2027-03-29T15:00:00.000Z'],
  ] as const;
  for (const [amount, unit, end] of cases) {
    it(`${amount} ${unit} across a change of the clocks`, () => {
      expect(iso(delayFrom(friday, { amount, unit }, zone, DUBLIN))).to.equal(end);
    });
  }

  it('refuses what no date can say', () => {
    expect(codeOf(() => delayFrom(friday, { amount: 1e12, unit: 'hours' }, zone, DUBLIN))).to.equal(
      'arithmetic',
    );
  });
});
