import type { ModelKind } from './model-workflow.ts';

/** A state while its rules are still to be chosen. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  readonly children: readonly Plan[];
}

/** Where rules stand: in which state, what they can name, its own level first, and what they may ask. */
export interface PlanSite {
  readonly plan: Plan;
  /** The states beside it and beside those around it, from the inside out. */
  readonly levels: readonly (readonly Plan[])[];
  /** The ids of all regions, and of all states. */
  readonly regions: readonly string[];
  readonly ids: readonly string[];
}

/** Tells whether a state, by its id, is inside another or is that. */
export function isWithin(id: string, outer: string): boolean {
  return outer === '' || id === outer || id.startsWith(`${outer}/`);
}

export function plansIn(plan: Plan): readonly Plan[] {
  return plan.children.flatMap((child) => [child, ...plansIn(child)]);
}

export function regionsIn(plan: Plan): readonly Plan[] {
  const own = plan.kind === 'parallel' ? plan.children : [];
  return [...own, ...plan.children.flatMap(regionsIn)];
}
