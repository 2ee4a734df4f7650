import { TrellisError, workflowSchema } from '../../engine/index.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';

/** The longest that a message is kept for a case that may come to wait for it, in milliseconds. */
const KEEP = 90 * 24 * 60 * 60 * 1000;

/** What machines ask for: health, assets, the language's schema, and messages from other systems. */
export function systemRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      action: 'health.see',
      ...nothing,
      handle: () => Promise.resolve({ kind: 'json', body: { status: 'ok' } }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      action: 'health.see',
      ...nothing,
      handle: () => ready(site),
    }),
    route({
      method: 'get',
      path: '/assets/:file',
      action: 'asset.get',
      ...nothing,
      handle: ({ parameters }) => Promise.resolve(asset(site, parameters['file'] ?? '')),
    }),
    route({
      method: 'get',
      path: '/schemas/workflow.json',
      action: 'asset.get',
      ...nothing,
      handle: () =>
        Promise.resolve({
          kind: 'content',
          type: 'application/schema+json',
          body: JSON.stringify(workflowSchema, null, 2),
        }),
    }),
    webhookRoute(site),
  ];
}

/** Ready while the store answers and the host does not drain. */
async function ready(site: Site): Promise<Reply> {
  if (!site.ready()) return { kind: 'json', status: 503, body: { status: 'draining' } };
  await site.host.store.registry.newestRelease();
  const effects = site.host.hold.current() === undefined ? {} : { effects: 'held back' };
  return { kind: 'json', body: { status: 'ready', release: site.host.core.release, ...effects } };
}

function asset({ assets }: Site, file: string): Reply {
  const found = assets.files.get(`/assets/${file}`);
  if (found === undefined) throw new TrellisError('no-page', 'There is no such file.');
  const type = found.type === 'css' ? 'text/css' : 'text/javascript';
  return { kind: 'content', type, body: found.body, forever: true };
}

/** The signature is verified before anything else is looked at; refusals say why. */
function webhookRoute({ host }: Site): Route {
  return route({
    method: 'post',
    path: '/webhooks/:connector/:message',
    action: 'webhook.receive',
    body: 'raw',
    fromAnywhere: true,
    load: ({ parameters, headers, raw }) => {
      const name = `${parameters['connector'] ?? ''}.${parameters['message'] ?? ''}`;
      const received = host.webhooks.receive(name, { headers, rawBody: raw });
      return received.kind === 'message'
        ? Promise.resolve(received)
        : Promise.reject(new TrellisError(received.code, received.message));
    },
    // What is not signed has been refused above.
    subject: () => ({ signed: true }),
    handle: async ({ subject: { name, id, key, body } }) => {
      const now = host.clock.now();
      const message = { id, name, key, body, receivedAt: now, expiresAt: now + KEEP };
      await host.engine.receive(message);
      return { kind: 'json', status: 202, body: { status: 'taken' } };
    },
  });
}
