import type knex from 'knex';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { AuditFinding } from '../../engine/runtime/audit/finding.ts';
import { verifyHistory } from '../../engine/runtime/audit/verify-history.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { Engine } from '../../engine/runtime/engine.ts';
import { Eraser } from '../../engine/runtime/erasure/eraser.ts';
import type { ErasureTarget } from '../../engine/runtime/erasure/outlook.ts';
import { makeCheckpoints } from '../../engine/runtime/make-checkpoint.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { workshopCore } from '../kernel/fixtures/workshop.ts';
import { makeEngine } from './run-engine.ts';
import { NOW, goodConnectors, publishWorkshop } from './with-workshop.ts';

export const SECRET = 'ada.lovelace@person.example';
export const OFFICER: Actor = { kind: 'staff', id: 'u9', name: 'Olga Officer' };
export const REASON = 'Request 2027-14 of a customer';
export const SIGNER = createCheckpointSigner(new Uint8Array(48).fill(7));

/** A workshop with an eraser, and a signer of checkpoints. */
export interface World {
  readonly store: Store;
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  readonly eraser: Eraser;
  readonly checkpoint: () => Promise<void>;
}

/** Runs workflows in a store, and stops the engine afterwards. */
export async function withWorld(
  store: Store,
  workflows: WrittenWorkflow | readonly WrittenWorkflow[],
  test: (world: World) => Promise<void>,
): Promise<void> {
  const clock = createSimulatedClock(NOW);
  const catalogue = await publishWorkshop(store, [workflows].flat());
  const engine = makeEngine({ store, catalogue, connectors: goodConnectors(), clock, lines: [] });
  engine.start();
  try {
    const eraser = new Eraser({ store, catalogue, clock, core: () => workshopCore().view });
    const checkpoint = async (): Promise<void> => {
      const making = makeCheckpoints({ store, clock, signer: SIGNER });
      while ((await making.next()).done !== true);
      clock.advance(60_000);
    };
    await test({ store, engine, catalogue, eraser, checkpoint });
  } finally {
    await engine.stop();
  }
}

/** Erases what a preview shows. */
export async function erase({ eraser }: World, target: ErasureTarget): Promise<void> {
  const { token } = await eraser.preview(target);
  await eraser.erase(target, token, { actor: OFFICER, reason: REASON });
}

/** What does not hold in the whole history. */
export async function faults({ store }: Pick<World, 'store'>): Promise<readonly AuditFinding[]> {
  const found: AuditFinding[] = [];
  const trust = { keys: [SIGNER.key], anchor: [] };
  await verifyHistory({ store, trust, onFinding: (one) => found.push(one) });
  return found;
}

/** The code by which work was refused, or `done`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
  );
}

/** The tables of a database that have a text anywhere in any column, files as their bytes. */
export async function tablesWith(db: knex.Knex, text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await tablesOf(db)) {
    const rows = (await db(name).select('*')) as readonly Readonly<Record<string, unknown>>[];
    if (rows.some((row) => Object.values(row).some((value) => has(value, text)))) found.push(name);
  }
  return found;
}

async function tablesOf(db: knex.Knex): Promise<readonly string[]> {
  const { config } = db.client as { readonly config: Readonly<Record<string, unknown>> };
  const isPostgres = config['client'] === 'pg';
  const rows = (await (isPostgres
    ? db('pg_tables').where({ schemaname: 'public' }).select({ name: 'tablename' })
    : db('sqlite_master').where({ type: 'table' }).select('name'))) as readonly {
    readonly name: string;
  }[];
  return rows.map(({ name }) => name);
}

function has(value: unknown, text: string): boolean {
  const said = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
  return said.toLowerCase().includes(text.toLowerCase());
}
