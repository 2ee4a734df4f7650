import {
  TrellisError,
  UPGRADE_FILE,
  addToDate,
  dateIn,
  isGoverned,
  suggestedUpgrade,
} from '../../engine/index.ts';
import type { CoreRelease, Problem, ProposalLook } from '../../engine/index.ts';
import { changePage } from '../views/pages/change-page.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { placeOf } from '../views/pages/proposal-page.ts';
import { paths } from '../views/paths.ts';
import { personOf } from './key-routes.ts';
import { numberOf, passphraseField } from './proposal-fields.ts';
import { changeWith, filesIn, hiddenFiles, textOf } from './proposed-files.ts';
import type { ProposedFiles } from './proposed-files.ts';
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
  /** The files that are changed with it. */
  readonly others: ProposedFiles;
}

/** Where a change is entered: of which release, and of which proposal, if there is one. */
interface Place {
  readonly site: Site;
  readonly request: RouteRequest<unknown>;
  readonly look: ProposalLook | undefined;
  readonly base: CoreRelease;
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

/** Proposing a change of one file or several, and changing a proposal. */
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
  const { title = '', why = '' } = look?.proposal ?? {};
  const entered = { file: request.query['file'] ?? '', content: '', title, why, others: {} };
  return begin({ site, request, look, base }, entered);
}

/** The form of a file as it is, or the choice of one where none is named that there may be. */
function begin(place: Place, entered: Entered): Reply {
  const { file, others } = entered;
  if (file === '') return chooseFile(place, entered);
  if (!isGoverned(file)) return chooseFile(place, entered, file);
  const changed = others[file];
  const content = changed === undefined ? toBeginWith(place, file) : (changed ?? '');
  return showForm(place, { ...entered, content, others: without(others, file) });
}

function without(files: ProposedFiles, path: string): ProposedFiles {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
}

/** A file as the proposal has it, else as it is in the release; of the ways forward a suggestion. */
function toBeginWith({ site, base, look }: Place, file: string): string {
  const changed = look?.proposal.files[file];
  if (changed !== undefined) return changed ?? '';
  return suggestion(site, file, base, look) ?? base.files[file] ?? '';
}

/** How long the owners of workflows are given, unless the author says otherwise. */
const GIVEN = 30;

/** The ways forward for what a proposal breaks, to begin with. */
function suggestion(
  { host }: Site,
  file: string,
  { release }: CoreRelease,
  look: ProposalLook | undefined,
): string | undefined {
  const { judgement } = look ?? {};
  if (file !== UPGRADE_FILE || judgement === undefined) return undefined;
  const { timeZone } = host.core.view;
  const until = addToDate(dateIn(timeZone, host.clock.now()), GIVEN, 'days');
  return suggestedUpgrade({ ...judgement, release, until });
}

/** First the file, then what it shall hold. */
function chooseFile(place: Place, entered: Entered, wrong?: string): Reply {
  const { site, request, look, base } = place;
  const isFirst = Object.keys(entered.others).length === 0;
  const page = changePage({
    ...{ area: 'core', ...backOf(look), ...(isFirst ? { method: 'get' } : {}) },
    heading: look === undefined ? 'Propose a change' : `Change: ${look.proposal.title}`,
    lead: `Choose the file that you want to change. They are those of release ${base.release}.`,
    consequences: [],
    action: actionOf(look),
    hidden: isFirst ? [] : [...carried(entered), { name: 'step', value: 'file' }],
    fields: [
      {
        ...{ id: 'file', name: 'file', label: 'File', value: wrong ?? '' },
        hint: 'Such as types/Customer.yaml. The name of a file that there is not makes a new one.',
        suggestions: Object.keys(base.files),
        ...(wrong === undefined
          ? {}
          : {
              error:
                'The core has no such file. Write one of core.yaml, policies.yaml, upgrade.yaml, types/NAME.yaml, connectors/NAME/connector.yaml, processes/NAME.yaml or reference/NAME.csv.',
            }),
      },
    ],
    button: 'Go on',
  });
  return show(site, request.visitor, page, wrong === undefined ? 200 : 422);
}

/** What is carried from page to page until the change is stored. */
function carried({ title, why, others }: Entered): readonly { name: string; value: string }[] {
  return [{ name: 'title', value: title }, { name: 'why', value: why }, ...hiddenFiles(others)];
}

function showForm(place: Place, entered: Entered, wrong: Wrong = {}): Reply {
  const { site, request, look } = place;
  const { file, others } = entered;
  const field = (
    name: 'title' | 'why' | 'content',
    label: string,
    more: Partial<ChangeField>,
  ): ChangeField => {
    const error = wrong[name];
    const value = entered[name];
    return { id: name, name, label, value, ...more, ...(error === undefined ? {} : { error }) };
  };
  const also = Object.keys(others);
  const page = changePage({
    ...{ area: 'core', ...backOf(look) },
    heading: look === undefined ? `Propose a change of ${file}` : `Change ${file}`,
    lead: 'It is checked against everything that uses it before anybody can approve it.',
    consequences: [
      ...(also.length === 0
        ? []
        : [`${also.join(', ')} ${also.length === 1 ? 'is' : 'are'} changed with it.`]),
      ...(look === undefined || look.proposal.approvals.length === 0
        ? []
        : ['Those who have approved it have to approve it again.']),
    ],
    action: actionOf(look),
    hidden: [{ name: 'file', value: file }, ...hiddenFiles(others)],
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
    otherButton: { name: 'step', value: 'more', label: 'Change another file as well' },
  });
  const isRight = Object.keys(wrong).length === 0;
  return show(site, request.visitor, page, isRight ? 200 : 422);
}

/** Stores the change, or leads to one more file that belongs to it. */
async function propose(
  site: Site,
  request: RouteRequest<unknown>,
  look?: ProposalLook,
): Promise<Reply> {
  const fields = new Map(request.fields);
  const of = (name: string): string => fields.get(name) ?? '';
  const entered: Entered = {
    ...{ file: of('file'), title: of('title'), why: of('why') },
    content: textOf(of('content')) ?? '',
    others: without(filesIn(request.fields), of('file')),
  };
  const base = await baseOf(site);
  const place: Place = { site, request, look, base };
  if (of('step') === 'file') return begin(place, { ...entered, others: filesIn(request.fields) });
  if (!isGoverned(entered.file)) return chooseFile(place, entered, entered.file);
  const wanted = { ...entered.others, [entered.file]: textOf(entered.content) };
  if (of('step') === 'more') return chooseFile(place, { ...entered, others: wanted });
  const { title, why } = entered;
  const given = {
    ...{ title, why, passphrase: of('passphrase') },
    change: changeWith(look?.proposal.files ?? {}, wanted, base),
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
    return showForm(place, entered, wrongOf(error));
  }
}

function actionOf(look: ProposalLook | undefined): string {
  return look === undefined ? paths.newProposal : paths.amendProposal(look.proposal.number);
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
