import type { PlaceInLine } from '../../../engine/index.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { asWords, countOf, ordinal } from '../texts/words.ts';

/** One queue in which a case has a place, and who else has. */
export interface QueueView {
  /** The state, and the limit that it has. */
  readonly title: string;
  /** Where the case stands. */
  readonly text: string;
  readonly since: TimeView;
  readonly tag: TagView;
  readonly others: readonly QueueMember[];
  /** How many there are beside those that are listed. */
  readonly more?: string;
}

/** Another case in a queue. */
export interface QueueMember {
  readonly reference: string;
  readonly admitted: boolean;
  readonly since: TimeView;
  /** Present where the visitor may see it. */
  readonly href?: string;
}

/**
 * Makes the view of one place of a case.
 *
 * @param state the title of its state
 * @param limit the name of the limit
 * @param more how many others there are that are not listed
 */
export function queueView(
  place: PlaceInLine,
  state: string,
  limit: string,
  others: readonly QueueMember[],
  more: number,
  moment: ViewMoment,
): QueueView {
  return {
    title: `${state}: “${asWords(limit)}”, ${place.most} at most`,
    text: placeText(place),
    since: showTime(place.since, moment),
    tag: place.admitted ? { text: 'Admitted', tone: 'green' } : { text: 'Queued', tone: 'yellow' },
    others,
    ...(more > 0 ? { more: `and ${countOf(more, 'more', 'more')}` } : {}),
  };
}

/** Says where a place stands: `2nd in line`. */
export function placeText({ admitted, ahead }: Pick<PlaceInLine, 'admitted' | 'ahead'>): string {
  return admitted ? 'It has a place' : `${ordinal(ahead + 1)} in line`;
}
