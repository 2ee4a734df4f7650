/**
 * A workflow of timers and of a schedule, for clocks that are set; and when its timers are due, told
 * a second time: by what the clocks on the wall show.
 */
import { ZONE } from '../workspace.ts';

const HOUR = 3_600_000;
/** How long after its beginning a case has its deadline, in milliseconds. */
export const DEADLINE = 70 * HOUR;

export const DAYS = `workflow: days
title: Days
team: depot
core: 1
data:
  deadline: { kind: date-time, title: Deadline }
  told: { kind: text, maxLength: 40, title: What was told last }
start:
  ordered: { api: [deadline] }
  nightly: { schedule: '30 2 * * *', set: { deadline: now } }
states:
  open:
    after:
      - { in: 1 days, set: { told: '"a day"' } }
      - { in: 24 hours, set: { told: '"24 hours"' } }
      - { every: 1 days, atMost: 2, set: { told: '"a day again"' } }
      - { at: deadline, set: { told: '"the deadline"' } }
    on: { close: { by: api, to: over } }
  over: { final: over }
`;

/** When the timers of a case are due that began then. */
export function duesOf(begun: number, deadline: number): readonly number[] {
  const [tomorrow, dayAfter] = [daysLater(begun, 1), daysLater(begun, 2)];
  return [tomorrow, begun + 24 * HOUR, tomorrow, dayAfter, deadline];
}

/** The same time of day so many days later; later by the gap where clocks leave it out. */
function daysLater(at: number, days: number): number {
  const even = at + days * 24 * HOUR;
  const same = even + aheadOfGreenwich(at) - aheadOfGreenwich(even);
  return aheadOfGreenwich(same) === aheadOfGreenwich(even) ? same : even;
}

const CLOCK = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' });

/** Milliseconds by which the clocks of the company are ahead. */
function aheadOfGreenwich(at: number): number {
  const name = CLOCK.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return Number(/GMT\+0(\d):00/u.exec(name)?.[1]) * HOUR;
}

/** A time around which clocks are set. */
export interface Season {
  /** When the first cases begin. */
  readonly from: number;
  /** When the schedule is due. */
  readonly nights: readonly number[];
}

const season = (from: string, ...nights: readonly string[]): Season => ({
  from: Date.parse(from),
  nights: nights.map((night) => Date.parse(night)),
});

export const SEASONS = {
  'leap day': season(
    ...(['2028-02-28T23:59:50Z', '2028-02-29T01:30Z', '2028-03-01T01:30Z'] as const),
    ...['2028-03-02T01:30Z', '2028-03-03T01:30Z'],
  ),
  // Clocks go forward on the 26th: half past two is left out, and the gap ends at 01:00Z.
  spring: season(
    ...(['2028-03-24T23:59:50Z', '2028-03-25T01:30Z', '2028-03-26T01:00Z'] as const),
    ...['2028-03-27T00:30Z', '2028-03-28T00:30Z'],
  ),
  // Clocks go back on the 29th: half past two comes twice, and counts the first time.
  autumn: season(
    ...(['2028-10-27T22:59:50Z', '2028-10-28T00:30Z', '2028-10-29T00:30Z'] as const),
    ...['2028-10-30T01:30Z', '2028-10-31T01:30Z'],
  ),
} as const;
