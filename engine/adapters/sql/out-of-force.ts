import type { OutOfForceList } from '../../ports/out-of-force.ts';
import type { Database } from './database.ts';
import type { OutColumns } from './tables/out-of-force.ts';
import { storedOut } from './tables/out-of-force.ts';

export function createOutOfForce({ read }: Database): OutOfForceList {
  return {
    all: async () => {
      const rows = await read<OutColumns>('out_of_force').orderBy(['kind', 'name', 'part']);
      return rows.map(storedOut);
    },
  };
}
