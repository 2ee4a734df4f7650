import { TrellisError, runnableOf } from '../../engine/index.ts';
import type { CoreView, WorkflowSource } from '../../engine/index.ts';
import { paths } from '../views/paths.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';

/** Checking a workflow that is not published, for editors and build pipelines. */
export function checkRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'post',
      path: paths.checkWorkflow,
      action: 'workflow.check',
      body: 'raw',
      ...nothing,
      handle: (request) => check(site, request),
    }),
  ];
}

async function check({ host }: Site, { raw }: RouteRequest<undefined>): Promise<Reply> {
  const source = sourceIn(raw);
  const problems = await host.workshop.check(source, await viewOf(host));
  return { kind: 'json', body: { problems } };
}

/** The core in force, with the workflows that stand: they may be run as well. */
async function viewOf({ catalogue, core }: Site['host']): Promise<CoreView> {
  const runnables = new Map(core.view.runnables);
  for (const { name } of catalogue.list()) {
    const { compiled } = await catalogue.newest(name);
    const runnable = runnableOf(name, compiled.workflow, core.view);
    if (runnable !== undefined) runnables.set(name, runnable);
  }
  return { ...core.view, runnables };
}

/** @throws `TrellisError` with code `source-unreadable`. */
function sourceIn(raw: Buffer): WorkflowSource {
  const written = parse(raw);
  if (!isRecord(written)) throw unreadable();
  const { name, text, files = {} } = written;
  if (typeof name !== 'string' || typeof text !== 'string' || !isRecord(files)) throw unreadable();
  const entries = Object.entries(files).map(([file, content]) => {
    if (typeof content !== 'string') throw unreadable();
    return [file, content] as const;
  });
  return { name, text, files: Object.fromEntries(entries) };
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable();
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(): TrellisError {
  return new TrellisError(
    'source-unreadable',
    'Send JSON: {"name": …, "text": the YAML, "files": {name: text}}. Nothing was checked.',
  );
}
