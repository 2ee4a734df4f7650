import type { CoreView } from '../../core-view.ts';
import { asStored } from '../../expressions/literal-expression.ts';
import type { Json } from '../../json.ts';
import type { Path } from '../../problem.ts';
import { nearestName } from '../../types/nearest-name.ts';
import { draftOf } from '../../types/draft.ts';

import { holdsFile } from '../../types/file-type.ts';
import { EMPTY, listOf } from '../../types/make-type.ts';
import type { JsonSchema } from '../../types/value-type.ts';
import { PLAIN_VALIDATOR } from '../../validator/plain-validator.ts';
import type { Report } from '../report.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { DataField } from '../values.ts';
import { readInlineType } from './inline-types.ts';

/** Reads what a case carries: drafts of locked types, and fields of inline types. */
export function readData(
  written: Written<'Data'> | undefined,
  core: CoreView,
  report: Report,
): ReadonlyMap<string, DataField> {
  const fields = new Map<string, DataField>();
  for (const [name, field] of Object.entries(written ?? {})) {
    const path = ['data', name];
    if (isTaken(name)) {
      const message = `"${name}" means something else in expressions. Choose another name.`;
      report.atKey(path, 'reserved-name', message);
    }
    const read =
      typeof field === 'string'
        ? readLocked(name, field, path, core, report)
        : 'type' in field
          ? readExtended(name, field, path, core, report)
          : readInline(name, field, path, report);
    // What could not be read keeps its name, or everything that names it would be told of too.
    fields.set(name, read ?? { path, name, type: EMPTY, schema: true });
  }
  return fields;
}

/** What expressions have in scope beside the data. */
const IN_SCOPE: ReadonlySet<string> = new Set([
  ...['form', 'outcome', 'outcomes', 'result', 'results', 'message', 'error', 'starter', 'actor'],
  ...['reference', 'now', 'link', 'true', 'false', 'null', 'in'],
]);

/** Tells whether a name means something else in expressions. */
export function isTaken(name: string): boolean {
  return IN_SCOPE.has(name);
}

function readLocked(
  name: string,
  written: string,
  path: Path,
  core: CoreView,
  report: Report,
): DataField | undefined {
  const isList = written.endsWith('[]');
  const typeName = isList ? written.slice(0, -2) : written;
  const locked = core.types.get(typeName);
  if (locked === undefined) {
    reportUnknownType(typeName, isList ? '[]' : '', path, core, report);
    return undefined;
  }
  const reference = { $ref: typeName };
  return isList
    ? { path, name, type: listOf(locked.type), schema: { type: 'array', items: reference } }
    : { path, name, title: locked.title, type: draftOf(locked.type), schema: reference };
}

/** Reads a locked type with fields of this workflow beside its own. */
function readExtended(
  name: string,
  written: Written<'ExtendedType'>,
  path: Path,
  core: CoreView,
  report: Report,
): DataField | undefined {
  const { type: typeName, fields, title } = written;
  const locked = core.types.get(typeName);
  if (locked === undefined) {
    reportUnknownType(typeName, '', [...path, 'type'], core, report);
    return undefined;
  }
  const { type } = locked;
  const own = readInlineType({ kind: 'object', fields }, path, report);
  if (type.kind !== 'object' || own?.type.kind !== 'object') return undefined;
  if (locked.extensible !== true) {
    const message = `IT has not said that "${typeName}" may be added to. Write these fields as data of their own, or ask IT for "extensible: true".`;
    report.atKey([...path, 'fields'], 'not-extensible', message);
  }
  for (const field of Object.keys(fields)) {
    if (!Object.hasOwn(type.fields, field)) continue;
    const message = `"${typeName}" has a field "${field}" already, and what that is cannot be changed. Choose another name.`;
    report.atKey([...path, 'fields', field], 'field-exists', message);
  }
  // What is closed by itself would refuse the fields of the other.
  const open = Object.entries(own.schema).filter(([keyword]) => keyword !== 'additionalProperties');
  const whole = { ...type, fields: { ...own.type.fields, ...type.fields } };
  return {
    ...{ path, name, title: title ?? locked.title, type: draftOf(whole) },
    schema: { allOf: [{ $ref: typeName }, Object.fromEntries(open)] },
  };
}

function reportUnknownType(
  name: string,
  suffix: string,
  path: Path,
  core: CoreView,
  report: Report,
): void {
  const nearest = nearestName(name, [...core.types.keys()]);
  const told = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const fix = report.replacement(path, nearest === undefined ? nearest : `${nearest}${suffix}`);
  report.at(path, 'unknown-type', `There is no type "${name}".${told}`, fix);
}

function readInline(
  name: string,
  written: Written<'DataField'>,
  path: Path,
  report: Report,
): DataField | undefined {
  const { default: initial, ...inline } = written;
  const kind = readInlineType(inline, path, report);
  if (kind === undefined) return undefined;
  const stored = initial === undefined ? undefined : asStored(initial, kind.type);
  if (stored !== undefined && holdsFile(kind.type)) {
    const message = 'A file is uploaded by a person, so a field that holds one has no "default".';
    report.atKey([...path, 'default'], 'wrong-default', message);
  } else if (stored !== undefined) checkDefault(stored, kind.schema, [...path, 'default'], report);
  return {
    path,
    name,
    ...(written.title === undefined ? {} : { title: written.title }),
    type: draftOf(kind.type),
    schema: kind.schema,
    ...(stored === undefined ? {} : { default: stored }),
  };
}

function checkDefault(initial: Json, schema: JsonSchema, path: Path, report: Report): void {
  const [error] = PLAIN_VALIDATOR.compile(schema)(initial);
  if (error !== undefined) report.at(path, 'wrong-default', `"default" ${error.message}.`);
}
