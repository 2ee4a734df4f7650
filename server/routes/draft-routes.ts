import { TrellisError, authorize } from '../../engine/index.ts';
import type { DraftRow, WorkflowSource } from '../../engine/index.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { changePage } from '../views/pages/change-page.ts';
import { draftsPage } from '../views/pages/review-page.ts';
import { paths } from '../views/paths.ts';
import { draftItem } from '../views/texts/draft-words.ts';
import { plainText } from '../views/texts/names.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** The drafts that a list shows. */
const LISTED = 100;
/** The lines that the field of a file has. */
const ROWS = 24;

/** What is loaded of a workflow of which drafts are written. */
interface Written {
  readonly name: string;
  readonly title: string;
  readonly source: WorkflowSource;
  readonly teams: readonly string[];
}

/** The drafts of one workflow, and writing another. */
export function draftRoutes(site: Site): readonly Route[] {
  const load = ({ parameters }: RouteRequest<undefined>): Promise<Written> =>
    written(site, parameters['name'] ?? '');
  const writes = {
    action: 'workflow.write',
    load,
    subject: ({ teams }: Written) => ({ teams, rules: site.host.publishing.reviews.rules }),
  } as const;
  return [
    route({
      ...{ method: 'get', path: '/workflows/:name/drafts', action: 'draft.see', load },
      subject: () => ({}),
      handle: (request) => list(site, request),
    }),
    route({
      ...{ ...writes, method: 'get', path: '/workflows/:name/drafts/new' },
      handle: (request) => Promise.resolve(ask(site, request, request.subject.source)),
    }),
    route({
      ...{ ...writes, method: 'post', path: '/workflows/:name/drafts/new' },
      handle: (request) => begin(site, request),
    }),
  ];
}

async function written({ host }: Site, name: string): Promise<Written> {
  const { published, compiled } = await host.catalogue.newest(name);
  if (name.startsWith('core/')) {
    throw new TrellisError('no-workflow', 'A core process is changed with the core, by IT.');
  }
  const { title, team } = compiled.workflow;
  return { name, title: plainText(title) ?? name, source: published.source, teams: [team] };
}

async function list(site: Site, { subject, visitor }: RouteRequest<Written>): Promise<Reply> {
  const { drafts } = site.host.store;
  const { name, title, teams } = subject;
  const { rules } = site.host.publishing.reviews;
  const moment = viewMoment(site);
  const rows: readonly DraftRow[] = await drafts.list({ workflow: name }, LISTED);
  const mayWrite = authorize(visitor.actor, 'workflow.write', { teams, rules }).allowed;
  const page = draftsPage({
    heading: `Drafts of ${title}`,
    lead: 'A draft goes live once everybody who has to look at it has approved it.',
    empty: 'Nobody has written a draft of it yet.',
    drafts: rows.map((row) => draftItem(row, moment)),
    trail: { href: paths.workflow(name), text: title },
    ...(mayWrite ? { newHref: paths.newDraft(name) } : {}),
  });
  return show(site, visitor, page);
}

function ask(
  site: Site,
  { subject: { name, title }, visitor }: RouteRequest<Written>,
  source: WorkflowSource,
  error?: string,
): Reply {
  const page = changePage({
    area: 'workflows',
    backHref: paths.workflowDrafts(name),
    backText: `Drafts of ${title}`,
    heading: `Write a draft of ${title}`,
    lead: 'It begins as the version that stands. Nothing goes live by saving it.',
    consequences: [],
    action: paths.newDraft(name),
    fields: filesOf(source).map(([file, text], index): ChangeField => ({
      ...{ id: `file-${index}`, name: file, label: file, value: text, rows: ROWS },
      ...(index === 0 && error !== undefined ? { error } : {}),
    })),
    button: 'Save the draft',
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

async function begin(site: Site, request: RouteRequest<Written>): Promise<Reply> {
  const { subject, visitor, fields } = request;
  const { publishing } = site.host;
  const source = postedSource(subject.source, fields);
  try {
    const { teams } = await publishing.teamsOf(source);
    const { rules } = publishing.reviews;
    const may = authorize(visitor.actor, 'workflow.write', { teams, rules });
    if (!may.allowed) throw new TrellisError('not-allowed', may.reason, { code: may.code });
    const { id } = await publishing.begin(source, visitor.author);
    return redirect(paths.review(id));
  } catch (error) {
    if (!(error instanceof TrellisError) || error.code !== 'draft-unreadable') throw error;
    return ask(site, request, source, error.message);
  }
}

const MAIN = 'workflow.yaml';

function filesOf({ text, files }: WorkflowSource): readonly (readonly [string, string])[] {
  const beside = Object.entries(files).sort(([a], [b]) => a.localeCompare(b));
  return [[MAIN, text], ...beside];
}

/** Takes the files that stand as they were typed; browsers send line ends of their own. */
function postedSource(
  source: WorkflowSource,
  fields: RouteRequest<Written>['fields'],
): WorkflowSource {
  const typed = new Map(fields.map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]));
  const files = Object.entries(source.files).map(([name, text]) => [name, typed.get(name) ?? text]);
  return {
    name: source.name,
    text: typed.get(MAIN) ?? source.text,
    files: Object.fromEntries(files) as WorkflowSource['files'],
  };
}
