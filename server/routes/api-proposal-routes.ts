import { TrellisError, isGoverned } from '../../engine/index.ts';
import type { JsonObject, Proposal, ProposalLook } from '../../engine/index.ts';
import { personRoute, textIn } from './api-person.ts';
import { bodyOf, objectIn } from './api-request.ts';
import { personOf } from './key-routes.ts';
import { numberOf } from './proposal-fields.ts';
import { changeWith } from './proposed-files.ts';
import type { ProposedFiles } from './proposed-files.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing } from './route.ts';
import type { Site } from './site.ts';

/** The proposals that one answer has. */
const PAGE = 25;

/** Proposing a change of the core, looking at it and deciding about it, for people with a token. */
export function apiProposalRoutes(site: Site): readonly Route[] {
  const { proposals } = site.host;
  const load = ({ parameters }: RouteRequest<undefined>): Promise<ProposalLook> =>
    proposals.look(numberOf(parameters['number'] ?? ''));
  const makes = { method: 'post', action: 'proposal.make' } as const;
  return [
    personRoute(site, {
      ...{ method: 'post', path: '/api/core/impact', action: 'core.see', ...nothing },
      handle: async (request) =>
        proposals.tryOut(await changeIn(site, bodyOf(request, ['change']), {})),
    }),
    personRoute(site, {
      ...{ method: 'get', path: '/api/core/proposals', action: 'core.see', ...nothing },
      handle: (request) => list(site, request),
    }),
    personRoute(site, {
      ...{ ...makes, path: '/api/core/proposals', ...nothing, status: 201 },
      handle: (request) => propose(site, request),
    }),
    personRoute(site, {
      ...{ method: 'get', path: '/api/core/proposals/:number', action: 'core.see', load },
      subject: () => ({}),
      handle: ({ subject }) => Promise.resolve(subject),
    }),
    personRoute(site, {
      ...{ ...makes, path: '/api/core/proposals/:number/change', load },
      subject: () => ({}),
      handle: (request) => amend(site, request),
    }),
    personRoute(site, {
      ...{ method: 'post', path: '/api/core/proposals/:number/approve', load },
      action: 'proposal.approve',
      subject: ({ proposal, route, counting }) => ({ proposal, route, counting }),
      handle: (request) => approve(site, request),
    }),
    personRoute(site, {
      ...{ ...makes, path: '/api/core/proposals/:number/end', load },
      subject: () => ({}),
      handle: async (request) => {
        const why = textIn(bodyOf(request, ['why']), 'why');
        const { number } = request.subject.proposal;
        return stepOf(await proposals.end(number, personOf(request), why));
      },
    }),
  ];
}

async function list({ host }: Site, { query }: RouteRequest<undefined>): Promise<object> {
  const before = query['before'] === undefined ? undefined : numberOf(query['before']);
  const found = await host.store.governance.proposals(before, PAGE + 1);
  const rows = found.slice(0, PAGE).map(({ files, ...row }) => {
    return { ...row, files: Object.keys(files) };
  });
  return { proposals: rows, ...(found.length > PAGE ? { before: rows.at(-1)?.number } : {}) };
}

async function propose(site: Site, request: RouteRequest<undefined>): Promise<object> {
  const body = bodyOf(request, ['title', 'why', 'base', 'change', 'passphrase']);
  const text = (key: string): string => textIn(body, key);
  const proposal = await site.host.proposals.propose(personOf(request), {
    ...{ title: text('title'), why: text('why'), base: text('base') },
    ...{ passphrase: text('passphrase'), change: await changeIn(site, body, {}) },
  });
  return stepOf(proposal);
}

/** The files of `change` are added to those of the proposal, or stand in for them. */
async function amend(site: Site, request: RouteRequest<ProposalLook>): Promise<object> {
  const body = bodyOf(request, ['title', 'why', 'change', 'passphrase']);
  const text = (key: string): string => textIn(body, key);
  const { number, files } = request.subject.proposal;
  const proposal = await site.host.proposals.amend(number, personOf(request), {
    ...{ title: text('title'), why: text('why'), passphrase: text('passphrase') },
    change: await changeIn(site, body, files),
  });
  return stepOf(proposal);
}

async function approve(site: Site, request: RouteRequest<ProposalLook>): Promise<object> {
  const body = bodyOf(request, ['digest', 'passphrase']);
  const given = { digest: textIn(body, 'digest'), passphrase: textIn(body, 'passphrase') };
  const { number } = request.subject.proposal;
  return stepOf(await site.host.proposals.approve(number, personOf(request), given));
}

/** Where a proposal stands; what an approver needs of it besides is answered by looking at it. */
function stepOf({ number, status, release, digest }: Proposal): object {
  return { number, status, release, digest };
}

/**
 * The change that a body asks for on top of one that was made before, without what is as it stands anyway.
 * @throws `TrellisError` with code `bad-request` or `no-release`.
 */
async function changeIn(
  { host }: Site,
  body: JsonObject,
  earlier: ProposedFiles,
): Promise<ProposedFiles> {
  const change = objectIn(body, 'change');
  for (const [path, text] of Object.entries(change)) {
    if (!isGoverned(path)) throw notOfCore(path);
    if (text !== null && typeof text !== 'string') {
      throw new TrellisError(
        'bad-request',
        `"change" gives each file its whole text, or null to take it away; "${path}" has neither.`,
      );
    }
  }
  const base = await host.store.registry.newestRelease();
  if (base === undefined) throw new TrellisError('no-release', 'There is no release yet.');
  return changeWith(earlier, change as ProposedFiles, base);
}

function notOfCore(path: string): TrellisError {
  return new TrellisError(
    'bad-request',
    `"${path}" is no file of the core. There may be core.yaml, policies.yaml, upgrade.yaml, types/NAME.yaml, connectors/NAME/connector.yaml, processes/NAME.yaml and reference/NAME.csv.`,
  );
}
