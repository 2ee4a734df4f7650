import type { Path } from '../../problem.ts';
import { remembered } from '../../remembered.ts';
import { workflowSchema } from './workflow-schema.ts';
import type { PartName } from './workflow-schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A map or group of fields that an author wrote, and the part of the language that it is. */
export interface WrittenPart {
  readonly name: PartName;
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
  /** The keys that the part has. */
  readonly keys: readonly string[];
  /** The pattern of its names, where the author chooses them. */
  readonly pattern?: string;
}

/** Goes through a written workflow along its schema and visits every part of it, outermost first. */
export function walkParts(value: unknown, visit: (part: WrittenPart) => void): void {
  walk({ schema: asSchema(workflowSchema), name: 'Workflow', value, path: [] }, visit);
}

interface Place {
  readonly schema: Schema;
  readonly name: PartName;
  readonly value: unknown;
  readonly path: Path;
}

function walk(place: Place, visit: (part: WrittenPart) => void): void {
  const chosen = choose(place);
  if (chosen === undefined) return;
  const { schema, name, value, path } = chosen;
  const { items, properties, keys, pattern, inner } = insideOf(schema);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      walk({ schema: items, name, value: item, path: [...path, index] }, visit);
    }
    return;
  }
  if (!isGroup(value)) return;
  visit({ name, path, value, keys, ...(pattern === undefined ? {} : { pattern }) });
  for (const [key, below] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : inner;
    walk({ schema: asSchema(known), name, value: below, path: [...path, key] }, visit);
  }
}

/** What one schema of the language says of the parts inside a value; the same at every walk. */
const insideOf = remembered((schema: Schema) => {
  const properties = asSchema(schema['properties']);
  const [pattern, inner] = Object.entries(asSchema(schema['patternProperties']))[0] ?? [];
  const keys = Object.keys(properties);
  return { items: asSchema(schema['items']), properties, keys, pattern, inner };
});

/** Follows references, and takes the form that is meant for this kind of value. */
function choose(place: Place): Place | undefined {
  const reference = place.schema['$ref'];
  if (typeof reference === 'string') {
    const name = reference.replace('#/$defs/', '') as PartName;
    return choose({ ...place, name, schema: asSchema(definitions()[name]) });
  }
  const forms = place.schema['anyOf'];
  if (!Array.isArray(forms)) return fits(place) ? place : undefined;
  const chosen = forms.flatMap((form) => choose({ ...place, schema: asSchema(form) }) ?? []);
  return chosen.reduce<Place | undefined>(
    (best, form) => (best !== undefined && knownKeys(best) >= knownKeys(form) ? best : form),
    undefined,
  );
}

/** How many of the keys that were written a form has: of two forms the one that has more is meant. */
function knownKeys({ schema, value }: Place): number {
  const { keys } = insideOf(schema);
  return isGroup(value) ? Object.keys(value).filter((key) => keys.includes(key)).length : 0;
}

function fits({ schema, value }: Place): boolean {
  const type = schema['type'];
  return Array.isArray(value) ? type === 'array' : isGroup(value) && type === 'object';
}

function definitions(): Schema {
  return asSchema(asSchema(workflowSchema)['$defs']);
}

function isGroup(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asSchema(schema: unknown): Schema {
  return isGroup(schema) ? schema : {};
}
