import { TrellisError, isGoverned } from '../../engine/index.ts';
import type { CoreRelease, Problem, ProposalLook } from '../../engine/index.ts';
import { changePage } from '../views/pages/change-page.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { placeOf } from '../views/pages/proposal-page.ts';
import { paths } from '../views/paths.ts';
import { personOf } from './key-routes.ts';
import { numberOf, passphraseField } from './proposal-fields.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

/** What somebody has entered of a change. */
interface Entered {
  readonly file: string;
  readonly content: string;
  readonly title: string;
  readonly why: string;
}

/** What is wrong with it, by field. */
type Wrong = Readonly<Partial<Record<'file' | 'content' | 'title' | 'why' | 'passphrase', string>>>;

/** Where each refusal is shown; another is a page of its own. */
const PLACES: Readonly<Record<string, keyof Wrong>> = {
  'wrong-passphrase': 'passphrase',
  'no-approval-key': 'passphrase',
  'nothing-changed': 'content',
  'core-refused': 'content',
  'no-reason': 'title',
};

/** Proposing a change of one file, and changing a proposal, file by file. */
export function proposeRoutes(site: Site): readonly Route[] {
  const fresh = { path: paths.newProposal, action: 'proposal.make', ...nothing } as const;
  const amend = {
    path: '/it/proposals/:number/change',
    action: 'proposal.make',
    load: ({ parameters }: RouteRequest<undefined>) =>
      site.host.proposals.look(numberOf(parameters['number'] ?? '')),
    subject: () => ({}),
  } as const;
  return [
    route({ ...fresh, method: 'get', handle: (request) => ask(site, request) }),
    route({ ...fresh, method: 'post', handle: (request) => propose(site, request) }),
    route({ ...amend, method: 'get', handle: (request) => ask(site, request, request.subject) }),
    route({
      ...amend,
      method: 'post',
      handle: (request) => propose(site, request, request.subject),
    }),
  ];
}

async function ask(
  site: Site,
  request: RouteRequest<unknown>,
  look?: ProposalLook,
): Promise<Reply> {
  const base = await baseOf(site);
  const { file } = request.query;
  if (file === undefined) return chooseFile(site, request, base, look);
  if (!isGoverned(file)) return chooseFile(site, request, base, look, file);
  const { proposal } = look ?? {};
  const changed = proposal?.files[file];
  return showForm(site, request, look, {
    file,
    content: changed ?? (changed === null ? '' : (base.files[file] ?? '')),
    title: proposal?.title ?? '',
    why: proposal?.why ?? '',
  });
}

/** First the file, then what it shall hold. */
function chooseFile(
  site: Site,
  { visitor }: RouteRequest<unknown>,
  base: CoreRelease,
  look: ProposalLook | undefined,
  wrong?: string,
): Reply {
  const back = backOf(look);
  const page = changePage({
    ...{ area: 'core', ...back, method: 'get' },
    heading: look === undefined ? 'Propose a change' : `Change: ${look.proposal.title}`,
    lead: `Choose the file that you want to change. They are those of release ${base.release}.`,
    consequences: [],
    action: look === undefined ? paths.newProposal : paths.amendProposal(look.proposal.number),
    fields: [
      {
        ...{ id: 'file', name: 'file', label: 'File', value: wrong ?? '' },
        hint: 'Such as types/Customer.yaml. The name of a file that there is not makes a new one.',
        suggestions: Object.keys(base.files),
        ...(wrong === undefined
          ? {}
          : {
              error:
                'The core has no such file. Write one of core.yaml, policies.yaml, types/NAME.yaml, connectors/NAME/connector.yaml, processes/NAME.yaml or reference/NAME.csv.',
            }),
      },
    ],
    button: 'Go on',
  });
  return show(site, visitor, page, wrong === undefined ? 200 : 422);
}

function showForm(
  site: Site,
  { visitor }: RouteRequest<unknown>,
  look: ProposalLook | undefined,
  entered: Entered,
  wrong: Wrong = {},
): Reply {
  const { file } = entered;
  const field = (
    name: 'title' | 'why' | 'content',
    label: string,
    more: Partial<ChangeField>,
  ): ChangeField => {
    const error = wrong[name];
    const value = entered[name];
    return { id: name, name, label, value, ...more, ...(error === undefined ? {} : { error }) };
  };
  const page = changePage({
    ...{ area: 'core', ...backOf(look) },
    heading: look === undefined ? `Propose a change of ${file}` : `Change ${file}`,
    lead: 'It is checked against everything that uses it before anybody can approve it.',
    consequences:
      look === undefined || look.proposal.approvals.length === 0
        ? []
        : ['Those who have approved it have to approve it again.'],
    action: look === undefined ? paths.newProposal : paths.amendProposal(look.proposal.number),
    hidden: [{ name: 'file', value: file }],
    fields: [
      field('content', 'What the file shall hold', {
        rows: 24,
        verbatim: true,
        hint: 'Leave it empty to take the file away.',
      }),
      field('title', 'What changes', { hint: 'In a few words; it stands in the release.' }),
      field('why', 'Why it is needed', { rows: 3 }),
      passphraseField(wrong.passphrase),
    ],
    button: look === undefined ? 'Sign and propose' : 'Sign and change',
  });
  const isRight = Object.keys(wrong).length === 0;
  return show(site, visitor, page, isRight ? 200 : 422);
}

async function propose(
  site: Site,
  request: RouteRequest<unknown>,
  look?: ProposalLook,
): Promise<Reply> {
  const fields = new Map(request.fields);
  const of = (name: string): string => fields.get(name) ?? '';
  const entered = {
    ...{ file: of('file'), title: of('title'), why: of('why') },
    content: of('content').replaceAll('\r\n', '\n'),
  };
  const base = await baseOf(site);
  if (!isGoverned(entered.file)) return chooseFile(site, request, base, look, entered.file);
  const { title, why } = entered;
  const given = {
    ...{ title, why, passphrase: of('passphrase') },
    change: changeWith(look?.proposal.files ?? {}, entered, base),
  };
  const { proposals } = site.host;
  try {
    const person = personOf(request);
    const { number } =
      look === undefined
        ? await proposals.propose(person, { ...given, base: base.release })
        : await proposals.amend(look.proposal.number, person, given);
    return redirect(paths.proposal(number));
  } catch (error) {
    return showForm(site, request, look, entered, wrongOf(error));
  }
}

/** The change with this file as it was entered; a file that is as in the release is no part of it. */
function changeWith(
  before: Readonly<Record<string, string | null>>,
  { file, content }: Entered,
  { files }: CoreRelease,
): Readonly<Record<string, string | null>> {
  const text = content.trim() === '' ? null : content;
  const others = Object.fromEntries(Object.entries(before).filter(([path]) => path !== file));
  return text === (files[file] ?? null) ? others : { ...others, [file]: text };
}

function wrongOf(error: unknown): Wrong {
  const place = error instanceof TrellisError ? PLACES[error.code] : undefined;
  if (!(error instanceof TrellisError) || place === undefined) throw error;
  const problems = (error.data['problems'] ?? []) as readonly Problem[];
  const lines = problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => `${placeOf(problem, '')} ${problem.message}`);
  return { [place]: lines.length > 0 ? lines.join(' ') : error.message };
}

async function baseOf({ host }: Site): Promise<CoreRelease> {
  const base = await host.store.registry.newestRelease();
  if (base === undefined) throw new TrellisError('no-release', 'There is no release yet.');
  return base;
}

function backOf(look: ProposalLook | undefined): {
  readonly backHref: string;
  readonly backText: string;
} {
  return look === undefined
    ? { backHref: paths.proposals, backText: 'Proposals' }
    : {
        backHref: paths.proposal(look.proposal.number),
        backText: `Proposal ${look.proposal.number}`,
      };
}
