import type { Moment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { pressEvent } from '../compile/names.ts';
import type { Admitted } from '../definition/people.ts';
import type { Button } from '../definition/rules.ts';
import type { Visit } from '../effects.ts';
import type { LiveCase } from './live-case.ts';
import { statusOf } from './live-case.ts';

/** A button as it stands in one visit of a state. */
export interface OfferedButton extends Visit {
  readonly button: Button;
  /** Who may press it, as the case is now. */
  readonly by: Admitted;
}

/** The buttons of the states that a case is in, outermost first; none while it is undone. */
export function offeredButtons(
  live: LiveCase,
  compiled: CompiledWorkflow,
  moment: Moment,
): readonly OfferedButton[] {
  if (statusOf(live) !== 'active') return [];
  return [...compiled.states.values()].flatMap(({ id, buttons }) => {
    const { visit, calledOff } = live.context.open[id] ?? {};
    return visit === undefined || calledOff === true
      ? []
      : buttons.map((button) => {
          const by = admittedTo(live, compiled, { state: id, button: button.name }, moment);
          return { state: id, visit, button, by };
        });
  });
}

/** Who may press a button, wherever the case is now; nobody where there is none of this name. */
export function admittedTo(
  { context }: LiveCase,
  { admissions }: CompiledWorkflow,
  { state, button }: { readonly state: string; readonly button: string },
  moment: Moment,
): Admitted {
  const admit = admissions.get(pressEvent(state, button));
  return admit?.(context, moment) ?? { kind: 'roles', roles: [] };
}
