import type { Conjunct, Place } from './conjuncts.ts';
import { branchesOf, conjunctsOf, stepInto } from './conjuncts.ts';
import type { Finding, Question } from './finding.ts';
import { find, written } from './finding.ts';
import { isPromisedAlike } from './alike.ts';

/** Tells what a schema asks of lists that the other one does not promise. */
export function listFindings(question: Question): readonly Finding[] {
  if (!question.kinds.has('array')) return [];
  return [...sizeFindings(question), ...itemFindings(question), ...groupFindings(question)];
}

function sizeFindings(question: Question): readonly Finding[] {
  const { against } = question;
  const { minItems = 0, maxItems = Infinity, uniqueItems = false } = against.schema as Sizes;
  const most = mostItems(question.from);
  return [
    ...(leastItems(question.from) < minItems ? [find(question, 'list-size', 'minItems')] : []),
    ...(most > maxItems ? [find(question, 'list-size', 'maxItems')] : []),
    ...(uniqueItems && most > 1 && !written(question.from, 'uniqueItems').includes(true)
      ? [find(question, 'unique-items', 'uniqueItems')]
      : []),
  ];
}

interface Sizes {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

function leastItems(from: readonly Conjunct[]): number {
  return Math.max(0, ...written(from, 'minItems').map(Number));
}

function mostItems(from: readonly Conjunct[]): number {
  return Math.min(Infinity, ...written(from, 'maxItems').map(Number));
}

function itemFindings({ from, against, at, ask }: Question): readonly Finding[] {
  const ahead = Math.max(...[...from, against].map((one) => branchesOf(one, 'prefixItems').length));
  const most = mostItems(from);
  const found: Finding[] = [];
  for (let index = 0; index <= ahead && index < most; index += 1) {
    const asked = itemAt(against, index);
    if (asked === undefined) continue;
    const items = conjunctsOf(from.flatMap((one) => itemAt(one, index) ?? []));
    found.push(...ask(items, asked, [...at, index]));
  }
  return found;
}

/** What a schema asks of the item at an index. */
export function itemAt(conjunct: Conjunct, index: number): Place | undefined {
  const ahead = branchesOf(conjunct, 'prefixItems');
  if (index < ahead.length) return ahead[index];
  const { items } = conjunct.schema as { readonly items?: unknown };
  return items === undefined ? undefined : stepInto(conjunct, items, 'items');
}

const CONTAINS = ['contains', 'minContains', 'maxContains'];
const UNEVALUATED = ['items', 'prefixItems', 'contains', 'allOf', 'anyOf', 'oneOf', 'if', 'then'];

function groupFindings(question: Question): readonly Finding[] {
  const { schema } = question.against;
  const found: Finding[] = [];
  if ('contains' in schema && !isPromisedAlike(question, CONTAINS)) {
    found.push(find(question, 'contains', 'contains'));
  }
  const whole = ['unevaluatedItems', ...UNEVALUATED, 'else', '$ref', 'dependentSchemas'];
  if ('unevaluatedItems' in schema && !isPromisedAlike(question, whole)) {
    found.push(find(question, 'too-complex', 'unevaluatedItems'));
  }
  return found;
}
