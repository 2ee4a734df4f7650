import type { Decision } from '../definition/decision.ts';
import type { Path, Problem } from '../problem.ts';
import type { Validator } from '../validator/validator.ts';
import { PLAIN_VALIDATOR } from '../validator/plain-validator.ts';
import { coverageOf } from './coverage.ts';
import type { DecisionTable } from './decision-table.ts';
import { Overlaps } from './overlap.ts';
import { precedenceOf } from './precedence.ts';
import type { DecisionCode } from './problem-codes.ts';
import type { DecisionInput } from './read-decision.ts';
import { readDecision } from './read-decision.ts';
import type { InputColumn, Sample } from './samples.ts';
import { namedIn, samplesOf } from './samples.ts';

export interface DecisionResult {
  readonly problems: readonly Problem[];
  /** Absent where one of the problems is an error. */
  readonly table?: DecisionTable;
}

/**
 * Checks a decision table against what its inputs can be, in their order: every cell is of its
 * input's kind, every result fits its output, some rule takes every case, and no two rules are at
 * odds where only one may hold.
 */
export function checkDecision(
  decision: Decision,
  inputs: readonly DecisionInput[],
  validator: Validator = PLAIN_VALIDATOR,
): DecisionResult {
  const { problems, columns, table } = readDecision(decision, inputs, (schema) => {
    const [refused] = validator.check(schema);
    return refused ?? validator.compile(schema);
  });
  if (columns === undefined || table === undefined) return { problems };
  const found = analyse(decision, columns);
  const isRight = found.every(({ severity }) => severity !== 'error');
  return { problems: found, ...(isRight && { table }) };
}

/** More cells than this, held against the values that they name, are not gone through. */
const MOST_PAIRS = 500_000;

interface Analysis {
  readonly decision: Decision;
  readonly columns: readonly InputColumn[];
  readonly samples: readonly (readonly Sample[])[];
  readonly overlaps: Overlaps;
}

function analyse(decision: Decision, columns: readonly InputColumn[]): readonly Problem[] {
  const named = columns.map(({ cells }) => namedIn(cells));
  const pairs = columns.reduce((sum, { cells }, index) => {
    return sum + cells.length * (named[index] ?? []).length;
  }, 0);
  if (pairs > MOST_PAIRS) return [tooWide(decision, 'Divide the table into two.')];
  const samples = columns.map((column, index) => samplesOf(column, named[index] ?? []));
  const overlaps = new Overlaps(columns, samples);
  const analysis = { decision, columns, samples, overlaps };
  const never = neverHolding(analysis);
  const others = [...overlapProblems(analysis), ...orderProblems(analysis, never)];
  return [...never.map((rule) => neverHolds(decision, rule)), ...others];
}

/** A rule meets itself, unless it has a cell that means no value. */
function neverHolding({ decision, overlaps }: Analysis): readonly number[] {
  return decision.rules.flatMap((_, rule) => (overlaps.meet(rule, rule) ? [] : [rule]));
}

function overlapProblems({ decision, overlaps }: Analysis): readonly Problem[] {
  const { hit, rules } = decision;
  if (hit.kind !== 'unique' && hit.kind !== 'any') return [];
  const agree = (a: number, b: number): boolean =>
    JSON.stringify(rules[a]?.results) === JSON.stringify(rules[b]?.results);
  const found = overlaps.all(rules.length, hit.kind === 'any' ? agree : () => false);
  return found.map(({ earlier, later, values }) => {
    const end =
      hit.kind === 'any'
        ? 'and say different things. With `hit: any`, rules that hold together agree.'
        : 'and with `hit: unique` only one rule may. Narrow one of them, or write `hit: first`.';
    const both = `Rules ${String(earlier + 1)} and ${String(later + 1)} both hold for ${values.join(', ')}, ${end}`;
    return { ...error('decision-overlap', pathOf(decision, later), both), trace: values };
  });
}

/** What falls through, and what is never reached, where one rule is taken before others. */
function orderProblems(analysis: Analysis, never: readonly number[]): readonly Problem[] {
  const { decision, columns, samples } = analysis;
  const { hit, fallback } = decision;
  const isOrdered = hit.kind === 'first' || hit.kind === 'priority';
  const needsOne = fallback === undefined && needsRule(decision);
  if (!isOrdered && !needsOne) return [];
  const order = precedenceOf(decision);
  const coverage = coverageOf(inOrder(columns, order), reordered(samples, order), order.length);
  if (coverage === undefined) return tooManyWays(analysis, order, { isOrdered, needsOne });
  const isReached = (place: number): boolean => (coverage.reached & (1n << BigInt(place))) !== 0n;
  const unreached = order.filter((rule, place) => !isReached(place) && !never.includes(rule));
  return [
    ...(isOrdered ? unreached.map((rule) => neverReached(analysis, rule, order)) : []),
    ...(needsOne && coverage.gap ? [gapProblem(decision, coverage.gap)] : []),
  ];
}

/** Without going through all combinations, a rule for everything is still seen. */
function tooManyWays(
  analysis: Analysis,
  order: readonly number[],
  { isOrdered, needsOne }: { readonly isOrdered: boolean; readonly needsOne: boolean },
): readonly Problem[] {
  const { decision, columns } = analysis;
  const last = order.findIndex((rule) => columns.every(({ cells }) => cells[rule]?.isAnything));
  const late = isOrdered && last >= 0 ? order.slice(last + 1) : [];
  return [
    ...late.map((rule) => neverReached(analysis, rule, order)),
    ...(needsOne && last < 0 ? [tooWide(decision, DEFAULT_OR_TWO)] : []),
  ];
}

/** A list, a sum and a number of rules can be made of none. */
function needsRule({ hit }: Decision): boolean {
  if (hit.kind !== 'collect') return true;
  return hit.aggregate?.kind === 'min' || hit.aggregate?.kind === 'max';
}

function inOrder(
  columns: readonly InputColumn[],
  order: readonly number[],
): readonly InputColumn[] {
  return columns.map((column) => ({
    ...column,
    cells: order.flatMap((rule) => column.cells[rule] ?? []),
  }));
}

function reordered(
  samples: readonly (readonly Sample[])[],
  order: readonly number[],
): readonly (readonly Sample[])[] {
  const moved = (rules: bigint): bigint =>
    order.reduce((bits, rule, place) => {
      return (rules & (1n << BigInt(rule))) === 0n ? bits : bits | (1n << BigInt(place));
    }, 0n);
  return samples.map((column) =>
    column.map(({ shown, rules }) => ({ shown, rules: moved(rules) })),
  );
}

function gapProblem({ path, hit }: Decision, gap: readonly string[]): Problem {
  const cure =
    hit.kind === 'unique' || hit.kind === 'any'
      ? 'Add a rule for it, or write under `default` what then comes out.'
      : 'Add a last rule in which every input is "-", or write under `default` what then comes out.';
  const message = `No rule holds for ${gap.join(', ')}. ${cure}`;
  return { ...error('decision-gap', [...path, 'rules'], message), trace: gap };
}

const DEFAULT_OR_TWO =
  'Write under `default` what comes out where no rule holds, or divide the table into two.';

function tooWide({ path }: Decision, cure: string): Problem {
  const message = `There are too many combinations to show that some rule always holds. ${cure}`;
  return error('decision-too-wide', [...path, 'rules'], message);
}

function neverReached(
  { decision, overlaps }: Analysis,
  rule: number,
  order: readonly number[],
): Problem {
  const before = order.slice(0, order.indexOf(rule)).filter((one) => overlaps.meet(one, rule));
  const alone = before.find((one) => overlaps.covers(one, rule));
  const takers = alone === undefined ? before : [alone];
  const by = `${takers.length === 1 ? 'rule' : 'rules'} ${listed(takers)}`;
  const verb = takers.length === 1 ? 'takes' : 'together take';
  const cure =
    decision.hit.kind === 'priority'
      ? 'Take it out, or narrow the others.'
      : 'Move it up, or take it out.';
  const message = `Rule ${String(rule + 1)} is never reached: ${by} ${verb} all that it would. ${cure}`;
  return warning(pathOf(decision, rule), message);
}

function neverHolds(decision: Decision, rule: number): Problem {
  const message = `Rule ${String(rule + 1)} never holds: one of its cells means no value at all. Correct it, or take it out.`;
  return warning(pathOf(decision, rule), message);
}

const MOST_LISTED = 5;

function listed(rules: readonly number[]): string {
  const shown = rules.slice(0, MOST_LISTED).map((rule) => String(rule + 1));
  const last = shown.pop() ?? '';
  const all = shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
  return rules.length > MOST_LISTED ? `${all} and others` : all;
}

function pathOf({ rules, path }: Decision, rule: number): Path {
  return rules[rule]?.path ?? path;
}

function error(code: DecisionCode, path: Path, message: string): Problem {
  return { code, severity: 'error', path, message };
}

function warning(path: Path, message: string): Problem {
  return { code: 'decision-unreachable', severity: 'warning', path, message };
}
