import { momentOf } from '../../engine/index.ts';
import type { Admitted, Definition } from '../../engine/index.ts';

/** Who may fill the form of a start at this moment; nobody where it begins without one. */
export function admittedBy({ compiled, core }: Definition, start: string, now: number): Admitted {
  return compiled.starts.get(start)?.admits?.(momentOf(core, now)) ?? { kind: 'roles', roles: [] };
}
