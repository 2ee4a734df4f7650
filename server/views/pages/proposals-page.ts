import type { Proposal } from '../../../engine/index.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showShortTime } from '../texts/moment.ts';
import { proposalTag } from '../texts/proposal-words.ts';

/** Makes the list of proposals. */
export function proposalsPage(
  model: {
    readonly proposals: readonly Proposal[];
    readonly mayPropose: boolean;
    readonly notice?: string;
    readonly nextHref?: string;
  },
  moment: ViewMoment,
): Page {
  const { proposals, mayPropose, notice, nextHref } = model;
  return {
    template: 'pages/proposals',
    title: 'Proposals',
    area: 'core',
    model: {
      tabs: itTabs('proposals'),
      ...(notice === undefined ? {} : { notice }),
      ...(nextHref === undefined ? {} : { nextHref }),
      ...(mayPropose ? { newHref: paths.newProposal } : {}),
      proposals: proposals.map((one) => ({
        number: one.number,
        title: one.title,
        href: paths.proposal(one.number),
        text: `${one.author.name}: ${one.why}`,
        release: `Release ${one.release}`,
        tag: proposalTag(one),
        changed: showShortTime(one.changedAt, moment),
      })),
    },
  };
}
