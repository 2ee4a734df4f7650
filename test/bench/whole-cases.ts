import { join } from 'node:path';
import { authorize } from '../../engine/governance/authorize.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { closedLoop } from './closed-loop.ts';
import { ARRIVAL } from './company.ts';
import type { Level } from './transitions.ts';
import type { Depot } from './with-depot.ts';
import { SORTER, SORTER_ACCESS, assertAllowed, withDepot } from './with-depot.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Measures whole cases of start → call → wait for an event → call → final: four durable steps, two
 * jobs and a message each. A caller begins the next case when its case has ended.
 */
export async function measureWholeCases({ folder, callers, seconds }: Level): Promise<Figure> {
  return withDepot(join(folder, `cases-${callers}.db`), async (depot) => {
    const deliver = (): Promise<void> => deliverParcel(depot);
    await closedLoop(callers, seconds / 2, deliver);
    const value = await closedLoop(callers, seconds, deliver);
    return figure(`cases.sqlite.${callers}`, value, 'cases/s');
  });
}

async function deliverParcel({ engine, watch, ids, clock }: Depot): Promise<void> {
  const audience = { kind: 'roles', roles: ['sorter'] } as const;
  assertAllowed(authorize(SORTER_ACCESS, 'case.start', { audience }));
  const { caseId, reference } = await engine.startCase({
    workflow: 'delivery',
    start: 'handed-in',
    form: ARRIVAL,
    actor: SORTER,
    submissionKey: ids.next(),
  });
  await watch.until(caseId, (step) => step.case.states.includes('riding'));
  assertAllowed(authorize({ kind: 'public' }, 'webhook.receive', { signed: true }));
  await engine.receive({
    id: ids.next(),
    name: 'carrier.delivered',
    key: reference,
    body: { parcelNo: reference, bay: 7 },
    receivedAt: clock.now(),
    expiresAt: clock.now() + DAY,
  });
  await watch.until(caseId, (step) => step.case.status === 'finished');
  watch.forget(caseId);
}
