import { fieldOf } from '../../kernel/types/make-type.ts';
import { withArticle } from '../../kernel/types/assignable.ts';
import { showKind } from '../../kernel/types/show.ts';
import { typeFromSchema } from '../../kernel/types/from-schema.ts';
import type { JsonSchema, ValueType } from '../../kernel/types/value-type.ts';
import type { Fault } from './fault.ts';
import type { TypeFile } from './types.ts';

/** Kinds of which one value has one spelling. */
const PLAIN: readonly ValueType['kind'][] = ['text', 'whole number', 'date', 'one of'];

/** Tells the fields by which records are told apart, and are not of a kind that can do so. */
export function keyFaults(
  file: TypeFile,
  types: ReadonlyMap<string, JsonSchema>,
): readonly Fault[] {
  const type = typeFromSchema(file.schema, (name) => types.get(name), { typeName: file.type });
  return (['key', 'unique'] as const).flatMap((word) => {
    const written = file[word] ?? [];
    return [written].flat().flatMap((name, index) => {
      const field = fieldOf(type, name);
      if (field === undefined || PLAIN.includes(field.kind)) return [];
      const path = typeof written === 'string' ? [word] : [word, index];
      const message = `"${name}" is ${withArticle(showKind(field))}. What tells one ${file.type} from another must be a text, a whole number, a date or one of a few values.`;
      return [{ code: 'key-kind', path, message }];
    });
  });
}
