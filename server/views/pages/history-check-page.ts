import type { AuditFinding } from '../../../engine/index.ts';
import type { HistoryCheck } from '../../desk/history-checks.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
import { countOf } from '../texts/words.ts';

/** After how many seconds the page is shown anew while the history is looked through. */
const REFRESH = 2;

/** Makes the page on which the history is verified: how far it is, and what does not hold. */
export function historyCheckPage(check: HistoryCheck, moment: ViewMoment): Page {
  const isLooking = check.kind === 'looking';
  return {
    template: 'pages/history-check',
    ...(isLooking ? { refresh: REFRESH } : {}),
    title: 'Verify the history',
    area: 'core',
    model: {
      tabs: itTabs('audit'),
      ...{ auditHref: paths.audit, action: paths.verifyHistory, isLooking },
      ...(check.kind === 'none' ? { button: 'Verify the history' } : { button: 'Verify it again' }),
      ...(check.kind === 'none' ? {} : { by: check.by, since: showTime(check.since, moment) }),
      ...stateOf(check, moment),
    },
  };
}

function stateOf(check: HistoryCheck, moment: ViewMoment): object {
  switch (check.kind) {
    case 'none':
      return {};
    case 'looking':
      return { progress: seen(check) };
    case 'failed':
      return { problem: check.message };
    case 'over': {
      const { summary, found, notHolding, anchored } = check;
      const { acts, checkpoints, unstated, newest } = summary;
      const rest = notHolding - found.length;
      return {
        tag:
          notHolding === 0
            ? { text: 'Everything holds', tone: 'green' }
            : { text: `${notHolding.toLocaleString('en-IE')} not as written`, tone: 'red' },
        looked: `${seen(summary)}, ${countOf(acts, 'governance act')}, ${countOf(checkpoints, 'checkpoint')}${anchored ? ', and the anchor file' : ''}`,
        found: found.map(findingOf),
        ...(rest > 0 ? { more: `${rest.toLocaleString('en-IE')} more are not shown.` } : {}),
        ...(newest === undefined
          ? {}
          : {
              covers: showTime(newest.covers, moment),
              ...(unstated > 0 ? { unstated: countOf(unstated, 'entry', 'entries') } : {}),
            }),
      };
    }
  }
}

function seen({ cases, entries }: { readonly cases: number; readonly entries: number }): string {
  return `${countOf(cases, 'case')} with ${countOf(entries, 'entry', 'entries')}`;
}

/** Cases that are not there have no page. */
const NOT_THERE: ReadonlySet<string> = new Set(['missing', 'stray']);

function findingOf({ of, name, caseId, seq, kind, message }: AuditFinding): object {
  const hasPage = caseId !== undefined && !NOT_THERE.has(kind);
  return {
    title: of === 'case' ? `${name}, entry ${seq}` : `${TITLES[of]} ${seq}`,
    ...(hasPage ? { href: paths.case(caseId) } : {}),
    text: message,
    tag: { text: kind, tone: 'red' },
  };
}

const TITLES = {
  act: 'Governance act',
  checkpoint: 'Checkpoint',
  anchor: 'Line of the anchor file',
} as const;
