import { checkDecision } from '../decisions/check-decision.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import type { CheckedSite } from './site-check.ts';

/** Checks the cells of every decision table against what its inputs are where it is read. */
export function checkDecisions(
  { workflow }: Checkup,
  sites: readonly CheckedSite[],
): readonly Problem[] {
  const types = new Map(sites.map(({ expression, checked }) => [expression, checked.type]));
  return workflow.decisions.flatMap((decision) => {
    const inputs = decision.inputs.flatMap(({ value }) => types.get(value) ?? []);
    // An input with a problem of its own has told it already.
    if (inputs.length < decision.inputs.length) return [];
    return checkDecision(decision, inputs).problems;
  });
}
