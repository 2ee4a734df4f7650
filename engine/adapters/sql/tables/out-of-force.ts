import type { InForceKey, OutOfForce } from '../../../ports/out-of-force.ts';
import type { Batch } from '../batch.ts';
import { insertInto } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const KEY = { kind: 'text', name: 'text', part: 'text' } as const satisfies Columns;
const OUT = { ...KEY, reason: 'text', actor: 'text', at: 'bigint' } as const satisfies Columns;

export type OutColumns = RowOf<typeof OUT>;

export const addOut = insertInto('out_of_force', OUT, 'kind');

export const removeOut: Batch<typeof KEY> = {
  name: 'remove_out_of_force',
  columns: KEY,
  text: `delete from out_of_force where exists (select 1 from v
    where v.kind = out_of_force.kind and v.name = out_of_force.name and v.part = out_of_force.part)`,
};

export function outColumns(one: OutOfForce): OutColumns {
  const { kind, name, part, reason, at } = one;
  return { kind, name, part, reason, at, actor: toJson(one.actor) };
}

export function outKeyColumns({ kind, name, part }: InForceKey): RowOf<typeof KEY> {
  return { kind, name, part };
}

export function storedOut(row: OutColumns): OutOfForce {
  const { name, part, reason, at } = row;
  const kind = row.kind as OutOfForce['kind'];
  return { kind, name, part, reason, actor: fromJson(row.actor) as OutOfForce['actor'], at };
}
