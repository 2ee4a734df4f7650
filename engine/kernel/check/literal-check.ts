import type { Problem } from '../problem.ts';
import { parseExpression } from '../expressions/parse.ts';
import type { Syntax } from '../expressions/parse.ts';
import { schemaAt } from '../types/schema-at.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { createValidator } from '../validator/validator.ts';
import type { Checkup } from './checkup.ts';
import { error } from './place.ts';
import type { CheckedSite } from './site-check.ts';

/** Holds plain values against their schemas, which name no types. */
const PLAIN = createValidator(new Map());

/** The calendar of a value that reads none. */
const NO_CALENDAR = { timeZone: 'UTC', hours: [], holidays: [] };

/**
 * Checks that values which are written out keep to the limits of what they are stored in, or given
 * to: of any other value, only the case that carries it can tell.
 */
export function checkLiterals(checkup: Checkup, sites: readonly CheckedSite[]): readonly Problem[] {
  return sites.flatMap((site) => {
    const { purpose, expression } = site;
    if (purpose.kind !== 'write' && purpose.kind !== 'input') return [];
    if (expression.literal === undefined && !isWrittenOut(expression.source)) return [];
    const schema = schemaOf(purpose, checkup);
    if (schema === undefined || !isOfPlainValues(schema)) return [];
    const value = site.checked.evaluate({
      variables: {},
      now: 0,
      timeZone: checkup.core.timeZone,
      calendar: NO_CALENDAR,
    });
    const [unfit] = value === null ? [] : PLAIN.compile(schema)(value);
    if (unfit === undefined) return [];
    const message = `The value for "${purpose.target.join('.')}" ${unfit.message}, and ${expression.source} is not that.`;
    return [error('value-unfit', expression.path, message)];
  });
}

function schemaOf(
  purpose: Extract<CheckedSite['purpose'], { readonly kind: 'write' | 'input' }>,
  { workflow, core }: Checkup,
): JsonSchema | undefined {
  const [name = '', ...rest] = purpose.target;
  const resolve = (type: string): JsonSchema | undefined => core.types.get(type)?.schema;
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

/** A text or a number, with or without a minus, and nothing else. */
function isWrittenOut(source: string): boolean {
  const parsed = parseExpression(source);
  return parsed.ok && isValue(parsed.syntax);
}

function isValue(syntax: Syntax): boolean {
  return syntax.op === 'value' || (syntax.op === '-_' && isValue(syntax.args));
}
