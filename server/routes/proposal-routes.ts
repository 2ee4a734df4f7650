import { authorize } from '../../engine/index.ts';
import type { CasesImpact, ProposalLook } from '../../engine/index.ts';
import type { CaseImpact } from '../desk/case-impacts.ts';
import { proposalPage } from '../views/pages/proposal-page.ts';
import { proposalsPage } from '../views/pages/proposals-page.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { caseImpactView } from '../views/texts/case-impact.ts';
import { fileChange } from '../views/texts/file-change.ts';
import { namesOf } from '../views/texts/names.ts';
import type { Names } from '../views/texts/names.ts';
import { personOf } from './key-routes.ts';
import { enteredWrong, numberOf, passphraseField } from './proposal-fields.ts';
import { proposeRoutes } from './propose-routes.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

const PAGE = 25;

/** Changes of the core that are proposed: the list, each with what it would break, and its approval. */
export function proposalRoutes(site: Site): readonly Route[] {
  const load = ({ parameters }: RouteRequest<undefined>): Promise<ProposalLook> =>
    site.host.proposals.look(numberOf(parameters['number'] ?? ''));
  const approve = {
    path: '/it/proposals/:number/approve',
    action: 'proposal.approve',
    load,
    subject: ({ proposal, route: way, counting }: ProposalLook) => ({
      ...{ proposal, route: way, counting },
    }),
  } as const;
  const end = {
    path: '/it/proposals/:number/end',
    action: 'proposal.make',
    load,
    subject: () => ({}),
  } as const;
  return [
    route({
      ...{ method: 'get', path: paths.proposals, action: 'core.see', ...nothing },
      handle: (request) => list(site, request),
    }),
    ...proposeRoutes(site),
    route({
      ...{ method: 'get', path: '/it/proposals/:number', action: 'core.see', load },
      subject: () => ({}),
      handle: (request) => showProposal(site, request),
    }),
    route({
      ...approve,
      method: 'get',
      handle: (request) => Promise.resolve(askApproval(site, request)),
    }),
    route({ ...approve, method: 'post', handle: (request) => approveIt(site, request) }),
    route({
      ...end,
      method: 'get',
      handle: (request) => Promise.resolve(askEnd(site, request, '')),
    }),
    route({ ...end, method: 'post', handle: (request) => endIt(site, request) }),
  ];
}

async function list(site: Site, { visitor, query }: RouteRequest<undefined>): Promise<Reply> {
  const before = query['before'] === undefined ? undefined : numberOf(query['before']);
  const found = await site.host.store.governance.proposals(before, PAGE + 1);
  const proposals = found.slice(0, PAGE);
  const last = proposals.at(-1);
  const page = proposalsPage(
    {
      proposals,
      mayPropose: authorize(visitor.actor, 'proposal.make', {}).allowed,
      ...(found.length > PAGE && last !== undefined
        ? { nextHref: withQuery(paths.proposals, { before: String(last.number) }) }
        : {}),
    },
    viewMoment(site),
  );
  return show(site, visitor, page);
}

async function showProposal(
  site: Site,
  { subject: look, visitor }: RouteRequest<ProposalLook>,
): Promise<Reply> {
  const { proposal, route: way, counting } = look;
  const base = await site.host.store.registry.release(proposal.base);
  const files = Object.entries(proposal.files).map(([path, text]) =>
    fileChange(path, base?.files[path] ?? null, text),
  );
  const { actor } = visitor;
  const decision = authorize(actor, 'proposal.approve', { proposal, route: way, counting });
  const mayMake = authorize(actor, 'proposal.make', {}).allowed;
  const isOwn = visitor.user !== undefined && site.host.proposals.isOwn(proposal, visitor.user);
  const impact = isSound(look) ? site.caseImpacts.of(look) : undefined;
  const caseImpact = impact === undefined ? {} : { caseImpact: await impactView(site, impact) };
  const page = proposalPage(
    {
      look,
      files,
      ...caseImpact,
      isLooking: impact?.kind === 'looking',
      ...(proposal.status === 'released'
        ? { left: await site.host.upgrades.leftBy(proposal) }
        : {}),
      may: { approve: decision.allowed, change: mayMake && isOwn, end: mayMake },
      ...(decision.allowed ? {} : { whyNot: decision.reason }),
    },
    viewMoment(site),
  );
  return show(site, visitor, page);
}

/** Tells whether a proposal is open, and its files have the right form. */
function isSound({ proposal, judgement }: ProposalLook): boolean {
  const isRight = judgement?.problems.every(({ severity }) => severity !== 'error') ?? false;
  return proposal.status === 'open' && isRight;
}

async function impactView({ host }: Site, impact: CaseImpact): Promise<object> {
  const versions = impact.kind === 'found' ? impact.cases : [];
  const names = new Map<CasesImpact, Names>();
  for (const one of versions) {
    const { compiled } = await host.catalogue.version(one.workflow, one.version);
    names.set(one, namesOf(compiled.workflow));
  }
  return caseImpactView(impact, (version, state) => names.get(version)?.state(state) ?? state);
}

function askApproval(
  site: Site,
  { subject: look, visitor }: RouteRequest<ProposalLook>,
  error?: string,
): Reply {
  const { proposal, route: way, counting, judgement } = look;
  const behind = judgement?.behind ?? [];
  const isLast = counting.length + 1 >= way.approvers;
  const page = changePage({
    area: 'core',
    backHref: paths.proposal(proposal.number),
    backText: `Proposal ${proposal.number}`,
    heading: `Approve: ${proposal.title}`,
    lead: `You sign that you have looked at what changes, and that it may become release ${proposal.release}.`,
    consequences: isLast
      ? [
          `Release ${proposal.release} comes into force at once, on every host.`,
          behind.length === 0
            ? 'Every workflow is published on it anew; new cases begin on it.'
            : `Every workflow is published on it anew, and new cases begin on it, but for ${behind.map(({ name }) => name).join(', ')}: their owners publish them.`,
          'Cases that run stay on the release that they began with.',
        ]
      : [`${way.approvers - counting.length - 1} more have to approve it after you.`],
    action: paths.approveProposal(proposal.number),
    hidden: [{ name: 'digest', value: proposal.digest }],
    fields: [passphraseField(error)],
    button: isLast ? 'Approve and release' : 'Approve',
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function approveIt(site: Site, request: RouteRequest<ProposalLook>): Promise<Reply> {
  const fields = new Map(request.fields);
  const { number } = request.subject.proposal;
  try {
    await site.host.proposals.approve(number, personOf(request), {
      digest: fields.get('digest') ?? '',
      passphrase: fields.get('passphrase') ?? '',
    });
  } catch (error) {
    return askApproval(site, request, enteredWrong(error, ['wrong-passphrase', 'no-approval-key']));
  }
  return redirect(paths.proposal(number));
}

function askEnd(
  site: Site,
  { subject: { proposal }, visitor }: RouteRequest<ProposalLook>,
  reason: string,
  error?: string,
): Reply {
  const isOwn = visitor.user !== undefined && site.host.proposals.isOwn(proposal, visitor.user);
  const page = changePage({
    area: 'core',
    backHref: paths.proposal(proposal.number),
    backText: `Proposal ${proposal.number}`,
    heading: `${isOwn ? 'Withdraw' : 'Reject'}: ${proposal.title}`,
    lead: 'Nothing of it comes into force.',
    consequences: ['It can be proposed anew, as another proposal.'],
    action: paths.endProposal(proposal.number),
    fields: [reasonField(reason, error)],
    button: isOwn ? 'Withdraw it' : 'Reject it',
    warning: true,
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function endIt(site: Site, request: RouteRequest<ProposalLook>): Promise<Reply> {
  const reason = new Map(request.fields).get('reason') ?? '';
  const { number } = request.subject.proposal;
  try {
    await site.host.proposals.end(number, personOf(request), reason);
  } catch (error) {
    return askEnd(site, request, reason, enteredWrong(error, ['no-reason']));
  }
  return redirect(paths.proposal(number));
}
