import type { ArtefactImpact, LeftBehind, Problem, ProposalLook } from '../../../engine/index.ts';
import { UPGRADE_FILE, isReleasable } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import type { FileChange } from '../texts/file-change.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showDay, showTime } from '../texts/moment.ts';
import { countOf } from '../texts/words.ts';
import { proposalTag, whatIsMissing } from '../texts/proposal-words.ts';

export interface ProposalModel {
  readonly look: ProposalLook;
  readonly files: readonly FileChange[];
  /** What the visitor may do with it. */
  readonly may: { readonly approve: boolean; readonly change: boolean; readonly end: boolean };
  /** What it would do to running cases: what `parts/case-impact` reads. */
  readonly caseImpact?: object;
  /** It is not known yet. */
  readonly isLooking: boolean;
  /** What it has left to the owners of workflows, once it is released. */
  readonly left?: LeftBehind;
  /** Why the visitor may not approve it, if so. */
  readonly whyNot?: string;
}

/** Makes the page of one proposal: what changes, what it would break, who approves it. */
export function proposalPage(
  { look, files, may, caseImpact, isLooking, left, whyNot }: ProposalModel,
  moment: ViewMoment,
): Page {
  const { proposal, judgement, counting } = look;
  const { number, title, why, approvals, ended, status, createdAt } = proposal;
  const heading = `${number}. ${title}`;
  const missing = whatIsMissing(look);
  return {
    template: 'pages/proposal',
    title: heading,
    area: 'core',
    ...(isLooking ? { refresh: 2 } : {}),
    model: {
      proposalsHref: paths.proposals,
      heading,
      why,
      tag: proposalTag(proposal),
      who: whoProposes(proposal),
      since: showTime(createdAt, moment),
      ...(missing === '' ? {} : { missing }),
      ...(ended === undefined
        ? {}
        : { ended: { text: `${ended.name} has ${status} it: ${ended.why}` } }),
      actions: actionsOf(look, may),
      ...(whyNot === undefined || status !== 'open' || may.change ? {} : { notMine: whyNot }),
      approvals: approvals.map((approval) => ({
        name: approval.name,
        at: showTime(approval.at, moment),
        counts: status !== 'open' || counting.includes(approval),
      })),
      ...(judgement === undefined
        ? {}
        : judgementView(look, judgement, may.change && status === 'open')),
      ...(left === undefined || left.workflows.length === 0 ? {} : { left: leftView(left) }),
      ...(caseImpact === undefined ? {} : { caseImpact }),
      files,
    },
  };
}

function whoProposes({ author, broughtBy, release }: ProposalLook['proposal']): string {
  const words = `${author.name} proposes it as release ${release}`;
  return broughtBy === undefined ? words : `${words}; ${broughtBy.name} has brought it here`;
}

function actionsOf(
  { proposal: { number, status }, judgement, isOutdated }: ProposalLook,
  may: ProposalModel['may'],
): readonly object[] {
  if (status !== 'open') return [];
  const canBeReleased = judgement !== undefined && isReleasable(judgement);
  return [
    ...(may.approve && canBeReleased
      ? [{ href: paths.approveProposal(number), label: 'Approve' }]
      : []),
    ...(may.change
      ? [
          {
            href: paths.amendProposal(number),
            label: isOutdated ? 'Bring it up to date' : 'Change it',
            quiet: true,
          },
        ]
      : []),
    ...(may.end
      ? [
          {
            href: paths.endProposal(number),
            label: may.change ? 'Withdraw' : 'Reject',
            quiet: true,
          },
        ]
      : []),
  ];
}

function judgementView(
  { proposal: { number }, route }: ProposalLook,
  judgement: NonNullable<ProposalLook['judgement']>,
  mayChange: boolean,
): object {
  const { risk, reasons, broken, behind, until, affected, forbidden } = judgement;
  const isOne = route.approvers === 1;
  const people = isOne ? 'One person' : `${route.approvers} people`;
  return {
    risk: {
      tag: risk === 'high' ? { text: 'High', tone: 'yellow' } : { text: 'Low', tone: 'green' },
      text: `${people} with the role "${route.role}" ${isOne ? 'approves' : 'approve'} it, and never its author.`,
      reasons,
    },
    nothingBreaks: isReleasable(judgement) && behind.length === 0,
    broken: broken.map((one) => brokenView(number, one, judgement)),
    ...(behind.length === 0 || until === undefined
      ? {}
      : {
          behind: {
            until: showDay(until),
            workflows: behind.map((one) => brokenView(number, one, judgement)),
          },
        }),
    ...(mayChange && broken.length + forbidden.length > 0
      ? { waysHref: withQuery(paths.amendProposal(number), { file: UPGRADE_FILE }) }
      : {}),
    affected: affected.map((one) => artefactView(one, number)),
    forbidden: forbidden.map(({ file, position, message, example }) => ({
      place: `${file}${position === undefined ? '' : `:${position.line}`}`,
      message,
      ...(example === undefined ? {} : { example: JSON.stringify(example) }),
    })),
  };
}

/** What does not pass its check any more, why, and whether its edit is made. */
function brokenView(
  number: number,
  impact: ArtefactImpact,
  { ready }: NonNullable<ProposalLook['judgement']>,
): object {
  const edit = ready.find(({ name }) => name === impact.name);
  const left = edit?.problems.length ?? 0;
  return {
    ...artefactView(impact, number),
    problems: impact.problems
      .filter(({ severity }) => severity === 'error')
      .map((problem) => ({ place: placeOf(problem, 'workflow.yaml'), message: problem.message })),
    ...(edit === undefined
      ? {}
      : {
          edit: {
            href: paths.proposedEdit(number, impact.name),
            text:
              left === 0
                ? 'The edit that mends it is made, and passes its check'
                : `An edit is made; its check still finds ${countOf(left, 'error')}`,
          },
        }),
  };
}

/** What a release has left to the owners of workflows. */
function leftView({ until, workflows }: LeftBehind): object {
  const done = workflows.filter(({ isDone }) => isDone).length;
  return {
    text: `${done} of ${countOf(workflows.length, 'workflow')} ${workflows.length === 1 ? 'has' : 'have'} been published on it.`,
    ...(until === undefined ? {} : { until: showDay(until) }),
    workflows: workflows.map(({ workflow, on, isDone }) => ({
      name: workflow,
      href: isDone ? paths.workflow(workflow) : paths.upgrade(workflow),
      tag: isDone ? { text: 'Done', tone: 'green' } : { text: `On release ${on}`, tone: 'yellow' },
    })),
  };
}

/** Something that uses what changes, and where. */
function artefactView({ kind, name, version, uses }: ArtefactImpact, number: number): object {
  const title = version === undefined ? `${name} (${kind})` : `${name} version ${version}`;
  return {
    title,
    ...(kind === 'workflow'
      ? { href: paths.workflow(name), drawnHref: paths.impactDrawn(number, name) }
      : {}),
    uses: uses.map(({ file, position, words, what }) => ({
      ...{ place: `${file}:${position.line}`, words, what },
    })),
  };
}

/** Where a problem stands: `workflow.yaml:12`. */
export function placeOf({ file, position }: Problem, otherwise: string): string {
  return `${file ?? otherwise}${position === undefined ? '' : `:${position.line}`}`;
}
