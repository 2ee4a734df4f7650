import { effectItem, effectsPage } from '../views/pages/effects-page.ts';
import { paths } from '../views/paths.ts';
import { showTime } from '../views/texts/moment.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show, viewMoment } from './site.ts';

/** What is held back after a restore, and letting it go. */
export function effectRoutes(site: Site): readonly Route[] {
  const { effects } = site.host.store;
  const push = (path: string, what: (name: string) => Promise<unknown>): Route =>
    route({
      method: 'post',
      path,
      action: 'effect.release',
      ...nothing,
      handle: async ({ fields, visitor }) => {
        const name = new Map(fields).get('name') ?? '';
        await what(name);
        const { id } = visitor.author;
        site.host.log.info('effects that were held back', { path, name, by: id });
        await site.host.hold.read();
        return redirect(paths.effects);
      },
    });
  return [
    route({
      method: 'get',
      path: paths.effects,
      action: 'effect.release',
      ...nothing,
      handle: (request) => list(site, request),
    }),
    push(paths.releaseEffects, (name) => effects.release(name)),
    push(paths.refuseEffects, (name) => effects.refuse(name)),
    push(paths.endHold, () => effects.end()),
  ];
}

async function list(site: Site, { visitor }: RouteRequest<undefined>): Promise<Reply> {
  const [hold, waiting] = await Promise.all([
    site.host.hold.read(),
    site.host.store.effects.waiting(),
  ]);
  const moment = viewMoment(site);
  const held =
    hold && ({ takenAt: showTime(hold.takenAt, moment), released: hold.released } as const);
  const items = waiting.map((one) => effectItem(one, moment));
  return show(site, visitor, effectsPage({ ...(held && { held }), waiting: items }));
}
