import { authorize } from '../../engine/index.ts';
import type { AccessActor, CaseLook, StandingPlace } from '../../engine/index.ts';
import type { Host } from '../host/open-host.ts';
import type { QueueMember, QueueView } from '../views/pages/queue-view.ts';
import { queueView } from '../views/pages/queue-view.ts';
import { paths } from '../views/paths.ts';
import type { ViewMoment } from '../views/texts/moment.ts';
import { showTime } from '../views/texts/moment.ts';
import { namesOf } from '../views/texts/names.ts';
import { caseSubject } from './case-subject.ts';

/** How many others of a queue are listed. */
const SHOWN = 10;
/** How many places of a queue are read to count those that are not listed. */
const COUNTED = 200;

/** The queues in which a case has a place, with the others that stand there. */
export async function queuesOf(
  host: Host,
  { stored, definition }: CaseLook,
  actor: AccessActor,
  moment: ViewMoment,
): Promise<readonly QueueView[]> {
  const { workflow, states } = definition.compiled;
  const names = namesOf(workflow);
  const places = await host.store.queues.ofCase(stored.id);
  return Promise.all(
    places.map(async (place) => {
      const all = await host.store.queues.places(place.queue, COUNTED);
      const others = all.filter((one) => one.caseId !== stored.id || one.state !== place.state);
      const shown = await Promise.all(
        others.slice(0, SHOWN).map((one) => memberOf(host, one, actor, moment)),
      );
      const limit = states.get(place.state)?.limit?.name ?? '';
      const more = others.length - shown.length;
      return queueView(place, names.state(place.state), limit, shown, more, moment);
    }),
  );
}

/** Somebody who may not see a case sees that there is one. */
async function memberOf(
  { engine, store }: Host,
  { caseId, admitted, since }: StandingPlace,
  actor: AccessActor,
  moment: ViewMoment,
): Promise<QueueMember> {
  const look = await engine.look(caseId);
  const tasks = await store.worklist.tasksOfCase(caseId);
  const shown = { admitted, since: showTime(since, moment) };
  const isSeen = authorize(actor, 'case.see', caseSubject(look, tasks)).allowed;
  if (!isSeen) return { ...shown, reference: 'Another case' };
  return { ...shown, reference: look.stored.reference, href: paths.case(caseId) };
}
