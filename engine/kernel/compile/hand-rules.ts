import { withinState } from '../check/statechart.ts';
import type { State, StateOf } from '../definition/state.ts';
import type { RuleConfig } from './machine-config.ts';
import { moveEvent, repeatEvent, targetOf } from './names.ts';

type Rules = Readonly<Record<string, readonly RuleConfig[]>>;

/** The ways on which only people lead a case: from anywhere inside a state to another inside it. */
export function moveRules(around: StateOf<'states'>): Rules {
  const inside = withinState(around).slice(1);
  return Object.fromEntries(
    inside.map(({ id }) => [moveEvent(around.id, id), [{ target: targetOf(id), actions: [] }]]),
  );
}

/** The way on which a person lets a state begin anew. */
export function repeatRule({ id }: State): Rules {
  return { [repeatEvent(id)]: [{ target: targetOf(id), reenter: true, actions: [] }] };
}
