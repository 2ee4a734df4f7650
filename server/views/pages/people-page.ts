import type { User } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { asWords } from '../texts/words.ts';

/** Somebody who signs in, or did. */
export interface PersonItem {
  readonly name: string;
  readonly text: string;
  readonly tag?: TagView;
  /** Where it is said that they have left, or are back. */
  readonly href: string;
  readonly label: string;
}

/** Makes one line of the list of people. */
export function personItem(user: User, moment: ViewMoment): PersonItem {
  const { id, name, email, roles, away, leftAt } = user;
  const text = [email, ...roles.map((role) => asWords(role).toLowerCase())].join(' · ');
  if (leftAt !== undefined) {
    return {
      name,
      text: `${email} · left on ${showTime(leftAt, moment).text}`,
      tag: { text: 'Has left', tone: 'grey' },
      href: paths.personReturns(id),
      label: 'Works here again',
    };
  }
  const leaves = { name, href: paths.personLeaves(id), label: 'Has left' };
  if (away === undefined) return { ...leaves, text };
  const days = `away from ${away.from} to ${away.until}`;
  return { ...leaves, text: `${text} · ${days}`, tag: { text: 'Out of office', tone: 'yellow' } };
}

/** Makes the list of everybody who signs in. */
export function peoplePage(people: readonly PersonItem[]): Page {
  return { template: 'pages/people', title: 'People', area: 'people', model: { people } };
}
