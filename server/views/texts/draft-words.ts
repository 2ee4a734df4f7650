import { openTiers } from '../../../engine/index.ts';
import type { DraftRow } from '../../../engine/index.ts';
import type { DraftItem } from '../pages/review-page.ts';
import { paths } from '../paths.ts';
import { showTime } from './moment.ts';
import type { ViewMoment } from './moment.ts';
import { TIER_WORDS } from './review-words.ts';
import type { TagView } from './tag.ts';

/** Says how far a draft has come. */
export function draftTag({ status }: Pick<DraftRow, 'status'>): TagView {
  return TAGS[status];
}

const TAGS: Readonly<Record<DraftRow['status'], TagView>> = {
  draft: { text: 'Being written', tone: 'grey' },
  'in-review': { text: 'Under review', tone: 'blue' },
  published: { text: 'Published', tone: 'green' },
  rejected: { text: 'Rejected', tone: 'red' },
  withdrawn: { text: 'Withdrawn', tone: 'grey' },
};

/** Makes one line of a list of drafts. */
export function draftItem(row: DraftRow, moment: ViewMoment): DraftItem {
  const waits = row.status === 'in-review' ? openTiers(row).map((tier) => TIER_WORDS[tier]) : [];
  const became = row.version === undefined ? '' : `, version ${row.version}`;
  const what = waits.length === 0 ? became : `, waits for ${waits.join(' and ')}`;
  return {
    title: row.workflow,
    href: paths.review(row.id),
    text: `by ${row.author.name}${what}`,
    tag: draftTag(row),
    changed: showTime(row.changedAt, moment),
  };
}
