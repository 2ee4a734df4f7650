import { withArticle } from '../../types/assignable.ts';
import { showKind } from '../../types/show.ts';
import type { ValueType } from '../../types/value-type.ts';
import type { Context } from '../context.ts';
import { needed } from '../emptiness.ts';
import type { Json } from '../../json.ts';
import { convertNumber, isText } from '../kinds.ts';
import type { Node, Run } from '../node.ts';
import { flowsOf, makeNode } from '../node.ts';
import type { Syntax, SyntaxOf } from '../parse.ts';
import { allOf, refuse } from '../refusal.ts';

/** One function of the expression language, with what its readers need to know. */
export interface FunctionDefinition {
  readonly name: string;
  /** How it is written: `addDays(date, n)`, `list.filter(x, condition)`. */
  readonly signature: string;
  /** What it gives, in one sentence. */
  readonly description: string;
  readonly example: { readonly formula: string; readonly result: Json };
  check(call: Call): Node;
}

/** One use of a function. What stands before a dot is its first argument. */
export interface Call {
  readonly definition: FunctionDefinition;
  readonly syntax: SyntaxOf<'call' | 'rcall'>;
  readonly args: readonly Syntax[];
  readonly context: Context;
  readonly wanted: ValueType | undefined;
}

/** What a function takes at one place: the kinds, the first of which a numeral becomes. */
export type Parameter = readonly ValueType['kind'][];

interface PlainFunction extends Omit<FunctionDefinition, 'check'> {
  readonly parameters: readonly Parameter[];
  /** The type of the result, and how it is worked out from the arguments. */
  readonly make: (
    args: readonly Node[],
    call: Call,
  ) => { readonly type: ValueType; readonly run: Run };
}

/** Defines a function whose arguments are all worked out first, and none of which may be empty. */
export function plainFunction({ parameters, make, ...rest }: PlainFunction): FunctionDefinition {
  return {
    ...rest,
    check(call) {
      const args = checkArguments(call, parameters);
      return makeNode(call.syntax, { ...make(args, call), flows: flowsOf(args) });
    },
  };
}

/** Checks the number of arguments, and each of them. */
export function checkArguments(call: Call, parameters: readonly Parameter[]): readonly Node[] {
  if (call.args.length !== parameters.length) throw wrongArguments(call);
  return allOf(
    parameters.map((kinds, index) => () => {
      const syntax = call.args[index];
      if (syntax === undefined) throw wrongArguments(call);
      return checkArgument(call, syntax, kinds);
    }),
  );
}

/** Checks one argument: of one of the kinds, and not empty. */
export function checkArgument(call: Call, syntax: Syntax, kinds: Parameter): Node {
  const node = needed(call.context, call.context.check(syntax, call.context));
  const accepted = kinds.includes(node.type.kind) || (kinds.includes('text') && isText(node.type));
  if (accepted) return node;
  if (node.type.kind === 'whole number' && kinds.includes('number')) {
    return convertNumber(node, 'number');
  }
  const wanted = kinds.map(withArticle).join(' or ');
  const message = `${call.definition.signature} needs ${wanted} here, but this is ${withArticle(showKind(node.type))}.`;
  throw refuse('wrong-kind', node, message);
}

/** The refusal of a call with too many or too few arguments. */
export function wrongArguments(call: Call): Error {
  const { signature, example } = call.definition;
  const message = `Write ${signature}, for example ${example.formula}.`;
  return refuse('wrong-arguments', call.syntax, message);
}
