import type { Json } from '../../json.ts';
import type { Path } from '../../problem.ts';
import type { Report } from '../report.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Decision, DecisionRule, HitPolicy } from '../decision.ts';
import { readExpression } from './expressions.ts';
import { readInlineType } from './inline-types.ts';
import type { Reading } from './reading.ts';

/** A cell that accepts everything. */
const ANYTHING = '-';

/** Reads all decision tables. */
export function readDecisions(
  written: Written<'Decisions'> | undefined,
  reading: Reading,
): readonly Decision[] {
  return Object.entries(written ?? {}).map(([name, decision]) =>
    readDecision(name, decision, reading),
  );
}

function readDecision(name: string, written: Written<'Decision'>, reading: Reading): Decision {
  const path = ['decisions', name];
  const inputs = Object.keys(written.inputs);
  const outputs = Object.keys(written.outputs);
  for (const output of outputs) {
    if (!inputs.includes(output)) continue;
    const message = `"${output}" is an input already. Give the output another name.`;
    reading.report.atKey([...path, 'outputs', output], 'input-and-output', message);
  }
  return {
    path,
    name,
    hit: readHit(written, path, reading),
    inputs: Object.entries(written.inputs).map(([input, value]) => ({
      name: input,
      value: readExpression(value, [...path, 'inputs', input]),
    })),
    outputs: Object.entries(written.outputs).flatMap(([output, kind]) => {
      const at = [...path, 'outputs', output];
      const read = readInlineType(kind, at, reading.report);
      return read === undefined ? [] : [{ path: at, name: output, ...read }];
    }),
    rules: written.rules.map((rule, index) =>
      readRule(rule, [...path, 'rules', index], { inputs, outputs }, reading),
    ),
    ...(written.default !== undefined && {
      fallback: readFallback(written.default, [...path, 'default'], outputs, reading),
    }),
  };
}

/** `sum`, `min` and `max` name the output that they are of; `count` may. */
function readHit(written: Written<'Decision'>, path: Path, { report }: Reading): HitPolicy {
  const { hit = 'first', collect = {}, outputs } = written;
  const [[aggregate, output] = []] = Object.entries(collect);
  const at = [...path, 'collect'];
  if (aggregate !== undefined && hit !== 'collect') {
    const message = `"collect" has a meaning beside \`hit: collect\` only. Take it out, or write that.`;
    report.atKey(at, 'misplaced-key', message);
  }
  if (hit !== 'collect') return { kind: hit };
  if (typeof output === 'string' && !Object.hasOwn(outputs, output)) {
    report.unknown(
      [...at, String(aggregate)],
      'unknown-output',
      'output',
      output,
      Object.keys(outputs),
    );
  }
  if (aggregate === 'count') return { kind: hit, aggregate: { kind: aggregate } };
  if (aggregate === undefined || typeof output !== 'string') return { kind: hit };
  return { kind: hit, aggregate: { kind: aggregate as 'sum' | 'min' | 'max', output } };
}

interface Columns {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** An input that a rule leaves out accepts everything; every output must be given. */
function readRule(
  written: Written<'DecisionRule'>,
  path: Path,
  { inputs, outputs }: Columns,
  { report }: Reading,
): DecisionRule {
  refuseStrangers(written, path, [...inputs, ...outputs], report);
  return {
    path,
    cells: inputs.map((input) => String(written[input] ?? ANYTHING)),
    results: readResults(written, path, outputs, report),
  };
}

function readFallback(
  written: Written<'DecisionDefault'>,
  path: Path,
  outputs: readonly string[],
  { report }: Reading,
): NonNullable<Decision['fallback']> {
  refuseStrangers(written, path, outputs, report);
  return { path, results: readResults(written, path, outputs, report) };
}

function refuseStrangers(
  written: Written<'DecisionRule'>,
  path: Path,
  columns: readonly string[],
  report: Report,
): void {
  for (const column of Object.keys(written)) {
    if (columns.includes(column)) continue;
    const message = `The decision has no input or output "${column}".`;
    report.unknownKey([...path, column], 'unknown-column', message, columns);
  }
}

function readResults(
  written: Written<'DecisionRule'>,
  path: Path,
  outputs: readonly string[],
  report: Report,
): readonly Json[] {
  return outputs.map((output): Json => {
    const result = written[output];
    if (result !== undefined) return result;
    const message = `There is no "${output}" here. Every rule, and the default, gives every output.`;
    report.at(path, 'missing-output', message);
    return null;
  });
}
