import type { BulkChange, BulkSelection } from '../../engine/index.ts';
import { until } from '../until.ts';
import type { RunningHost } from './with-host.ts';

/** Prepares a change of many cases and carries it out; answers its id. */
export async function carryOut(
  { host }: RunningHost,
  change: BulkChange,
  selection: BulkSelection,
): Promise<string> {
  const actor = { kind: 'staff', id: 'ian', name: 'Ian Core' } as const;
  const { engine, store } = host;
  const id = await engine.bulk.prepare({ change, selection, actor });
  const stands = async (status: string): Promise<boolean> =>
    (await store.bulk.operation(id))?.status === status;
  await until('what would happen', () => stands('prepared'));
  await engine.bulk.start(id, { reason: 'A release asks for it', actor });
  await until('the end of it', () => stands('done'));
  return id;
}
