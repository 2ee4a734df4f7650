import { TrellisError, authoredPlaces } from '../../engine/index.ts';
import type { ApiToken, CaseLook, Definition, Start } from '../../engine/index.ts';
import {
  authorOf,
  bodyOf,
  formValues,
  idempotencyKey,
  objectIn,
  programOf,
  tokenOf,
} from './api-request.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';

interface Calling {
  readonly token: ApiToken;
}

interface Starting extends Calling {
  readonly definition: Definition;
}

interface Called extends Calling {
  readonly look: CaseLook;
}

/** What programs do: start cases, look at them, send them events. Each is told by its token. */
export function apiRoutes(site: Site): readonly Route[] {
  const shared = {
    fromAnywhere: true,
    actor: ({ token }: Calling) => programOf(token),
  } as const;
  const ofCase = {
    load: (request: RouteRequest<undefined>) => caseCalled(site, request),
    subject: ({ look }: Called) => ({ workflow: look.stored.workflow }),
  };
  return [
    route({
      ...shared,
      method: 'post',
      path: '/api/workflows/:name/cases',
      action: 'api.start',
      body: 'raw',
      load: async (request): Promise<Starting> => {
        const token = await tokenOf(site, request);
        const { catalogue } = site.host;
        return { token, definition: await catalogue.newest(request.parameters['name'] ?? '') };
      },
      subject: ({ definition }: Starting) => ({ workflow: definition.published.name }),
      handle: (request) => startCase(site, request),
    }),
    route({
      ...shared,
      ...ofCase,
      method: 'get',
      path: '/api/cases/:reference',
      action: 'api.see',
      handle: ({ subject }) => Promise.resolve({ kind: 'json', body: shownCase(subject.look) }),
    }),
    route({
      ...shared,
      ...ofCase,
      method: 'post',
      path: '/api/cases/:reference/events/:name',
      action: 'api.press',
      body: 'raw',
      handle: (request) => sendEvent(site, request),
    }),
  ];
}

async function startCase(site: Site, request: RouteRequest<Starting>): Promise<Reply> {
  const { token, definition } = request.subject;
  const submissionKey = idempotencyKey(token, request);
  const body = bodyOf(request, ['start', 'data']);
  const start = chosenStart(definition, body['start']);
  const { workflow } = definition.compiled;
  const data = objectIn(body, 'data');
  const common = {
    ...{ workflow: workflow.name, start: start.name },
    ...{ actor: authorOf(token), submissionKey },
  };
  const { engine } = site.host;
  const { caseId, reference, existing } =
    start.kind === 'form'
      ? await engine.startCase({ ...common, form: formValues(data, workflow) })
      : await engine.startByApi({ ...common, input: data });
  // Where there may be only one case, whoever asks for it again is told which it is.
  const status = existing === true ? 200 : 201;
  return { kind: 'json', status, body: { id: caseId, reference } };
}

/** A program starts by what it gives, or by a form that is for programs. */
function chosenStart({ compiled, published }: Definition, asked: unknown): Start {
  const starts = compiled.workflow.starts.filter(
    (one) => one.kind === 'api' || (one.kind === 'form' && one.audience.kind === 'api'),
  );
  const [only, ...others] = starts;
  const found =
    asked === undefined && others.length === 0 ? only : starts.find(({ name }) => name === asked);
  if (found !== undefined) return found;
  const names = starts.map(({ name }) => name);
  throw new TrellisError(
    'no-start',
    `Say with "start" how ${published.name} is to begin. By the API it can begin with: ${names.join(', ') || 'nothing'}.`,
  );
}

async function sendEvent(site: Site, request: RouteRequest<Called>): Promise<Reply> {
  const { token, look } = request.subject;
  const submissionKey = idempotencyKey(token, request);
  const body = bodyOf(request, ['form']);
  const { caseId } = await site.host.engine.buttons.pressByApi({
    caseId: look.stored.id,
    button: request.parameters['name'] ?? '',
    form: formValues(objectIn(body, 'form'), look.definition.compiled.workflow),
    actor: authorOf(token),
    submissionKey,
  });
  return { kind: 'json', body: { id: caseId, reference: look.stored.reference } };
}

/** Finds a case by what people call it, among the workflows of the token, or by its id. */
async function caseCalled(site: Site, request: RouteRequest<undefined>): Promise<Called> {
  const token = await tokenOf(site, request);
  const asked = request.parameters['reference'] ?? '';
  const { engine, store } = site.host;
  const { rows } = await store.worklist.cases(
    { reference: asked, archive: 'with' },
    undefined,
    100,
  );
  const [found, other] = rows.filter(({ reference, workflow }) => {
    return reference === asked && token.workflows.includes(workflow);
  });
  if (other !== undefined) {
    throw new TrellisError(
      'bad-request',
      `Several cases are called ${asked}. Use the id of the case.`,
    );
  }
  const look = await engine.look(found?.id ?? asked);
  // Whether a case of another workflow exists is none of a program's business.
  if (token.workflows.includes(look.stored.workflow)) return { token, look };
  throw new TrellisError('no-case', `There is no case ${asked}.`);
}

function shownCase({ stored, buttons, definition }: CaseLook): object {
  const { id, reference, workflow, workflowVersion, status, outcome, states } = stored;
  const events = buttons.flatMap(({ by, button: { name } }) => (by.kind === 'api' ? [name] : []));
  return {
    id,
    reference,
    workflow,
    version: workflowVersion,
    status,
    ...(outcome === undefined ? {} : { outcome }),
    states: authoredPlaces(states, definition.compiled).map(({ name }) => name),
    events: [...new Set(events)],
    createdAt: new Date(stored.createdAt).toISOString(),
    updatedAt: new Date(stored.updatedAt).toISOString(),
  };
}
