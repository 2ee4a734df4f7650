import { notAChoice } from '../types/assignable.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Node } from './node.ts';
import { refuse, replacing } from './refusal.ts';

/** A literal that is none of the choices can never be equal to one: it is a slip of the pen. */
export function refuseStranger(type: ValueType, node: Node): void {
  const { literal } = node.type;
  if (type.kind !== 'one of' || literal === undefined) return;
  if (typeof literal !== 'boolean' && type.choices.includes(literal)) return;
  const { message, suggestion } = notAChoice(literal, type.choices);
  const fix = suggestion === undefined ? undefined : replacing(node, JSON.stringify(suggestion));
  throw refuse('not-a-choice', node, message, fix);
}
