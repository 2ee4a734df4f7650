import type { Path, Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { OWN_KEYWORDS, keywordFault } from './keywords.ts';
import { linearPattern } from './re2-engine.ts';
import { resolveReference } from './references.ts';
import type { Surroundings, Target } from './references.ts';
import { isSchemaObject, subschemas } from './subschemas.ts';
import type { SchemaObject } from './subschemas.ts';

/** Keywords of JSON Schema that could make two readers see two different schemas. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary', '$data'],
]);
/** Every keyword that is taken: those of JSON Schema 2020-12, and Trellis' own. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['$schema', '$ref', '$defs', '$comment', 'title', 'description', 'default', 'examples'],
  ...['deprecated', 'readOnly', 'writeOnly', 'type', 'enum', 'const', 'format', 'pattern'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['multipleOf', 'items', 'prefixItems', 'contains', 'minContains', 'maxContains', 'minItems'],
  ...['maxItems', 'uniqueItems', 'properties', 'patternProperties', 'additionalProperties'],
  ...['propertyNames', 'required', 'minProperties', 'maxProperties', 'dependentRequired'],
  ...['dependentSchemas', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
  ...['unevaluatedItems', 'unevaluatedProperties', 'contentEncoding', 'contentMediaType'],
  ...OWN_KEYWORDS,
]);
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const DEEPEST = 32;
const MOST = 5_000;
/** Entries are compared in pairs, so a list without a limit could stall the host. */
const MOST_UNIQUE = 1_000;
const LONGEST_PATTERN = 1_000;
const MOST_CHOICES = 1_000;
const MOST_FIELDS = 500;

type Report = (code: string, path: Path, message: string) => void;
type Types = ReadonlyMap<string, JsonSchema>;

/** Once as many problems were found, the rest of a schema is not looked at. */
const MOST_PROBLEMS = 100;

/** Finds what Trellis does not take in a schema, beyond what the meta-schema says. */
export function checkSchemaRules(schema: JsonSchema, types: Types): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, path, message) => {
    problems.push({ code, severity: 'error', path, message });
  };
  const open: { readonly schema: unknown; readonly path: Path }[] = [{ schema, path: [] }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (problems.length >= MOST_PROBLEMS) break;
    seen += 1;
    if (seen > MOST || next.path.length > DEEPEST * 2) {
      report('schema-size', next.path, `A schema has at most ${MOST} parts, ${DEEPEST} deep.`);
      break;
    }
    if (!isSchemaObject(next.schema)) continue;
    checkKeywords(next.schema, next.path, report);
    checkReference(next.schema, next.path, { root: schema, types }, report);
    const at = next.path;
    open.push(
      ...subschemas(next.schema)
        .map((inner) => ({ schema: inner.schema, path: [...at, ...inner.path] }))
        .reverse(),
    );
  }
  if (problems.length === 0) checkCycles(schema, types, report);
  return problems;
}

function checkKeywords(schema: SchemaObject, path: Path, report: Report): void {
  for (const keyword of Object.keys(schema)) checkKeyword(keyword, schema, path, report);
  checkSizes(schema, path, report);
  checkPatterns(schema, path, report);
  for (const map of ['properties', 'patternProperties', '$defs', 'dependentSchemas']) {
    const inner = schema[map];
    if (isSchemaObject(inner) && Object.hasOwn(inner, '__proto__')) {
      report('schema-keyword', [...path, map, '__proto__'], 'No field can be named "__proto__".');
    }
  }
}

function checkKeyword(keyword: string, schema: SchemaObject, path: Path, report: Report): void {
  const at = [...path, keyword];
  if (REFUSED.has(keyword)) {
    const message = `"${keyword}" is not taken: name a locked type by "$ref: TypeName" instead.`;
    report('schema-keyword', at, message);
  } else if (!KNOWN.has(keyword)) {
    if (keyword === 'contentSchema') {
      report(
        'schema-keyword',
        at,
        '"contentSchema" is not taken: write what a text holds as fields.',
      );
      return;
    }
    const nearest = nearestName(keyword, [...KNOWN]);
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    report('schema-keyword', at, `"${keyword}" is no keyword of a schema.${meant}`);
  } else if (keyword === '$schema' && schema[keyword] !== DIALECT) {
    report('schema-keyword', at, `Only ${DIALECT} is taken; leave "$schema" out.`);
  } else if (keyword === 'uniqueItems' && schema[keyword] === true) {
    const { maxItems } = schema as { readonly maxItems?: unknown };
    if (typeof maxItems === 'number' && maxItems <= MOST_UNIQUE) return;
    const message = `"uniqueItems" needs "maxItems" of at most ${MOST_UNIQUE} beside it.`;
    report('schema-size', at, message);
  } else {
    const fault = keywordFault(keyword, schema[keyword]);
    if (fault !== undefined) report('schema-form', at, fault);
  }
}

function checkSizes(schema: SchemaObject, path: Path, report: Report): void {
  const { enum: choices, properties, pattern } = schema;
  if (Array.isArray(choices) && choices.length > MOST_CHOICES)
    report('schema-size', [...path, 'enum'], `There are at most ${MOST_CHOICES} choices.`);
  if (isSchemaObject(properties) && Object.keys(properties).length > MOST_FIELDS)
    report('schema-size', [...path, 'properties'], `There are at most ${MOST_FIELDS} fields.`);
  if (typeof pattern === 'string' && pattern.length > LONGEST_PATTERN)
    report('schema-size', [...path, 'pattern'], `It has at most ${LONGEST_PATTERN} characters.`);
}

function checkPatterns(schema: SchemaObject, path: Path, report: Report): void {
  const inProperties = schema['patternProperties'];
  const patterns: [Path, unknown][] = [[['pattern'], schema['pattern']]];
  if (isSchemaObject(inProperties)) {
    for (const name of Object.keys(inProperties))
      patterns.push([['patternProperties', name], name]);
  }
  for (const [place, pattern] of patterns) {
    if (typeof pattern !== 'string') continue;
    try {
      linearPattern(pattern);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The pattern is refused (${reason}). Patterns follow RE2: no look-around and no back references.`;
      report('schema-pattern', [...path, ...place], message);
    }
  }
}

function checkReference(
  schema: SchemaObject,
  path: Path,
  around: Surroundings,
  report: Report,
): void {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return;
  if (resolveReference(reference, around) !== undefined) return;
  const near = nearestName(reference, [...around.types.keys()]);
  const message = /^[A-Za-z][A-Za-z0-9]*$/.test(reference)
    ? `There is no type "${reference}".${near === undefined ? '' : ` Did you mean "${near}"?`}`
    : `"$ref: ${reference}" leads nowhere. Write the name of a locked type, or #/$defs/NAME.`;
  report('schema-reference', [...path, '$ref'], message);
}

/** A schema that refers to itself for the same value would be read without end. */
function checkCycles(schema: JsonSchema, types: Types, report: Report): void {
  const finished = new Set<unknown>();
  const visit = (target: Target, trail: ReadonlySet<unknown>): boolean => {
    if (!isSchemaObject(target.schema) || finished.has(target.schema)) return false;
    if (trail.has(target.schema)) return true;
    const here = new Set([...trail, target.schema]);
    const inner = subschemas(target.schema)
      .filter(({ inPlace }) => inPlace)
      .map((part): Target => ({ ...target, schema: part.schema }));
    const reference = target.schema['$ref'];
    const referred =
      typeof reference === 'string' ? resolveReference(reference, target) : undefined;
    if (referred !== undefined) inner.push(referred);
    const cyclic = inner.some((next) => visit(next, here));
    if (!cyclic) finished.add(target.schema);
    return cyclic;
  };
  const all = (part: unknown, path: Path): void => {
    if (!isSchemaObject(part)) return;
    if (visit({ schema: part, root: schema, types }, new Set())) {
      report('schema-reference', path, 'This schema refers to itself for the same value.');
      return;
    }
    for (const inner of subschemas(part)) all(inner.schema, [...path, ...inner.path]);
  };
  all(schema, []);
}
