import { TrellisError } from '../../engine/index.ts';
import type { Json, ValueType } from '../../engine/index.ts';

/**
 * Reads what somebody typed for a field: as it is for texts and dates, as JSON for lists and objects;
 * nothing empties the field. What does not fit its type is found when it is written.
 * @throws `TrellisError` with code `bad-value`.
 */
export function enteredValue(text: string, type: ValueType): Json {
  if (text.trim() === '') return null;
  switch (type.kind) {
    case 'number':
    case 'whole number':
    case 'yes/no':
    case 'list':
    case 'object':
      return jsonIn(text);
    default:
      return text;
  }
}

/**
 * Reads JSON that somebody typed.
 * @throws `TrellisError` with code `bad-value`.
 */
export function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new TrellisError(
      'bad-value',
      `${text.slice(0, 60)} cannot be read. Write numbers as 12.5, yes and no as true and false, lists and objects as JSON.`,
    );
  }
}
