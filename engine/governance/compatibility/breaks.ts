import type { Json } from '../../kernel/json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Path } from '../../kernel/problem.ts';
import { conjunctsOf } from './conjuncts.ts';
import { exampleOf } from './example.ts';
import type { Comparison, Finding } from './finding.ts';
import { inclusionFindings } from './inclusion.ts';
import { unchangedTypes, wholeOf } from './meaning.ts';
import { createSide } from './side.ts';

/** One way in which values of a type on one side do not fit it on the other. */
export interface Break {
  readonly type: string;
  readonly finding: Finding;
  readonly isShown: boolean;
  readonly example?: Json;
}

/** How many schemas of one type are compared at most. */
const MOST_STEPS = 20_000;

/**
 * Finds where values that fit a type of one release may not fit it in another. `stored` says more
 * narrowly which values there are of the one. (Default: all that fit)
 */
export function breaksBetween(
  from: ReadonlyMap<string, JsonSchema>,
  to: ReadonlyMap<string, JsonSchema>,
  stored = from,
): readonly Break[] {
  const unchanged = unchangedTypes(from, to);
  const sides = { from: createSide(stored), to: createSide(to), unchanged };
  return [...stored].flatMap(([type, schema]) => {
    const counterpart = to.get(type);
    if (counterpart === undefined || unchanged.has(type)) return [];
    const comparison: Comparison = { ...sides, budget: MOST_STEPS };
    const whole = conjunctsOf([wholeOf(schema, stored)]);
    const found = inclusionFindings(comparison, whole, wholeOf(counterpart, to));
    return onceEach(found).map((finding): Break => {
      const example = exampleOf(finding, { ...comparison, type, whole });
      return {
        type,
        finding,
        isShown: example !== undefined,
        ...(example !== undefined && { example: example.value }),
      };
    });
  });
}

/** What is said at one place by one rule of one field is said once. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ rule, at, site }: Finding): string => canonicalJson([rule, named(at), site]);
  return [...new Map([...findings].reverse().map((one) => [keyOf(one), one])).values()].reverse();
}

function named(at: Path): Path {
  return at.filter((step) => typeof step === 'string');
}
