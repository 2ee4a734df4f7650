import type { JsonSchema } from '../types/value-type.ts';
import type { Validate } from './schema-error.ts';
import { isSchemaObject } from './subschemas.ts';

/** More than the workflows of a company that are edited at one time. */
const MOST_SCHEMAS = 2_000;

interface Compiled {
  readonly schema: JsonSchema;
  readonly validate: Validate;
}

/**
 * The schemas that were compiled lately, by their text: a workflow is checked again at each change of
 * it, and most of its schemas are the same. The one that was asked for longest ago goes first.
 */
export class CompiledSchemas {
  readonly #forget: (schema: JsonSchema) => void;
  readonly #known = new Map<string, Compiled>();
  readonly #same = new WeakMap<object, Validate>();

  constructor(forget: (schema: JsonSchema) => void) {
    this.#forget = forget;
  }

  /** What was made of this very schema; nobody changes one. */
  findSame(schema: JsonSchema): Validate | undefined {
    return isSchemaObject(schema) ? this.#same.get(schema) : undefined;
  }

  find(schema: JsonSchema): Validate | undefined {
    const key = JSON.stringify(schema);
    const known = this.#known.get(key);
    if (known === undefined) return undefined;
    this.#known.delete(key);
    this.#known.set(key, known);
    if (isSchemaObject(schema)) this.#same.set(schema, known.validate);
    return known.validate;
  }

  keep(schema: JsonSchema, validate: Validate): void {
    this.#known.set(JSON.stringify(schema), { schema, validate });
    if (isSchemaObject(schema)) this.#same.set(schema, validate);
    if (this.#known.size <= MOST_SCHEMAS) return;
    for (const [key, oldest] of this.#known) {
      this.#known.delete(key);
      this.#forget(oldest.schema);
      return;
    }
  }
}
