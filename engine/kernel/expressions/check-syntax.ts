import type { ValueType } from '../types/value-type.ts';
import { checkField, checkName } from './access.ts';
import { checkArithmetic, checkMinus } from './arithmetic.ts';
import { checkCall } from './calls.ts';
import { checkEquality, checkMembership, checkOrder } from './compare.ts';
import type { Context } from './context.ts';
import { checkIndex } from './index-access.ts';
import { checkList, checkLiteral } from './literals.ts';
import { checkChoice, checkLogic, checkNot } from './logic.ts';
import type { Node } from './node.ts';
import { checkObject } from './objects.ts';
import type { Syntax, SyntaxOf } from './parse.ts';
import { refuse } from './refusal.ts';

type Checks = {
  readonly [Op in Syntax['op']]?: (
    syntax: SyntaxOf<Op>,
    context: Context,
    wanted: ValueType | undefined,
  ) => Node;
};

const CHECKS: Checks = {
  value: checkLiteral,
  list: checkList,
  map: checkObject,
  id: checkName,
  '.': checkField,
  '[]': checkIndex,
  call: checkCall,
  rcall: checkCall,
  '==': checkEquality,
  '!=': checkEquality,
  '<': checkOrder,
  '<=': checkOrder,
  '>': checkOrder,
  '>=': checkOrder,
  in: checkMembership,
  '&&': checkLogic,
  '||': checkLogic,
  '!_': checkNot,
  '?:': checkChoice,
  '+': checkArithmetic,
  '-': checkArithmetic,
  '*': checkArithmetic,
  '/': checkArithmetic,
  '%': checkArithmetic,
  '-_': checkMinus,
};

/**
 * Checks one part of an expression and compiles it.
 * @throws `Refusal` with the problems found in it.
 */
export function checkSyntax(syntax: Syntax, context: Context, wanted?: ValueType): Node {
  const check = CHECKS[syntax.op] as Checks['value'];
  if (check === undefined) {
    throw refuse('syntax', syntax, 'This is not understood here. Write it in a simpler way.');
  }
  return check(syntax as SyntaxOf<'value'>, context, wanted);
}
