import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { securityHeaders } from '../../server/middleware/security-headers.ts';
import { buildAssets, readKitStylesheet } from '../../server/views/assets.ts';
import { readTemplates } from '../../server/views/read-templates.ts';
import { createRenderer } from '../../server/views/render.ts';
import type { PageFixture } from '../views/page-fixtures.ts';

/** Serves the fixtures at `/NAME`, with the headers of the real host. */
export async function servePages(
  fixtures: readonly PageFixture[],
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const files = await readTemplates('templates');
  const assets = buildAssets(await readKitStylesheet(), files.assets);
  const renderer = createRenderer(files.templates);
  const app = express();
  app.use(securityHeaders('http://127.0.0.1'));
  for (const [href, { type, body }] of assets.files) {
    app.get(href, (_request, response) => void response.type(type).send(body));
  }
  for (const { name, page, frame } of fixtures) {
    app.get(`/${name}`, (_request, response) => {
      response.send(renderer.render(page, { ...frame, assets }));
    });
  }
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
