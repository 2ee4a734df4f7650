import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Button } from '../definition/rules.ts';
import type { Visit } from '../effects.ts';
import type { LiveCase } from './live-case.ts';
import { statusOf } from './live-case.ts';

/** A button as it stands in one visit of a state. */
export interface OfferedButton extends Visit {
  readonly button: Button;
}

/** The buttons of the states that a case is in, outermost first; none while it is undone. */
export function offeredButtons(
  live: LiveCase,
  { states }: CompiledWorkflow,
): readonly OfferedButton[] {
  if (statusOf(live) !== 'active') return [];
  return [...states.values()].flatMap(({ id, buttons }) => {
    const { visit, calledOff } = live.context.open[id] ?? {};
    return visit === undefined || calledOff === true
      ? []
      : buttons.map((button) => ({ state: id, visit, button }));
  });
}
