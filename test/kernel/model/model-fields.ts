/**
 * The fields of a random workflow. Regions that run at once keep out of each other's way, so each has
 * a set of its own: in the set 3 the counter is `count3`. In the set 0 names have no number.
 */
import type { ModelData } from './model-workflow.ts';

/** What one set of fields holds. */
export interface ModelFields {
  readonly count: number;
  readonly other: number;
  readonly flag: boolean;
  readonly nums: readonly number[];
  readonly id?: string;
}

type FieldName = 'count' | 'other' | 'flag' | 'nums' | 'id';

const NAMES: readonly FieldName[] = ['count', 'other', 'flag', 'nums', 'id'];
const FIRST: ModelFields = { count: 0, other: 7, flag: false, nums: [1, 2] };

export function fieldName(name: FieldName, set: number): string {
  return set === 0 ? name : `${name}${String(set)}`;
}

/** The mail that shows a set. */
export function sumsMail(set: number): string {
  return set === 0 ? 'sums' : `sums-${String(set)}`;
}

/** The names of the fields in so many sets. */
export function fieldNames(sets: number): readonly string[] {
  return Array.from({ length: sets }, (_, set) => NAMES.map((name) => fieldName(name, set))).flat();
}

/** The data that a case of the tests begins with. */
export function firstData(sets: number): ModelData {
  return Array.from({ length: sets }).reduce<ModelData>(
    (data, _, set) => withFields(data, set, FIRST),
    {},
  );
}

export function fieldsOf(data: ModelData, set: number): ModelFields {
  return Object.fromEntries(
    NAMES.map((name) => [name, data[fieldName(name, set)]]),
  ) as unknown as ModelFields;
}

export function withFields(data: ModelData, set: number, fields: Partial<ModelFields>): ModelData {
  const named = Object.entries(fields).map(([name, value]) => [
    fieldName(name as FieldName, set),
    value,
  ]);
  return { ...data, ...(Object.fromEntries(named) as ModelData) };
}

/** A formula as it is written of one set of fields. */
export function writtenOf(text: string, set: number): string {
  if (set === 0) return text;
  return text.replaceAll(/(?<![.\w])(?:count|other|flag|nums|id)\b/g, (name) =>
    fieldName(name as FieldName, set),
  );
}
