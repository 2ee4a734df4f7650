import { riskOf } from '../../engine/index.ts';
import type { CheckedTogether, Risk } from '../../engine/index.ts';

/** Works out the risk of workflows that passed their check together, by name; core processes have none. */
export function risksOf(passed: CheckedTogether['passed']): ReadonlyMap<string, Risk> {
  const known = new Map(passed.map(({ name, workflow }) => [name, workflow]));
  return new Map(
    passed.flatMap(({ name, workflow, core, map }) =>
      map === undefined || name.startsWith('core/')
        ? []
        : [[name, riskOf({ workflow, core, map, known: (of) => known.get(of) })] as const],
    ),
  );
}
