import type { BulkCase } from '../../engine/ports/bulk.ts';
import type { BulkOrder } from '../../engine/runtime/bulk-desk.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK } from './with-workshop.ts';

type Running = Pick<Workshop, 'engine' | 'store'>;

/** Prepares an operation on many cases to its end. */
export async function prepare(
  { engine }: Running,
  order: Omit<BulkOrder, 'actor'>,
): Promise<string> {
  const id = await engine.bulk.prepare({ ...order, actor: CLERK });
  await engine.idle();
  return id;
}

/** Carries a prepared operation out; answers what became of its cases. */
export async function start(
  workshop: Running,
  id: string,
  reason = 'It must be.',
): Promise<readonly BulkCase[]> {
  await workshop.engine.bulk.start(id, { reason, actor: CLERK });
  await workshop.engine.idle();
  return casesOf(workshop, id);
}

/** What becomes of the cases of an operation. */
export async function casesOf({ store }: Running, id: string): Promise<readonly BulkCase[]> {
  return (await store.bulk.cases(id, undefined, undefined, 1000)).rows;
}
