import { TrellisError } from '../../engine/index.ts';
import type { BulkChange, BulkSelection } from '../../engine/index.ts';

/** What can be done to the cases of a list. */
export const LIST_CHANGES = [
  { value: 'suspend', label: 'Suspend them' },
  { value: 'resume', label: 'Let them go on' },
  { value: 'retry', label: 'Try failed work again' },
  { value: 'modify', label: 'Change what they carry, or where they are' },
  { value: 'cancel', label: 'Call them off, and take back what they did' },
  { value: 'cancel-plain', label: 'Call them off as they are' },
] as const;

type Fields = readonly (readonly [string, string])[];

/**
 * Reads what is to be done to the cases of a list.
 * @throws `TrellisError` with code `bad-request`.
 */
export function changeOf(fields: Fields): BulkChange {
  const asked = new Map(fields).get('change') ?? '';
  switch (asked) {
    case 'suspend':
    case 'resume':
    case 'retry':
    case 'cancel':
      return { kind: asked };
    case 'cancel-plain':
      return { kind: 'cancel', plain: true };
    default:
      throw new TrellisError('bad-request', `"${asked}" is nothing that can be done to cases.`);
  }
}

/** Reads which cases are meant: those that were ticked, or all that fit the filters of the list. */
export function selectionOf(
  fields: Fields,
  filter: Extract<BulkSelection, { kind: 'filter' }>['filter'],
): BulkSelection {
  if (new Map(fields).get('scope') === 'all') return { kind: 'filter', filter };
  return { kind: 'cases', ids: fields.flatMap(([name, id]) => (name === 'case' ? [id] : [])) };
}
