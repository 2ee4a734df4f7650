import type { ArtefactImpact, Problem, ProposalLook } from '../../../engine/index.ts';
import { isReleasable } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { FileChange } from '../texts/file-change.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';
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
  /** Why the visitor may not approve it, if so. */
  readonly whyNot?: string;
}

/** Makes the page of one proposal: what changes, what it would break, who approves it. */
export function proposalPage(
  { look, files, may, caseImpact, isLooking, whyNot }: ProposalModel,
  moment: ViewMoment,
): Page {
  const { proposal, judgement, counting } = look;
  const { number, title, why, author, approvals, ended, status, createdAt, release } = proposal;
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
      who: `${author.name} proposes it as release ${release}`,
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
      ...(judgement === undefined ? {} : judgementView(look, judgement)),
      ...(caseImpact === undefined ? {} : { caseImpact }),
      files,
    },
  };
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
  { route }: ProposalLook,
  judgement: NonNullable<ProposalLook['judgement']>,
): object {
  const { risk, reasons, broken, affected, forbidden } = judgement;
  const isOne = route.approvers === 1;
  const people = isOne ? 'One person' : `${route.approvers} people`;
  return {
    risk: {
      tag: risk === 'high' ? { text: 'High', tone: 'yellow' } : { text: 'Low', tone: 'green' },
      text: `${people} with the role "${route.role}" ${isOne ? 'approves' : 'approve'} it, and never its author.`,
      reasons,
    },
    nothingBreaks: isReleasable(judgement),
    broken: broken.map((one) => ({
      ...artefactView(one),
      problems: one.problems
        .filter(({ severity }) => severity === 'error')
        .map((problem) => ({ place: placeOf(problem, 'workflow.yaml'), message: problem.message })),
    })),
    affected: affected.map(artefactView),
    forbidden: forbidden.map(({ file, position, message, example }) => ({
      place: `${file}${position === undefined ? '' : `:${position.line}`}`,
      message,
      ...(example === undefined ? {} : { example: JSON.stringify(example) }),
    })),
  };
}

/** Something that uses what changes, and where. */
function artefactView({ kind, name, version, uses }: ArtefactImpact): object {
  const title = version === undefined ? `${name} (${kind})` : `${name} version ${version}`;
  return {
    title,
    ...(kind === 'workflow' ? { href: paths.workflow(name) } : {}),
    uses: uses.map(({ file, position, words, what }) => ({
      ...{ place: `${file}:${position.line}`, words, what },
    })),
  };
}

/** Where a problem stands: `workflow.yaml:12`. */
export function placeOf({ file, position }: Problem, otherwise: string): string {
  return `${file ?? otherwise}${position === undefined ? '' : `:${position.line}`}`;
}
