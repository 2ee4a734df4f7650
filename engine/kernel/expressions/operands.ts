import type { ValueType } from '../types/value-type.ts';
import type { Context } from './context.ts';
import { isNumeral } from './kinds.ts';
import type { Node } from './node.ts';
import type { Syntax } from './parse.ts';
import { allOf } from './refusal.ts';

/**
 * Checks both sides of an operator; a numeral, or a text that is a choice, takes the type of the
 * side it meets.
 */
export function checkBoth(
  [left, right]: readonly [Syntax, Syntax],
  context: Context,
  wanted?: ValueType,
): readonly [Node, Node] {
  const isSwapped = takesOtherSide(left) && !takesOtherSide(right);
  const [first, second] = isSwapped ? [right, left] : [left, right];
  let firstType: ValueType | undefined;
  const [a, b] = allOf([
    () => {
      const node = context.check(first, context, wanted);
      firstType = node.type;
      return node;
    },
    () => context.check(second, context, takesOtherSide(first) ? wanted : (firstType ?? wanted)),
  ]) as [Node, Node];
  return isSwapped ? [b, a] : [a, b];
}

function takesOtherSide(syntax: Syntax): boolean {
  return isNumeral(syntax) || syntax.op === 'value';
}
