import type { Timer } from '../definition/rules.ts';
import type { Presence } from './presence.ts';
import { readExpression } from './read-expression.ts';
import type { WorkflowScopes } from './scopes.ts';
import type { Statechart } from './statechart.ts';

/** Finds the timers that follow a value which may be empty: they may rest for ever. */
export function restingTimers(
  chart: Statechart,
  scopes: WorkflowScopes,
  presence: Presence,
): ReadonlySet<Timer> {
  const timers = [...chart.states.values()].flatMap(({ after }) => after);
  return new Set(
    timers.filter(({ timing }) => {
      if (timing.kind !== 'at' && timing.kind !== 'in') return false;
      const present = presence.at(timing.value);
      const read = readExpression(timing.value, { variables: scopes.case, present });
      return read.ok && read.expression.type.mayBeEmpty;
    }),
  );
}
