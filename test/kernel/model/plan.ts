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
  /** The sets of fields that they may read and write: first the one of the region they stand in. */
  readonly fields: readonly number[];
  /** The ids of all regions, and of all states. */
  readonly regions: readonly string[];
  readonly ids: readonly string[];
  /** What happens to it can happen to all regions in one step: only the first of them may leave. */
  readonly isShared?: true;
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

/** The sets that a state has, by the regions around it: each has one of its own. */
export function fieldsIn(id: string, regions: readonly string[]): readonly number[] {
  const own = regions.findLastIndex((region) => isWithin(id, region));
  const free = regions.flatMap((region, index) => {
    // Those of regions that were over before, or are to come: nobody else has them at the same time.
    const outer = regions.slice(0, index).findLastIndex((other) => isWithin(region, other));
    const isApart = !isWithin(region, id) && !isWithin(id, region);
    return outer === own && isApart ? [index + 1] : [];
  });
  return [own + 1, ...free];
}

/** Tells whether a rule may lead to a state: not into another region, nor out of two at once. */
export function mayLead({ plan, regions, isShared }: PlanSite, to: string): boolean {
  return regions
    .filter((region) => isWithin(plan.id, region) && !isWithin(to, region))
    .every((region) => {
      const around = outside(region);
      if (to !== around && isWithin(to, around)) return false;
      return !isShared || regions.find((other) => outside(other) === around) === region;
    });
}

/** The state around one, by its id. */
export function outside(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}
