import { TrellisError } from '../../engine/index.ts';
import type { Definition, JsonObject, WorkflowSource } from '../../engine/index.ts';
import { personRoute, textIn } from './api-person.ts';
import { bodyOf, objectIn } from './api-request.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing } from './route.ts';
import type { Site } from './site.ts';

/** The longest name of a file of a workflow. */
const LONGEST_NAME = 200;
/** Names of letters, digits, hyphens and dots, in folders or not; none begins with a dot. */
const FILE_NAME = /^\w[\w.-]*(\/\w[\w.-]*)*$/u;

/** A draft that somebody sends, and whose workflow it is. */
interface Sent {
  readonly source: WorkflowSource;
  readonly teams: readonly string[];
}

/** What workflows there are, and writing drafts of them, for people with a token. */
export function apiWorkflowRoutes(site: Site): readonly Route[] {
  const { catalogue, publishing } = site.host;
  return [
    personRoute(site, {
      ...{ method: 'get', path: '/api/workflows', action: 'workflow.list', ...nothing },
      handle: () => Promise.resolve({ workflows: catalogue.list().map(headOf) }),
    }),
    personRoute(site, {
      ...{ method: 'get', path: '/api/workflows/:name', action: 'workflow.see' },
      load: ({ parameters }) => catalogue.newest(parameters['name'] ?? ''),
      subject: () => ({}),
      handle: ({ subject }) => shown(site, subject),
    }),
    personRoute(site, {
      ...{ method: 'post', path: '/api/workflows/:name/drafts', action: 'workflow.write' },
      status: 201,
      load: (request) => sent(site, request),
      subject: ({ teams }) => ({ teams, rules: publishing.reviews.rules }),
      handle: async ({ subject, visitor }) => {
        const { id, status, base } = await publishing.begin(subject.source, visitor.author);
        return { id, status, base };
      },
    }),
  ];
}

function headOf({ name, version, release, digest, publishedAt }: Definition['published']): object {
  return { name, version, release, digest, publishedAt: new Date(publishedAt).toISOString() };
}

async function shown({ host }: Site, { published, compiled }: Definition): Promise<object> {
  const { text, files } = published.source;
  const out = (await host.engine.inForce.current()).retired(published.name);
  return {
    ...{ ...headOf(published), team: compiled.workflow.team, text, files, pins: published.pins },
    ...(out === undefined ? {} : { retired: { by: out.actor.name, why: out.reason } }),
  };
}

/** @throws `TrellisError` with code `bad-request` or `draft-unreadable`. */
async function sent({ host }: Site, request: RouteRequest<undefined>): Promise<Sent> {
  const body = bodyOf(request, ['text', 'files']);
  const source = {
    name: request.parameters['name'] ?? '',
    text: textIn(body, 'text'),
    files: filesIn(body),
  };
  const { teams } = await host.publishing.teamsOf(source);
  return { source, teams };
}

function filesIn(body: JsonObject): WorkflowSource['files'] {
  const files = objectIn(body, 'files');
  for (const [name, text] of Object.entries(files)) {
    if (typeof text === 'string' && name.length <= LONGEST_NAME && FILE_NAME.test(name)) continue;
    throw new TrellisError(
      'bad-request',
      `"files" has texts by the names of their files, such as cases.yaml; "${name.slice(0, LONGEST_NAME)}" is no such name, or has no text.`,
    );
  }
  return files as WorkflowSource['files'];
}
