import { linearPattern } from '../../kernel/validator/re2-engine.ts';
import { isSchemaObject } from '../../kernel/validator/subschemas.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import { conjunctOf, partsOf, referredTo, stepInto } from './conjuncts.ts';

/** The fields that a schema names. */
export function namedFields({ schema }: Conjunct): readonly string[] {
  return Object.keys(mapAt(schema, 'properties'));
}

/** The patterns by which a schema names fields. */
export function fieldPatterns({ schema }: Conjunct): readonly string[] {
  return Object.keys(mapAt(schema, 'patternProperties'));
}

/** What a schema asks of the field of a name. */
export function fieldPlaces(conjunct: Conjunct, name: string): readonly Place[] {
  const { schema } = conjunct;
  const found: Place[] = [];
  const properties = mapAt(schema, 'properties');
  if (Object.hasOwn(properties, name)) {
    found.push(stepInto(conjunct, properties[name], 'properties', name));
  }
  for (const [pattern, inner] of Object.entries(mapAt(schema, 'patternProperties'))) {
    if (!linearPattern(pattern).test(name)) continue;
    found.push(stepInto(conjunct, inner, 'patternProperties', pattern));
  }
  const rest = found.length === 0 ? restOf(conjunct, 'additionalProperties') : undefined;
  const evaluated = evaluatedBy(conjunct);
  const isEvaluated = evaluated === undefined || evaluated.has(name);
  const unevaluated = isEvaluated ? undefined : restOf(conjunct, 'unevaluatedProperties');
  return [...found, ...(rest ?? []), ...(unevaluated ?? [])];
}

/** What a schema asks of all fields whose names fit a pattern and are named nowhere. */
export function patternPlaces(conjunct: Conjunct, pattern: string): readonly Place[] {
  const patterns = mapAt(conjunct.schema, 'patternProperties');
  if (Object.hasOwn(patterns, pattern)) {
    return [stepInto(conjunct, patterns[pattern], 'patternProperties', pattern)];
  }
  return Object.keys(patterns).length > 0 ? [] : restPlaces(conjunct);
}

/** What a schema asks of the fields that are named nowhere and fit no pattern. */
export function restPlaces(conjunct: Conjunct): readonly Place[] {
  const unevaluated =
    evaluatedBy(conjunct) === undefined ? undefined : restOf(conjunct, 'unevaluatedProperties');
  return [...(restOf(conjunct, 'additionalProperties') ?? []), ...(unevaluated ?? [])];
}

/** Whether `unevaluatedProperties` depends on which of several branches a value fits. */
export function isUnevaluatedUnclear(conjunct: Conjunct): boolean {
  return 'unevaluatedProperties' in conjunct.schema && evaluatedBy(conjunct) === undefined;
}

/** The map at a keyword of a schema. */
export function mapAt(
  schema: Conjunct['schema'],
  keyword: string,
): Readonly<Record<string, unknown>> {
  const map = schema[keyword];
  return isSchemaObject(map) ? map : {};
}

function restOf(conjunct: Conjunct, keyword: string): readonly Place[] | undefined {
  if (!(keyword in conjunct.schema)) return undefined;
  return [stepInto(conjunct, conjunct.schema[keyword], keyword)];
}

const UNCLEAR = ['anyOf', 'oneOf', 'if', 'dependentSchemas', 'patternProperties'];

/** The fields that `unevaluatedProperties` beside them leaves alone; `undefined` where it depends. */
function evaluatedBy(conjunct: Conjunct): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  const open = [conjunct];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { schema } = next;
    if (UNCLEAR.some((keyword) => keyword in schema)) return undefined;
    if ('additionalProperties' in schema) return undefined;
    if (next !== conjunct && 'unevaluatedProperties' in schema) return undefined;
    for (const name of namedFields(next)) fields.add(name);
    const referred = referredTo(next);
    for (const place of [...partsOf(next), ...(referred === undefined ? [] : [referred])]) {
      const part = conjunctOf(place);
      if (part !== undefined) open.push(part);
    }
  }
  return fields;
}
