import { TrellisError, authorize, holdsFile, typeOfField } from '../../engine/index.ts';
import type {
  AccessActor,
  CaseLook,
  Definition,
  FieldChange,
  Json,
  ValueType,
} from '../../engine/index.ts';
import { asWords } from '../views/texts/words.ts';
import type { CaseColumn } from './case-rows.ts';
import { columnsOf, listText } from './case-rows.ts';
import { enteredValue } from './entered-value.ts';

/** A field of what a case carries, as it can be changed by hand. */
export interface CaseField {
  /** As formulas write it, `quote.netTotal`. */
  readonly field: string;
  readonly label: string;
  readonly type: ValueType;
  /** What it is now, as it would be entered. */
  readonly text: string;
  /** Of a list that is entered by rows. */
  readonly columns?: readonly CaseColumn[];
}

/** What was entered for the fields of a case. */
export interface EnteredFields {
  readonly set: readonly FieldChange[];
  /** Why a value cannot be taken, by field, or by field and place in it: `lines/0/qty`. */
  readonly errors: ReadonlyMap<string, string>;
}

/** The fields of a case's data that an actor may read, in the order of the workflow. */
export function caseFields(
  { data, definition }: Pick<CaseLook, 'data' | 'definition'>,
  actor: AccessActor,
): readonly CaseField[] {
  const { core, compiled } = definition;
  return (
    compiled.workflow.data
      .flatMap(({ name, type }) => leavesOf(name, type))
      // A file is uploaded, not typed.
      .filter(({ type }) => !holdsFile(type))
      .filter(({ type }) =>
        // Of a list, all that its entries hold.
        [type, ...partsOf(type)].every(({ classification, origin }) => {
          const asked = {
            classification,
            core: core.view,
            ...(origin === undefined ? {} : { origin }),
          };
          return authorize(actor, 'field.read', asked).allowed;
        }),
      )
      .map(({ field, type }) => {
        const label = field.split('.').map(asWords).join(': ');
        const value = valueAt(data, field.split('.'));
        const columns = columnsOf(type);
        if (columns === undefined) return { field, label, type, text: textOf(value, type) };
        return { field, label, type, columns, text: listText(value, columns) };
      })
  );
}

function partsOf(type: ValueType): readonly ValueType[] {
  if (type.kind === 'list') return [type.of, ...partsOf(type.of)];
  if (type.kind !== 'object') return [];
  return Object.values(type.fields).flatMap((field) => [field, ...partsOf(field)]);
}

/** Reads what was entered for fields; what is as it was when the form was shown is not changed. */
export function enteredFields(
  definition: Definition,
  fields: readonly CaseField[],
  entered: ReadonlyMap<string, string>,
  was: ReadonlyMap<string, string>,
): EnteredFields {
  const set: FieldChange[] = [];
  const errors = new Map<string, string>();
  for (const { field, text } of fields) {
    const given = entered.get(field);
    if (given === undefined || isSame(given, was.get(field) ?? text)) continue;
    try {
      set.push(readField(definition, field, given));
    } catch (error) {
      if (!(error instanceof TrellisError)) throw error;
      const { pointer = '' } = error.data;
      errors.set(`${field}${String(pointer)}`, error.message);
    }
  }
  return { set, errors };
}

/**
 * Empties a field that somebody has chosen for it, by its name.
 * @throws `TrellisError` with code `bad-value`.
 */
export function emptiedField(definition: Definition, field: string): FieldChange {
  return readField(definition, field, '');
}

/**
 * Reads what was entered for one field, held against its type.
 * @throws `TrellisError` with code `bad-value`.
 */
function readField({ compiled }: Definition, field: string, given: string): FieldChange {
  const type = typeOfField(compiled, field);
  if (type === undefined) {
    throw new TrellisError('bad-value', `The workflow has no field "${field}".`, { field });
  }
  const value = valueOf(given, type);
  const [error] =
    value === null ? [] : compiled.compilation.fieldValidator(field.split('.'))(value);
  if (error === undefined) return { field, value };
  const { pointer, message } = error;
  throw new TrellisError('bad-value', `The value ${message}.`, { field, pointer });
}

/** Tells whether a list is entered one a line. */
export function isLines(type: ValueType): boolean {
  return type.kind === 'list' && type.of.kind !== 'object' && type.of.kind !== 'list';
}

function valueOf(given: string, type: ValueType): Json {
  if (given.trim() === '') return type.kind === 'list' ? [] : null;
  if (type.kind === 'list' && isLines(type)) {
    const each = lines(given)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return each.map((line) => enteredValue(line.trim(), type.of));
  }
  if (type.kind === 'one of') {
    return type.choices.find((choice) => String(choice) === given) ?? given;
  }
  return enteredValue(given, type);
}

function textOf(value: Json | undefined, type: ValueType): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    if (value.length === 0) return '';
    const items = value as readonly Json[];
    if (isLines(type)) return items.map((one) => plain(one)).join('\n');
  }
  return plain(value);
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function isSame(a: string, b: string): boolean {
  return lines(a).trim() === lines(b).trim();
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return valueAt((value as Readonly<Record<string, Json>>)[step], rest);
}

function leavesOf(
  field: string,
  type: ValueType,
): readonly { readonly field: string; readonly type: ValueType }[] {
  if (type.kind !== 'object') return [{ field, type }];
  return Object.entries(type.fields).flatMap(([name, each]) => leavesOf(`${field}.${name}`, each));
}
