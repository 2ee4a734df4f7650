import type { CalendarRules } from '../../kernel/values/calendar.ts';
import type { Fault } from './fault.ts';
import type { CalendarSettings } from './settings.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One line of `hours`: the days it holds for and one stretch of time. */
interface Stretch {
  /** As written: `mon-fri`. */
  readonly days: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

/** Works out a calendar whose faults were looked for; `holidays` are sorted ISO dates. */
export function calendarRules(
  calendar: CalendarSettings,
  holidays: readonly string[],
): CalendarRules {
  const hours = stretchesOf(calendar).map(({ weekday, from, to }) => ({ weekday, from, to }));
  return { timeZone: calendar.timeZone, hours, holidays };
}

/** Tells the hours of a calendar that end before they begin, or that overlap. */
export function hoursFaults(name: string, calendar: CalendarSettings): readonly Fault[] {
  const stretches = stretchesOf(calendar);
  const overlapping = stretches.filter((stretch, index) => {
    const before = stretches[index - 1];
    return before?.weekday === stretch.weekday && before.to > stretch.from;
  });
  const said = (wrong: readonly Stretch[], message: string): readonly Fault[] =>
    [...new Set(wrong.map(({ days }) => days))].map((days) => ({
      code: 'hours',
      path: ['calendars', name, 'hours', days],
      message: `"${days}" ${message}`,
    }));
  return [
    ...said(
      stretches.filter(({ from, to }) => from >= to),
      'must end later than it begins.',
    ),
    ...said(overlapping, 'overlaps other hours of the same day.'),
  ];
}

/** All stretches by weekday and time. */
function stretchesOf({ hours }: CalendarSettings): readonly Stretch[] {
  return Object.entries(hours)
    .flatMap(([days, times]) =>
      weekdaysOf(days).flatMap((weekday) =>
        [times].flat().map((time) => ({ days, weekday, ...minutesOf(time) })),
      ),
    )
    .sort((a, b) => a.weekday - b.weekday || a.from - b.from);
}

/** `sat-mon` goes over the end of the week. */
function weekdaysOf(days: string): readonly number[] {
  const [first = '', last = first] = days.split('-');
  const begin = DAYS.findIndex((day) => day === first);
  const end = DAYS.findIndex((day) => day === last);
  const length = ((end - begin + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length }, (_, index) => ((begin + index) % DAYS.length) + 1);
}

function minutesOf(time: string): { readonly from: number; readonly to: number } {
  const [from = 0, to = 0] = time.split('-').map((clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { from, to };
}
