import { join } from 'node:path';
import { authorize } from '../../engine/governance/authorize.ts';
import type { Step } from '../../engine/ports/step.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { closedLoop, median } from './closed-loop.ts';
import { ARRIVAL } from './company.ts';
import { withRawWriter } from './raw-limit.ts';
import type { Client } from './drivers.ts';
import type { Depot } from './with-depot.ts';
import { SORTER, SORTER_ACCESS, assertAllowed, withDepot } from './with-depot.ts';

/** How often the engine and the raw writer take turns, so that a busy machine slows both. */
const ROUNDS = 5;

export interface Level {
  /** Where database files may lie. */
  readonly folder: string;
  readonly callers: number;
  /** For how long the engine is measured, in all. */
  readonly seconds: number;
}

/**
 * Measures durable transitions: each caller completes the task of a case of its own, again and
 * again, as a host does it: the task is read, the person authorised, the form validated, the answer
 * kept for the submission's key. The limit is the same rows, written raw in groups of all callers.
 */
export async function measureTransitions(level: Level, client: Client): Promise<Figure> {
  const { folder, callers, seconds } = level;
  const name = `${client === 'sqlite3' ? 'sqlite' : client}.${callers}`;
  return withDepot({ file: join(folder, `transitions-${name}.db`), client }, async (depot) => {
    const cases = await Promise.all(Array.from({ length: callers }, () => startSorting(depot)));
    const move = (caller: number): Promise<void> => moveParcel(depot, cases[caller] ?? '');
    await closedLoop(callers, seconds / 2, move);
    const sample = cases.map((caseId) => newestStep(depot, caseId));
    return withRawWriter(
      { file: join(folder, `raw-${name}.db`), client },
      sample,
      async (writer) => {
        await writer.write(seconds / ROUNDS);
        const engine: number[] = [];
        const raw: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          engine.push(await closedLoop(callers, seconds / ROUNDS, move));
          raw.push(await writer.write(seconds / ROUNDS));
        }
        return figure(`transitions.${name}`, median(engine), 'transitions/s', median(raw));
      },
    );
  });
}

async function startSorting({ engine, ids }: Depot): Promise<string> {
  const { caseId } = await engine.startCase({
    workflow: 'sorting',
    start: 'arrived',
    form: ARRIVAL,
    actor: SORTER,
    submissionKey: ids.next(),
  });
  return caseId;
}

async function moveParcel(depot: Depot, caseId: string): Promise<void> {
  const { engine, store, ids } = depot;
  const [opened] = newestStep(depot, caseId).tasks.open;
  const task = await store.worklist.task(opened?.id ?? '');
  if (task === undefined) throw new Error(`Case ${caseId} has no task.`);
  assertAllowed(authorize(SORTER_ACCESS, 'task.complete', task));
  await engine.completeTask({
    taskId: task.id,
    outcome: 'moved',
    form: { data: { parcel: { bay: 1 + (task.visit % 500) } }, own: { note: 'By hand' } },
    actor: SORTER,
    submissionKey: ids.next(),
  });
}

function newestStep({ watch }: Depot, caseId: string): Step {
  const step = watch.newest(caseId);
  if (step === undefined) throw new Error(`Nothing was saved of case ${caseId}.`);
  return step;
}
