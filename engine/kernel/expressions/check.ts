import { showClassification } from '../classification.ts';
import { remembered } from '../remembered.ts';
import { assignable } from '../types/assignable.ts';
import type { Mismatch } from '../types/assignable.ts';
import { leavesOf } from '../types/classify.ts';
import type { ValueType } from '../types/value-type.ts';
import { checkSyntax } from './check-syntax.ts';
import type { Context, Shared } from './context.ts';
import { withPrefixes } from './context.ts';
import { mayBeEmpty, needed } from './emptiness.ts';
import type { CheckedExpression, ExpressionResult, Scope } from './expression.ts';
import { FUEL, makeFrame } from './frame.ts';
import { convertNumber } from './kinds.ts';
import type { Flow } from './flow.ts';
import type { Node } from './node.ts';
import { classificationOf } from './flow.ts';
import { parseExpression } from './parse.ts';
import type { Syntax } from './parse.ts';
import { Refusal, allOf, refuse, replacing } from './refusal.ts';
import { storedRun } from './stored-run.ts';

export { literalExpression } from './literal-expression.ts';
export { FUNCTIONS } from './functions/functions.ts';

export interface CheckOptions {
  /** The steps that one evaluation may take. (Default: 10,000) */
  readonly fuel?: number;
}

/**
 * Checks an expression against what it may name and compiles it. With `expected`, the result must
 * go there, and comes as that type is stored: a whole number as a decimal, if one is expected.
 * Never throws, whatever the source.
 */
export function checkExpression(
  source: string,
  scope: Scope,
  expected?: ValueType,
  options: CheckOptions = {},
): ExpressionResult {
  const parsed = parseExpression(source);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  try {
    const expression = compile(source, parsed.syntax, scope, expected, options.fuel ?? FUEL);
    return { ok: true, expression };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problems: error.problems };
    throw error;
  }
}

function compile(
  source: string,
  syntax: Syntax,
  scope: Scope,
  expected: ValueType | undefined,
  fuel: number,
): CheckedExpression {
  const shared: Shared = { source, scope, reads: new Set(), fields: [], slots: 0 };
  const context: Context = {
    shared,
    facts: scope.present === 'all' ? 'all' : withTheirPrefixes(scope.present),
    locals: NO_LOCALS,
    insideRound: false,
    check: checkSyntax,
  };
  const found = checkSyntax(syntax, context, expected);
  const node = expected === undefined ? found : fitted(found, expected, context);
  const run = storedRun(node);
  const flows = spreadFlows(node.flows);
  return {
    source,
    type: { ...node.type, classification: classificationOf(flows) },
    reads: [...shared.reads],
    fields: shared.fields,
    flows,
    presentWhenTrue: ownPaths(node.whenTrue),
    presentWhenFalse: ownPaths(node.whenFalse),
    evaluate: (environment) => run(makeFrame(environment, fuel)) ?? null,
  };
}

const NO_LOCALS: Context['locals'] = new Map();

/** What is present at a place is asked of every expression there. */
const withTheirPrefixes = remembered((present: ReadonlySet<string>) => withPrefixes(present));

/** Brings a node to the type that is expected, or refuses it with all reasons. */
function fitted(found: Node, expected: ValueType, context: Context): Node {
  const node = convertNumber(found, expected.kind);
  const mismatches = assignable(node.type, expected);
  if (mismatches.length > 0) {
    allOf(
      mismatches.map((mismatch) => () => {
        throw explain(mismatch, node, expected, context);
      }),
    );
  }
  return expected.mayBeEmpty ? node : needed(context, node);
}

function explain(
  { code, path, message, suggestion }: Mismatch,
  node: Node,
  expected: ValueType,
  context: Context,
): Refusal {
  if (code === 'may-be-empty') return mayBeEmpty(context, node, path);
  const { literal } = node.type;
  const isRoot = path.length === 0;
  if (suggestion !== undefined && isRoot && literal !== undefined) {
    return refuse(code, node, message, replacing(node, JSON.stringify(suggestion)));
  }
  if (isRoot && expected.kind === 'date' && typeof literal === 'string') {
    const written = `date(${JSON.stringify(literal)})`;
    const fix = replacing(node, written);
    return refuse(code, node, `A date is written ${written}.`, fix);
  }
  return refuse(code, node, isRoot ? message : `${path.join('.')}: ${message}`);
}

/** Names the single values that flow, for objects and lists of objects. */
function spreadFlows(flows: readonly Flow[]): readonly Flow[] {
  if (flows.length === 0) return flows;
  const spread = new Map<string, Flow>();
  for (const flow of flows) {
    for (const leaf of leavesOf(flow.type)) {
      const place = leaf.path.length === 0 ? flow.path : `${flow.path}.${leaf.path.join('.')}`;
      const into = flow.into && { into: [...flow.into, ...leaf.path] };
      const key = `${place} ${showClassification(leaf.type.classification)} ${into?.into.join('.') ?? '*'}`;
      spread.set(key, leaf.path.length === 0 ? flow : { path: place, type: leaf.type, ...into });
    }
  }
  return [...spread.values()];
}

/** Leaves out what is said of the items of lists: outside their formula they have no name. */
function ownPaths(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].filter((key) => !key.startsWith('#'));
}
