import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { percentile } from './closed-loop.ts';
import { CORE_FILES, DELIVERY, WORKFLOWS } from './company.ts';
import { deliverParcel, handIn } from './deliver.ts';
import type { Company, Depot } from './with-depot.ts';
import { withDepot } from './with-depot.ts';

/** How often all that is compared takes turns. */
const ROUNDS = 5;
/** Callers that start cases of the other workflow, one after the other. */
const FLOOD = 128;
/** Cases of the other workflow whose calls are under way, or wait for a place. */
const SLOW = 300;
/** Those whose answers count: how many, and how long each pauses, in milliseconds. */
const CALLERS = 2;
const PAUSE = 20;
/** For how long nothing is done after those were started, in milliseconds. */
const SETTLE = 200;
/** How long another program holds the thread that was given an even part of it, in milliseconds. */
const SLICE = 1;

/** A second carrier, with a workflow of its own. */
const COURIER = 'connectors/courier/connector.yaml';
const EXPRESS = {
  ...DELIVERY,
  name: 'express',
  text: DELIVERY.text
    .replaceAll('carrier', 'courier')
    .replace('workflow: delivery', 'workflow: express')
    .replace('D-{year}', 'E-{year}'),
};

/** How long each answer was waited for, in milliseconds. */
type Acks = number[];

/**
 * Measures how long callers of one workflow wait beside a flood of another, and beside one whose
 * connector does not answer. The first is held against a program that takes an even part of the thread.
 */
export async function measureFairness(folder: string, seconds: number): Promise<readonly Figure[]> {
  const courier = { hangs: Promise.resolve() };
  const acks = { alone: [] as Acks, flood: [] as Acks, busy: [] as Acks, slow: [] as Acks };
  const each = seconds / ROUNDS;
  await withDepot(
    { file: join(folder, 'fairness.db') },
    async (depot) => {
      await deliver(depot, each, []);
      for (let round = 0; round < ROUNDS; round++) {
        await deliver(depot, each, acks.alone);
        await besideFlood(depot, () => deliver(depot, each, acks.flood));
        await besideBusyThread(() => deliver(depot, each, acks.busy));
        let release: () => void = () => undefined;
        courier.hangs = new Promise((resolve) => (release = resolve));
        for (let count = 0; count < SLOW; count++) await startExpress(depot);
        await pause(SETTLE);
        await deliver(depot, each, acks.slow);
        release();
        await depot.engine.idle();
      }
    },
    companyWith(courier),
  );
  return [0.5, 0.95].flatMap((share) => {
    const of = (times: Acks): number =>
      percentile(
        [...times].sort((a, b) => a - b),
        share,
      );
    const name = `p${String(share * 100)}.sqlite`;
    return [
      figure(`flood-${name}`, of(acks.flood), 'ms', of(acks.busy)),
      figure(`flood-alone-${name}`, of(acks.flood), 'ms', of(acks.alone)),
      figure(`slow-connector-${name}`, of(acks.slow), 'ms', of(acks.alone)),
    ];
  });
}

function companyWith(courier: { readonly hangs: Promise<void> }): Company {
  const text = (path: string): string => CORE_FILES.get(path) ?? '';
  return {
    files: new Map([
      ...CORE_FILES,
      [COURIER, text('connectors/carrier/connector.yaml').replaceAll('carrier', 'courier')],
      [
        'policies.yaml',
        text('policies.yaml')
          .replace('carrier.bill]', 'carrier.bill, courier.book, courier.bill]')
          .replace('[carrier.delivered]', '[carrier.delivered, courier.delivered]'),
      ],
    ]),
    workflows: [...WORKFLOWS, EXPRESS],
    call: async ({ operation, idempotencyKey }) => {
      if (operation.startsWith('courier.')) await courier.hangs;
      const isRide = operation.endsWith('.book');
      return { kind: 'ok', output: isRide ? { rideNo: idempotencyKey } : { billNo: 'B-1' } };
    },
  };
}

async function deliver(depot: Depot, seconds: number, acks: Acks): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      await deliverParcel(depot, acks);
      await pause(PAUSE);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

async function startExpress(depot: Depot): Promise<void> {
  depot.watch.forget((await handIn(depot, EXPRESS.name)).caseId);
}

async function besideFlood(depot: Depot, work: () => Promise<void>): Promise<void> {
  const flood = { isOver: false };
  const caller = async (): Promise<void> => {
    while (!flood.isOver) await startExpress(depot);
  };
  const callers = Promise.all(Array.from({ length: FLOOD }, caller));
  await work();
  flood.isOver = true;
  await callers;
  await depot.engine.idle();
}

/** What an even part of one thread leaves: another program takes it in slices, whenever it can. */
async function besideBusyThread(work: () => Promise<void>): Promise<void> {
  const other = { isOver: false };
  const hold = (): void => {
    const end = performance.now() + SLICE;
    while (performance.now() < end);
    if (!other.isOver) setImmediate(hold);
  };
  hold();
  await work();
  other.isOver = true;
}
