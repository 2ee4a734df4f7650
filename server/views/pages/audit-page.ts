import type { Checkpoint, GovernanceAct } from '../../../engine/index.ts';
import { NO_CHECKPOINT, checkpointFault, checkpointHash } from '../../../engine/index.ts';
import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showShortTime, showTime } from '../texts/moment.ts';

/** What acts are looked for by, as it was filled in; empty where it is not. */
export interface ActSearch {
  readonly kind: string;
  readonly actor: string;
  readonly about: string;
  /** The first and the last day, `2027-03-01`. */
  readonly since: string;
  readonly until: string;
}

/** Makes the page of the audit: governance acts as they were looked for, and the newest checkpoints. */
export function auditPage(
  model: {
    readonly acts: readonly GovernanceAct[];
    readonly search: ActSearch;
    /** In their order. */
    readonly checkpoints: readonly Checkpoint[];
    readonly nextHref?: string;
  },
  moment: ViewMoment,
): Page {
  const { acts, search, checkpoints, nextHref } = model;
  return {
    template: 'pages/audit',
    title: 'Audit',
    area: 'core',
    model: {
      tabs: itTabs('audit'),
      ...{ action: paths.audit, casesHref: paths.cases, ...search },
      ...{ verifyHref: paths.verifyHistory },
      filtered: Object.values(search).some((part) => part !== ''),
      ...(nextHref === undefined ? {} : { nextHref }),
      acts: acts.map((act) => ({
        seq: act.seq,
        kind: act.kind,
        text: wordsOf(act),
        actor: act.actor.name,
        at: showShortTime(act.at, moment),
        hash: act.hash,
      })),
      checkpoints: checkpointRows(checkpoints, moment),
    },
  };
}

/** The newest first; one whose forerunner is not given is left out, unless it is the very first. */
function checkpointRows(checkpoints: readonly Checkpoint[], moment: ViewMoment): readonly object[] {
  return checkpoints
    .flatMap((one, index) => {
      const before = checkpoints[index - 1];
      if (before === undefined && one.number !== 1) return [];
      const point =
        before === undefined
          ? NO_CHECKPOINT
          : { number: before.number, hash: checkpointHash(before) };
      const fault = checkpointFault(one, point, [one.key]);
      return {
        number: one.number,
        text: `${one.leaves} ${one.leaves === 1 ? 'case' : 'cases'}, up to governance act ${one.act.seq}`,
        tag: fault === undefined ? SIGNED : NOT_SIGNED,
        ...(fault === undefined ? {} : { fault }),
        at: showTime(one.at, moment),
        root: one.root,
        key: one.key,
      };
    })
    .reverse();
}

const SIGNED = { text: 'Signed', tone: 'green' };
const NOT_SIGNED = { text: 'Does not hold', tone: 'red' };

/** What an act names to be held against, and nobody reads. */
const NOT_FOR_PEOPLE = /digest|signature|previous/iu;

/** The single values that an act names. */
function wordsOf({ body }: GovernanceAct): string {
  return Object.entries(body)
    .flatMap(([name, value]) => {
      const isSingle = typeof value === 'string' || typeof value === 'number';
      return isSingle && !NOT_FOR_PEOPLE.test(name) ? [`${name}: ${value}`] : [];
    })
    .join(' · ');
}
