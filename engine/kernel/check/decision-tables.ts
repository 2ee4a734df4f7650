import { checkDecision } from '../decisions/check-decision.ts';
import type { Limits } from '../decisions/input-domain.ts';
import type { DecisionInput } from '../decisions/read-decision.ts';
import type { Expression } from '../definition/values.ts';
import type { Syntax } from '../expressions/parse.ts';
import { parseExpression } from '../expressions/parse.ts';
import type { Problem } from '../problem.ts';
import { schemaAt } from '../types/schema-at.ts';
import type { Checkup } from './checkup.ts';
import type { CheckedSite } from './site-check.ts';

/** Checks the cells of every decision table against what its inputs are where it is read. */
export function checkDecisions(
  checkup: Checkup,
  sites: readonly CheckedSite[],
): readonly Problem[] {
  const types = new Map(sites.map(({ expression, checked }) => [expression, checked.type]));
  return checkup.workflow.decisions.flatMap((decision) => {
    const inputs = decision.inputs.flatMap(({ value }): readonly DecisionInput[] => {
      const type = types.get(value);
      return type === undefined ? [] : [{ type, limits: limitsOf(value, checkup) }];
    });
    // An input with a problem of its own has told it already.
    if (inputs.length < decision.inputs.length) return [];
    return checkDecision(decision, inputs).problems;
  });
}

const COUNTS: readonly string[] = ['size', 'count'];

/** A field keeps to the limits of its schema, and nothing is counted less than never. */
function limitsOf({ source, literal }: Expression, { workflow, core }: Checkup): Limits {
  if (literal !== undefined) return {};
  const parsed = parseExpression(source);
  if (!parsed.ok) return {};
  const { syntax } = parsed;
  if (syntax.op === 'call' || syntax.op === 'rcall') {
    return COUNTS.includes(syntax.args[0]) ? { least: 0 } : {};
  }
  const [name, ...rest] = pathOf(syntax);
  const field = workflow.data.find((one) => one.name === name);
  if (field === undefined) return {};
  const schema = schemaAt(field.schema, rest, (type) => core.types.get(type)?.schema);
  return typeof schema === 'object' ? limitsIn(schema) : {};
}

/** The names of `quote.netTotal`; none of anything that is no path. */
function pathOf(syntax: Syntax): readonly string[] {
  if (syntax.op === 'id') return [syntax.args];
  if (syntax.op !== '.') return [];
  const outer = pathOf(syntax.args[0]);
  return outer.length === 0 ? [] : [...outer, syntax.args[1]];
}

/** The bounds of a number stand in other words than those of a decimal. */
function limitsIn(schema: Readonly<Record<string, unknown>>): Limits {
  const least = schema['minimum'] ?? schema['x-minimum'];
  const greatest = schema['maximum'] ?? schema['x-maximum'];
  return {
    ...(isBound(least) && { least }),
    ...(isBound(greatest) && { greatest }),
  };
}

function isBound(bound: unknown): bound is number | string {
  return typeof bound === 'number' || typeof bound === 'string';
}
