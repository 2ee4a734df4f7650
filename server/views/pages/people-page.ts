import type { User } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import type { TagView } from '../texts/tag.ts';
import { rolesText } from '../texts/words.ts';

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
  const text = `${email} · ${rolesText(roles)}`;
  if (leftAt !== undefined) {
    const tag: TagView = { text: `Left on ${showTime(leftAt, moment).text}`, tone: 'grey' };
    return { name, text, tag, href: paths.personReturns(id), label: 'Works here again' };
  }
  const isAway = away === undefined ? {} : ({ tag: awayTag(away) } as const);
  return { name, text, ...isAway, href: paths.personLeaves(id), label: 'Has left' };
}

function awayTag({ from, until }: NonNullable<User['away']>): TagView {
  return { text: `Away from ${from} to ${until}`, tone: 'yellow' };
}

/** Makes the list of everybody who signs in. */
export function peoplePage(people: readonly PersonItem[]): Page {
  return { template: 'pages/people', title: 'People', area: 'people', model: { people } };
}
