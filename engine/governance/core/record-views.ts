import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { Core } from './core.ts';
import { isOwnedHere } from './record-words.ts';

type ViewedKind = 'text' | 'number' | 'decimal' | 'yes/no' | 'json';

/** The records of one type as report tools see them. */
interface ViewOfRecords {
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly kind: ViewedKind }[];
}

const KINDS: Readonly<Partial<Record<ValueType['kind'], ViewedKind>>> = {
  number: 'number',
  'whole number': 'number',
  decimal: 'decimal',
  'yes/no': 'yes/no',
  list: 'json',
  object: 'json',
  file: 'json',
};

/** Tells how report tools see the records of each type that is owned here. */
export function recordViews({ types }: Pick<Core, 'types'>): readonly ViewOfRecords[] {
  return [...types.values()].filter(isOwnedHere).map(({ type, schema }) => {
    const whole = typeFromSchema(schema, (name) => types.get(name)?.schema);
    const fields = whole.kind === 'object' ? Object.entries(whole.fields) : [];
    return {
      type,
      fields: fields.map(([name, field]) => ({ name, kind: KINDS[field.kind] ?? 'text' })),
    };
  });
}
