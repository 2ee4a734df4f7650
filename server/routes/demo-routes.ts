import { TrellisError } from '../../engine/index.ts';
import type { Demo } from '../demo/start-demo.ts';
import { CLEAR_FAULTS, demoFaultsPage, readFault } from '../views/pages/demo-faults-page.ts';
import { demoMailPage, demoMailsPage } from '../views/pages/demo-mails-page.ts';
import { paths, withQuery } from '../views/paths.ts';
import { redirect } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** The demo's own pages: the mails that would have left the house, and the faults of its systems. */
export function demoRoutes(site: Site): readonly Route[] {
  const { demo } = site.host.environment;
  if (demo === undefined) return [];
  const inDemo = {
    load: () => Promise.resolve(demo),
    subject: () => ({ demoMode: site.host.settings.demo }),
  };
  return [
    route({
      method: 'get',
      path: paths.demoMails,
      action: 'demo.see',
      ...inDemo,
      handle: ({ visitor }) =>
        Promise.resolve(show(site, visitor, demoMailsPage(demo.mails.list(), viewMoment(site)))),
    }),
    route({
      method: 'get',
      path: '/demo/mails/:id',
      action: 'demo.see',
      ...inDemo,
      handle: ({ visitor, parameters }) => {
        const mail = demo.mails.read(parameters['id'] ?? '');
        if (mail === undefined)
          throw new TrellisError('no-mail', 'There is no such mail any more.');
        return Promise.resolve(show(site, visitor, demoMailPage(mail, viewMoment(site))));
      },
    }),
    route({
      method: 'get',
      path: paths.demoFaults,
      action: 'demo.see',
      ...inDemo,
      handle: ({ visitor, query }) =>
        Promise.resolve(
          show(
            site,
            visitor,
            demoFaultsPage({
              operations: demo.faults.list(),
              ...(query['set'] === undefined ? {} : { notice: 'The demo systems have been told.' }),
            }),
          ),
        ),
    }),
    route({
      method: 'post',
      path: paths.demoFaults,
      action: 'demo.change',
      ...inDemo,
      handle: (request) => setFaults(request, demo),
    }),
  ];
}

async function setFaults({ fields }: RouteRequest<Demo>, demo: Demo): Promise<Reply> {
  if (fields.some(([name]) => name === CLEAR_FAULTS)) {
    demo.faults.clear();
  } else {
    const known = new Set(demo.faults.list().map(({ operation }) => operation));
    for (const [operation, value] of fields) {
      const fault = readFault(value);
      if (!known.has(operation) || fault === undefined) {
        throw new TrellisError('bad-request', `"${operation}" cannot be told to do "${value}".`);
      }
      demo.faults.set(operation, fault);
    }
  }
  await demo.settled();
  return redirect(withQuery(paths.demoFaults, { set: 'yes' }));
}
