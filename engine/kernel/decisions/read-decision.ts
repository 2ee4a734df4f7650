import type { Decision, DecisionRule } from '../definition/decision.ts';
import { literalExpression } from '../expressions/check.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Path, Problem } from '../problem.ts';
import { withEmptiness } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { Validate } from '../validator/schema-error.ts';
import { toRunning } from '../values/stored.ts';
import { aggregateType, compileAggregate } from './aggregate.ts';
import type { Cell } from './compile-cell.ts';
import { compileCell } from './compile-cell.ts';
import type { DecisionTable, TableParts } from './decision-table.ts';
import { makeTable } from './decision-table.ts';
import type { InputDomain, Limits } from './input-domain.ts';
import { domainOf } from './input-domain.ts';
import { precedenceOf } from './precedence.ts';
import type { DecisionCode } from './problem-codes.ts';
import type { InputColumn } from './samples.ts';

/** What an input of a decision can be. */
export interface DecisionInput {
  readonly type: ValueType;
  readonly limits?: Limits;
}

export interface ReadTable {
  readonly problems: readonly Problem[];
  /** Present where there are no problems. */
  readonly columns?: readonly InputColumn[];
  readonly table?: DecisionTable;
}

/** Makes what holds results against the schema of an output, or says why that is not possible. */
export type ValidateOutput = (schema: JsonSchema) => Validate | Problem;

/** Reads the cells and the results of a table; `validateOutput` decides how closely it is looked at. */
export function readDecision(
  decision: Decision,
  inputs: readonly DecisionInput[],
  validateOutput: ValidateOutput,
): ReadTable {
  const problems: Problem[] = [];
  const columns = decision.inputs.flatMap(({ name }, index) => {
    const input = inputs[index];
    return input === undefined ? [] : readColumn(decision, index, name, input, problems);
  });
  const outputs = readOutputs(decision, validateOutput, problems);
  const results = decision.rules.map((rule) => readResults(rule, outputs, problems));
  const { fallback } = decision;
  const collect = readCollect(decision, problems);
  const parts: TableParts = {
    columns,
    conversions: inputs.map(({ type }) => toRunning(type)),
    results,
    precedence: precedenceOf(decision),
    ...(fallback !== undefined && { fallback: readResults(fallback, outputs, problems) }),
    ...(collect !== undefined && { collect }),
  };
  if (problems.length > 0 || columns.length < decision.inputs.length) return { problems };
  return { problems, columns, table: makeTable(parts) };
}

function readColumn(
  { path, rules }: Decision,
  index: number,
  name: string,
  { type, limits }: DecisionInput,
  problems: Problem[],
): readonly InputColumn[] {
  const domain = domainOf(type, limits);
  if (domain === undefined) {
    const message = `"${name}" is ${showKind(type)}: no cell can speak of it. Name one of its fields, or its size.`;
    problems.push(error('wrong-kind', [...path, 'inputs', name], message));
    return [];
  }
  const cells = rules.flatMap((rule) => readCell(rule, index, name, type, domain, problems));
  return [{ name, domain, mayBeEmpty: type.mayBeEmpty, cells }];
}

function readCell(
  rule: DecisionRule,
  index: number,
  name: string,
  type: ValueType,
  domain: InputDomain,
  problems: Problem[],
): readonly Cell[] {
  const compiled = compileCell(rule.cells[index] ?? '-', type, domain);
  if (compiled.ok) return [compiled.cell];
  problems.push(error(compiled.code, [...rule.path, name], compiled.message));
  return [];
}

interface Output {
  readonly name: string;
  readonly type: ValueType;
  readonly validate: Validate;
}

function readOutputs(
  { outputs, hit, path }: Decision,
  validateOutput: ValidateOutput,
  problems: Problem[],
): readonly Output[] {
  if (hit.kind === 'priority' && !outputs.some(({ type }) => type.kind === 'one of')) {
    const message =
      '`hit: priority` takes the result that comes first among the choices of its output, and no output here has choices. Write `{ kind: one of, choices: [most important, …] }`.';
    problems.push(error('no-priority', [...path, 'hit'], message));
  }
  return outputs.flatMap(({ name, type, schema, path: at }): readonly Output[] => {
    const validate = validateOutput(schema);
    if (typeof validate === 'function') return [{ name, type, validate }];
    problems.push({ ...validate, path: at });
    return [];
  });
}

function readResults(
  row: Pick<DecisionRule, 'path' | 'results'>,
  outputs: readonly Output[],
  problems: Problem[],
): JsonObject {
  return Object.fromEntries(
    outputs.map((output, index) => [
      output.name,
      readResult(row.path, output, row.results[index] ?? null, problems),
    ]),
  );
}

function readResult(
  row: Path,
  { name, type, validate }: Output,
  written: Json,
  problems: Problem[],
): Json {
  const path = [...row, name];
  const read = literalExpression(written, withEmptiness(type, false));
  if (!read.ok) {
    problems.push(
      ...read.problems.map((found) => ({ ...found, severity: 'error' as const, path })),
    );
    return null;
  }
  const value = read.expression.literal;
  for (const { message } of validate(value)) {
    problems.push(error('data-unfit', path, `The result for "${name}" ${message}.`));
  }
  return value;
}

function readCollect(decision: Decision, problems: Problem[]): TableParts['collect'] {
  const { hit, path } = decision;
  if (hit.kind !== 'collect') return undefined;
  const { aggregate } = hit;
  if (aggregate === undefined) return (results) => results;
  const type = aggregateType(aggregate, decision);
  if (type !== undefined) return compileAggregate(aggregate, type);
  const what =
    aggregate.kind === 'sum'
      ? 'Only numbers can be added up'
      : 'Only what has an order can be compared';
  const at = [...path, 'collect', aggregate.kind];
  problems.push(error('wrong-kind', at, `${what}: name an output that is a number.`));
  return undefined;
}

function error(code: DecisionCode, path: Path, message: string): Problem {
  return { code, severity: 'error', path, message };
}
