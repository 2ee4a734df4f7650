import type { Json } from '../../json.ts';
import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Decision, DecisionRule } from '../workflow.ts';
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
    hit: 'first',
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
  };
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
  const columns = [...inputs, ...outputs];
  for (const column of Object.keys(written)) {
    if (columns.includes(column)) continue;
    const message = `The decision has no input or output "${column}".`;
    report.unknownKey([...path, column], 'unknown-column', message, columns);
  }
  const results = outputs.map((output): Json => {
    const result = written[output];
    if (result !== undefined) return result;
    report.at(
      path,
      'missing-output',
      `This rule gives no "${output}". Every rule gives every output.`,
    );
    return null;
  });
  return { path, cells: inputs.map((input) => String(written[input] ?? ANYTHING)), results };
}
