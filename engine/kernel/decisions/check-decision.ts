import type { Decision, DecisionRule } from '../definition/workflow.ts';
import { literalExpression } from '../expressions/check.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Path, Problem } from '../problem.ts';
import { withEmptiness } from '../types/make-type.ts';
import { showKind } from '../types/show.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { Validate } from '../validator/schema-error.ts';
import type { Validator } from '../validator/validator.ts';
import { createValidator } from '../validator/validator.ts';
import { toRunning } from '../values/stored.ts';
import { compileCell } from './compile-cell.ts';
import type { Cell } from './compile-cell.ts';
import type { InputColumn } from './coverage.ts';
import { coverageOf } from './coverage.ts';
import { domainOf } from './input-domain.ts';
import type { InputDomain } from './input-domain.ts';
import type { DecisionTable } from './decision-table.ts';
import { makeTable } from './decision-table.ts';

export interface DecisionResult {
  readonly problems: readonly Problem[];
  /** Absent where one of the problems is an error. */
  readonly table?: DecisionTable;
}

/**
 * Checks a decision table against the types of its inputs, in their order, and compiles it: every
 * cell is of its input's kind, every result fits its output, and some rule takes every case.
 */
export function checkDecision(
  decision: Decision,
  inputTypes: readonly ValueType[],
  validator: Validator = createValidator(new Map()),
): DecisionResult {
  return readDecision(decision, inputTypes, (schema) => {
    const [refused] = validator.check(schema);
    return refused ?? validator.compile(schema);
  });
}

/** Makes what holds results against the schema of an output, or says why that is not possible. */
export type ValidateOutput = (schema: JsonSchema) => Validate | Problem;

/** Reads a decision table; `validateOutput` decides how closely its results are looked at. */
export function readDecision(
  decision: Decision,
  inputTypes: readonly ValueType[],
  validateOutput: ValidateOutput,
): DecisionResult {
  const problems: Problem[] = [];
  const columns = decision.inputs.map((input, index) =>
    readColumn(decision, index, input.name, inputTypes[index], problems),
  );
  const results = readResults(decision, validateOutput, problems);
  const complete = columns.filter((column) => column !== undefined);
  if (problems.length === 0 && complete.length === columns.length) {
    problems.push(...coverageProblems(decision, complete));
  }
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  const conversions = inputTypes.map(toRunning);
  return { problems, table: makeTable(complete, conversions, results) };
}

function readColumn(
  { path, rules }: Decision,
  index: number,
  name: string,
  type: ValueType | undefined,
  problems: Problem[],
): InputColumn | undefined {
  if (type === undefined) return undefined;
  const domain = domainOf(type);
  if (domain === undefined) {
    const message = `"${name}" is ${showKind(type)}: no cell can speak of it. Name one of its fields, or its size.`;
    problems.push(error('wrong-kind', [...path, 'inputs', name], message));
    return undefined;
  }
  const cells = rules.flatMap((rule) => readCell(rule, index, name, type, domain, problems));
  return { name, domain, mayBeEmpty: type.mayBeEmpty, cells };
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

function readResults(
  decision: Decision,
  validateOutput: ValidateOutput,
  problems: Problem[],
): readonly JsonObject[] {
  const outputs = decision.outputs.flatMap(({ name, type, schema, path }): readonly Output[] => {
    const validate = validateOutput(schema);
    if (typeof validate === 'function') return [{ name, type, validate }];
    problems.push(error(validate.code, path, validate.message));
    return [];
  });
  return decision.rules.map((rule) =>
    Object.fromEntries(
      outputs.map((output, index) => [
        output.name,
        readResult(rule, output, rule.results[index] ?? null, problems),
      ]),
    ),
  );
}

function readResult(
  rule: DecisionRule,
  { name, type, validate }: Output,
  written: Json,
  problems: Problem[],
): Json {
  const path = [...rule.path, name];
  const read = literalExpression(written, withEmptiness(type, false));
  if (!read.ok) {
    problems.push(...read.problems.map(({ code, message }) => error(code, path, message)));
    return null;
  }
  const value = read.expression.literal;
  for (const { message } of validate(value)) {
    problems.push(error('data-unfit', path, `The result for "${name}" ${message}.`));
  }
  return value;
}

function coverageProblems(decision: Decision, columns: readonly InputColumn[]): readonly Problem[] {
  const { rules, path } = decision;
  const catchAll = rules.findIndex((_, rule) =>
    columns.every(({ cells }) => cells[rule]?.isAnything === true),
  );
  const coverage = coverageOf(columns, rules.length);
  const unreached = coverage?.unreached ?? rulesAfter(catchAll, rules.length);
  const gap = coverage === undefined ? catchAll < 0 && [] : coverage.gap;
  return [
    ...unreached.map((rule) => neverReached(rules[rule]?.path ?? path, rule)),
    ...(gap ? [gapProblem([...path, 'rules'], gap)] : []),
  ];
}

function rulesAfter(catchAll: number, rules: number): readonly number[] {
  if (catchAll < 0) return [];
  return Array.from({ length: rules - catchAll - 1 }, (_, index) => catchAll + 1 + index);
}

function gapProblem(path: Path, gap: readonly string[]): Problem {
  const finding =
    gap.length === 0
      ? 'There are too many combinations to show that some rule always holds.'
      : `No rule holds for ${gap.join(', ')}.`;
  const problem = error(
    'decision-gap',
    path,
    `${finding} Add a last rule in which every input is "-".`,
  );
  return gap.length === 0 ? problem : { ...problem, trace: gap };
}

function neverReached(path: Path, rule: number): Problem {
  const message = `Rule ${rule + 1} is never reached: the rules before it take all that it would. Move it up, or take it out.`;
  return { code: 'decision-unreachable', severity: 'warning', path, message };
}

function error(code: string, path: Path, message: string): Problem {
  return { code, severity: 'error', path, message };
}
