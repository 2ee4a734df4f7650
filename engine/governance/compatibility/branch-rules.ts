import { isPromisedAlike } from './alike.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import { branchesOf, conjunctsOf, stepInto, without } from './conjuncts.ts';
import { disjoint } from './disjoint.ts';
import type { Finding, Question } from './finding.ts';
import { find } from './finding.ts';

/** How often the choices of the values are taken apart, one in another. */
const MOST_SPLITS = 2;
/** With more branches than this, their products would take too long. */
const MOST_BRANCHES = 30;

/** Tells what a schema asks by branches and conditions that the other one does not promise. */
export function branchFindings(question: Question): readonly Finding[] {
  const { schema } = question.against;
  const found: Finding[] = [];
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    if (!(keyword in schema) || fitsBranch(question, keyword)) continue;
    found.push(find(question, 'branches', keyword));
  }
  if ('not' in schema && !fitsNot(question)) found.push(find(question, 'exclusion', 'not'));
  if ('if' in schema && !isPromisedAlike(question, ['if', 'then', 'else'])) {
    found.push(find(question, 'condition', 'if'));
  }
  return found;
}

/** The values taken apart by a choice among them: together, the cases are all of `from`. */
export function casesOf(
  from: readonly Conjunct[],
  splits: number,
): readonly (readonly Conjunct[])[] | undefined {
  if (splits >= MOST_SPLITS) return undefined;
  for (const [index, one] of from.entries()) {
    // What is left over by a branch shows only beside it.
    if ('unevaluatedProperties' in one.schema || 'unevaluatedItems' in one.schema) continue;
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = branchesOf(one, keyword);
      if (branches.length === 0 || branches.length > MOST_BRANCHES) continue;
      const rest = from.filter((_, other) => other !== index);
      const schema = without(one.schema, [keyword]);
      return branches.map((branch) => [...rest, { ...one, schema }, ...conjunctsOf([branch])]);
    }
  }
  return undefined;
}

function fitsBranch(question: Question, keyword: 'anyOf' | 'oneOf'): boolean {
  if (isPromisedAlike(question, [keyword])) return true;
  const { from, against, at, ask } = question;
  const branches = branchesOf(against, keyword);
  return branches.some(
    (branch) =>
      ask(from, branch, at).length === 0 &&
      (keyword === 'anyOf' || isApart(from, branches, branch)),
  );
}

function isApart(from: readonly Conjunct[], branches: readonly Place[], taken: Place): boolean {
  return branches.every((other) => other === taken || disjoint(from, conjunctsOf([other])));
}

function fitsNot(question: Question): boolean {
  const { from, against } = question;
  if (isPromisedAlike(question, ['not'])) return true;
  return disjoint(from, conjunctsOf([stepInto(against, against.schema['not'], 'not')]));
}
