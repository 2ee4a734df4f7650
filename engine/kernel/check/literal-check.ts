import { asStored } from '../expressions/literal-expression.ts';
import type { Problem } from '../problem.ts';
import { typeFromSchema } from '../types/from-schema.ts';
import type { ResolveType } from '../types/schema-at.ts';
import { schemaAt } from '../types/schema-at.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { PLAIN_VALIDATOR } from '../validator/plain-validator.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';
import type { CheckedSite } from './site-check.ts';
import type { WrittenValue } from './written-values.ts';
import { writtenInFormula, writtenInJson } from './written-values.ts';

/**
 * Checks that values which are written out keep to the limits of what they are stored in, or given
 * to: of any other value, only the case that carries it can tell.
 */
export function checkLiterals(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  const resolve: ResolveType = (type) => checkup.core.types.get(type)?.schema;
  return sites.flatMap(({ purpose, expression }) => {
    if (purpose.kind !== 'write' && purpose.kind !== 'input') return [];
    const schema = schemaOf(purpose, checkup, resolve);
    if (schema === undefined) return [];
    const { literal, source } = expression;
    const written =
      literal === undefined
        ? writtenInFormula(source, schema, resolve)
        : writtenInJson(literal, schema, resolve);
    return written.flatMap((one) => {
      const unfit = misfit(one, resolve);
      if (unfit === undefined) return [];
      const name = [...purpose.target, ...one.path].join('.');
      const message = `The value for "${name}" ${unfit}, and ${JSON.stringify(one.value)} is not that.`;
      return [error('value-unfit', expression.path, message)];
    });
  });
}

function misfit({ value, schema }: WrittenValue, resolve: ResolveType): string | undefined {
  if (!isOfPlainValues(schema)) return undefined;
  const stored = asStored(value, typeFromSchema(schema, resolve));
  return PLAIN_VALIDATOR.compile(schema)(stored)[0]?.message;
}

function schemaOf(
  purpose: Extract<CheckedSite['purpose'], { readonly kind: 'write' | 'input' }>,
  { workflow, core }: Checkup,
  resolve: ResolveType,
): JsonSchema | undefined {
  const [name = '', ...rest] = purpose.target;
  if (purpose.kind === 'write') {
    const field = workflow.data.find((one) => one.name === name);
    return field && schemaAt(field.schema, rest, resolve);
  }
  const input = core.operations.get(purpose.receiver)?.inputSchema;
  return input && schemaAt(input, purpose.target, resolve);
}

const PLAIN_TYPES: readonly unknown[] = ['string', 'number', 'integer'];

function isOfPlainValues(schema: JsonSchema): boolean {
  return typeof schema === 'object' && PLAIN_TYPES.includes(schema['type']);
}
