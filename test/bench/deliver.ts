import { authorize } from '../../engine/governance/authorize.ts';
import type { Started } from '../../engine/runtime/starter.ts';
import { ARRIVAL } from './company.ts';
import type { Depot } from './with-depot.ts';
import { SORTER, SORTER_ACCESS, assertAllowed } from './with-depot.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Starts a case as a host does; answers when it is durable. */
export async function handIn({ engine, ids }: Depot, workflow = 'delivery'): Promise<Started> {
  const audience = { kind: 'roles', roles: ['sorter'] } as const;
  assertAllowed(authorize(SORTER_ACCESS, 'case.start', { audience }));
  return engine.startCase({
    workflow,
    start: 'handed-in',
    form: ARRIVAL,
    actor: SORTER,
    submissionKey: ids.next(),
  });
}

/** Starts a case and waits until it waits for its event. */
export async function handInAndRide(depot: Depot): Promise<Started> {
  const started = await handIn(depot);
  await untilRiding(depot, started.caseId);
  return started;
}

async function untilRiding({ watch }: Depot, caseId: string): Promise<void> {
  await watch.until(caseId, ({ states }) => states.includes('riding'));
}

/**
 * Takes one case from its start to its end, and notes for how many milliseconds an answer was waited
 * for.
 */
export async function deliverParcel(depot: Depot, acks: number[] = []): Promise<void> {
  const { engine, watch, ids, clock } = depot;
  const begun = performance.now();
  const { caseId, reference } = await handIn(depot);
  acks.push(performance.now() - begun);
  await untilRiding(depot, caseId);
  assertAllowed(authorize({ kind: 'public' }, 'webhook.receive', { signed: true }));
  const sent = performance.now();
  await engine.receive({
    id: ids.next(),
    name: 'carrier.delivered',
    key: reference,
    body: { parcelNo: reference, bay: 7 },
    receivedAt: clock.now(),
    expiresAt: clock.now() + DAY,
  });
  acks.push(performance.now() - sent);
  await watch.until(caseId, ({ status }) => status === 'finished');
  watch.forget(caseId);
}
