import type { TimeView, ViewMoment } from './moment.ts';
import { showTime } from './moment.ts';
import type { TagView } from './tag.ts';
import { countOf } from './words.ts';

/** When something must be done, from where one stands. */
export interface DueView {
  readonly tag: TagView;
  readonly exact: TimeView;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long before its time something is shown as urgent, in milliseconds. */
const URGENT = 4 * HOUR;

/**
 * Says how long there is left: `Due in 3 hours`, or how long it is over: `2 days late`.
 *
 * @param word what comes (Default: Due)
 */
export function dueView(due: number, moment: ViewMoment, word = 'Due'): DueView {
  const left = due - moment.now;
  const exact = showTime(due, moment);
  if (left < 0) return { tag: { text: `${spanOf(-left)} late`, tone: 'red' }, exact };
  const tone = left < URGENT ? 'yellow' : 'grey';
  return { tag: { text: `${word} in ${spanOf(left)}`, tone }, exact };
}

/** A span in its largest sensible unit, rounded down: `5 minutes`, `47 hours`, `2 days`. */
function spanOf(span: number): string {
  if (span < MINUTE) return 'a minute';
  if (span < HOUR) return countOf(Math.floor(span / MINUTE), 'minute');
  if (span < 2 * DAY) return countOf(Math.floor(span / HOUR), 'hour');
  return countOf(Math.floor(span / DAY), 'day');
}
