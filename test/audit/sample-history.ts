import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { openStore } from '../../engine/adapters/sql/store.ts';
import type { StoreSettings } from '../../engine/adapters/sql/store.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import type { Checkpoint } from '../../engine/governance/checkpoint.ts';
import type { Store } from '../../engine/ports/store.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import { Eraser } from '../../engine/runtime/erasure/eraser.ts';
import { makeCheckpoints } from '../../engine/runtime/make-checkpoint.ts';
import { WORKSHOP_FILES, workshopCore } from '../kernel/fixtures/workshop.ts';
import { makeEngine } from '../runtime/run-engine.ts';
import {
  CLERK,
  MINUTE,
  NOW,
  complete,
  goodConnectors,
  publishWorkshop,
  startSample,
} from '../runtime/with-workshop.ts';

export const SIGNER = createCheckpointSigner(new Uint8Array(48).fill(7));

const TASK = 'task: { assign: { role: clerk }, form: work }';
const STEPS = 5;
const WORKFLOW = {
  data: `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }`,
  start: 'online: { form: contact, audience: { role: clerk } }',
  forms: `
  contact: { title: Contact, fields: [email, contact] }`,
  states: `${Array.from(
    { length: STEPS },
    (_, n) => `
  step${n + 1}: { ${TASK}, on: { done: ${n + 1 === STEPS ? 'ended' : `step${n + 2}`} } }`,
  ).join('')}
  ended: { final: completed }`,
};

/** A history as it comes about, on a simulated clock. */
interface History {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: SimulatedClock;
  readonly ids: string[];
}

/**
 * Fills a database: cases that run and that lie in the archive, governance acts, four checkpoints; and
 * steps, a case and an act that none states yet. Answers the checkpoints, as an anchor has them.
 */
export async function fillHistory(settings: StoreSettings): Promise<readonly Checkpoint[]> {
  const store = await openStore(settings);
  try {
    return await fill(store);
  } finally {
    await store.close();
  }
}

async function fill(store: Store): Promise<readonly Checkpoint[]> {
  const clock = createSimulatedClock(NOW);
  const catalogue = await publishWorkshop(store, [WORKFLOW]);
  const connectors = goodConnectors();
  const engine = makeEngine({ store, catalogue, connectors, clock, lines: [] });
  engine.start();
  const history: History = { store, engine, clock, ids: [] };
  try {
    for (let round = 1; round <= 4; round += 1) {
      await begin(history, 3);
      await goOn(history, round);
      if (round === 3) {
        await toArchive(history);
        await eraseOne(history, catalogue, 'archive');
      }
      if (round === 4) await eraseOne(history, catalogue, 'live');
      await release(history, round + 1);
      const making = makeCheckpoints({ store, clock, signer: SIGNER });
      while ((await making.next()).done !== true);
      clock.advance(5 * MINUTE);
    }
    await begin(history, 1);
    await goOn(history, 3);
    await release(history, 6);
    return await store.checkpoints.list(0, 100);
  } finally {
    await engine.stop();
  }
}

async function begin({ engine, ids, clock }: History, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    clock.advance(1_000);
    ids.push(await startSample({ engine }, 'sample', { contact: `person ${ids.length}` }));
  }
}

/** Each case that is still on its way takes a step, some more than one. */
async function goOn({ engine, store, ids, clock }: History, most: number): Promise<void> {
  for (const [index, id] of ids.entries()) {
    for (let step = 0; step <= index % most; step += 1) {
      clock.advance(1_000);
      if ((await store.cases.load(id))?.status === 'active') {
        await complete({ engine, store }, id, 'done');
      }
    }
  }
}

/** Erases the first case of a place that can be. */
async function eraseOne(
  { store, ids, clock }: History,
  catalogue: Catalogue,
  place: 'live' | 'archive',
): Promise<void> {
  const eraser = new Eraser({ store, catalogue, clock, core: () => workshopCore().view });
  for (const id of ids) {
    if ((await store.erasure.case(id))?.place !== place) continue;
    const target = { kind: 'case', id } as const;
    const { cases, token } = await eraser.preview(target);
    if (cases[0]?.refused !== undefined) continue;
    await eraser.erase(target, token, { actor: CLERK, reason: 'asked for' });
    return;
  }
}

async function toArchive({ store, ids, clock }: History): Promise<void> {
  for (const id of ids) {
    const stored = await store.cases.load(id);
    if (stored?.status !== 'finished') continue;
    const version = { id, version: stored.version };
    await store.archive.copy([version], clock.now());
    await store.archive.remove([version]);
  }
}

async function release({ store, clock }: History, number: number): Promise<void> {
  const files = Object.fromEntries(WORKSHOP_FILES);
  const digest = String(number).repeat(64);
  await addRelease(
    { ...store, clock },
    { release: `1.${number}`, digest, files, createdAt: clock.now() },
  );
}
