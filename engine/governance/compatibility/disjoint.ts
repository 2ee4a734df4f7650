import { canonicalJson } from '../canonical-json.ts';
import type { Json } from '../../kernel/json.ts';
import type { Conjunct } from './conjuncts.ts';
import { conjunctsOf } from './conjuncts.ts';
import { fieldPlaces } from './fields.ts';
import { choicesOf, kindsOf } from './json-kinds.ts';
import { requiredOf } from './object-rules.ts';

const DEEPEST = 3;

/** Tells whether no value can fit both: by its kind, its choices, or a field that both must have. */
export function disjoint(one: readonly Conjunct[], other: readonly Conjunct[], depth = 0): boolean {
  const kinds = kindsOf(other);
  const common = [...kindsOf(one)].filter((kind) => kinds.has(kind));
  if (common.length === 0) return true;
  const choices = choiceKeys(one);
  const others = choiceKeys(other);
  if (choices !== undefined && others !== undefined) {
    return ![...choices].some((choice) => others.has(choice));
  }
  if (common.some((kind) => kind !== 'object') || depth >= DEEPEST) return false;
  return [...new Set([...requiredOf(one), ...requiredOf(other)])].some((name) =>
    disjoint(fieldOf(one, name), fieldOf(other, name), depth + 1),
  );
}

function fieldOf(conjuncts: readonly Conjunct[], name: string): readonly Conjunct[] {
  return conjunctsOf(conjuncts.flatMap((one) => fieldPlaces(one, name)));
}

function choiceKeys(conjuncts: readonly Conjunct[]): ReadonlySet<string> | undefined {
  const lists = conjuncts.flatMap((one): readonly (readonly Json[])[] => {
    const choices = choicesOf(one);
    return choices === undefined ? [] : [choices];
  });
  const [first] = lists;
  return first && new Set(first.map(canonicalJson));
}
