import { createValidator } from '../../kernel/validator/validator.ts';
import type { Validator } from '../../kernel/validator/validator.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import { isSchemaObject, subschemas } from '../../kernel/validator/subschemas.ts';
import type { Conjunct } from './conjuncts.ts';

/** The types of one release, and the values that fit them. */
export interface Side {
  readonly types: ReadonlyMap<string, JsonSchema>;
  readonly validator: Validator;
  /** Tells whether a value fits a schema inside a type; `undefined` where that cannot be told alone. */
  fits(conjunct: Conjunct, value: unknown): boolean | undefined;
}

const ANY_TYPE = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** Makes the side of types that have passed their check. */
export function createSide(types: ReadonlyMap<string, JsonSchema>): Side {
  const validator = createValidator(types, { areChecked: true, mostErrors: 20 });
  const alone = new Map<unknown, JsonSchema | undefined>();
  return {
    types,
    validator,
    fits: (conjunct, value) => {
      if (!alone.has(conjunct.schema)) alone.set(conjunct.schema, standAlone(conjunct));
      const schema = alone.get(conjunct.schema);
      if (schema === undefined || validator.check(schema).length > 0) return undefined;
      return validator.compile(schema)(value).length === 0;
    },
  };
}

/** A schema with the definitions that it refers to, so that it can be held against a value by itself. */
function standAlone({ schema, root }: Conjunct): JsonSchema | undefined {
  if ([schema['type']].flat().length === 0 || refersToRoot(schema)) return undefined;
  const definitions = isSchemaObject(root) ? root['$defs'] : undefined;
  if (refersToRoot({ $defs: definitions ?? {} })) return undefined;
  return {
    ...(schema['type'] === undefined && { type: ANY_TYPE }),
    ...schema,
    ...(definitions !== undefined && { $defs: definitions }),
  };
}

function refersToRoot(schema: unknown): boolean {
  if (!isSchemaObject(schema)) return false;
  return schema['$ref'] === '#' || subschemas(schema).some((inner) => refersToRoot(inner.schema));
}
