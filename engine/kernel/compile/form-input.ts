import type { Form, FormField } from '../definition/form.ts';
import { TrellisError } from '../errors.ts';
import type { FormValues } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { SchemaError, Validate } from '../validator/schema-error.ts';
import type { Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import { defaultLanguage } from './mails.ts';
import { compileFormula } from './formula.ts';
import type { Formula } from './formula.ts';
import { isObject, postedAt, uncovered } from './posted.ts';
import { put } from './writes.ts';

type Values = Readonly<Record<string, unknown>>;

/** One thing wrong with what was posted; `field` is a data path or `form.NAME`. */
export interface FormError {
  readonly field: string;
  readonly message: string;
}

/** Takes what a form gave, or refuses it: the last word, whatever page or program posted it. */
export interface FormInput {
  /**
   * Answers the case's data with the posted values merged in.
   * @throws `TrellisError` with code `form-refused` and every {@link FormError} in `data.errors`.
   */
  accept(data: JsonObject, posted: FormValues, names: Values, moment: Moment): JsonObject;
}

interface CompiledField {
  readonly field: FormField;
  readonly validate: Validate;
  readonly when?: Formula;
}

export function compileForms(compilation: Compilation): ReadonlyMap<string, FormInput> {
  return new Map(
    compilation.workflow.forms.map((form) => [form.name, compileForm(form, compilation)]),
  );
}

function compileForm(form: Form, compilation: Compilation): FormInput {
  const variables = compilation.scopes.form(form);
  const fields: readonly CompiledField[] = form.pages
    .flatMap((page) => page.fields)
    .map((field) => ({
      field,
      validate:
        field.own === undefined
          ? compilation.fieldValidator(field.kept ?? field.target)
          : compilation.validator.compile(field.own.schema),
      ...(field.when === undefined ? {} : { when: compileFormula(field.when, variables) }),
    }));
  const rules = form.rules.map((rule) => ({ rule, must: compileFormula(rule.must, variables) }));

  return {
    accept(data, posted, names, moment) {
      const asked = askedFields(fields, (filled) => (when) => {
        const values = { ...names, ...merge(data, posted, filled), form: posted.own };
        return when(values, moment) !== false;
      });
      const errors = [
        ...unknownFields(posted, asked),
        ...asked.flatMap((field) => check(field, data, posted)),
      ];
      refuse(errors);
      const next = merge(data, posted, asked);
      const after = { ...names, ...next, form: posted.own };
      refuse(
        rules
          .filter(({ must }) => must(after, moment) !== true)
          .map(({ rule }) => ({
            field: (rule.at ?? []).join('.'),
            message: defaultLanguage(rule.say),
          })),
      );
      return next;
    },
  };
}

/**
 * The fields that are asked for, given what was answered. A condition may read another field of the
 * form, and only an answer that was asked for counts: so the fields are gone over until all agree.
 */
function askedFields(
  fields: readonly CompiledField[],
  over: (filled: readonly CompiledField[]) => (when: Formula) => boolean,
): readonly CompiledField[] {
  let asked = fields;
  for (let round = 0; round <= fields.length; round += 1) {
    const holds = over(asked);
    const next = fields.filter(({ when }) => when === undefined || holds(when));
    if (next.length === asked.length && next.every((field) => asked.includes(field))) break;
    asked = next;
  }
  return asked;
}

function check(
  compiled: CompiledField,
  data: JsonObject,
  posted: FormValues,
): readonly FormError[] {
  const { field, validate } = compiled;
  const name = field.scope === 'form' ? `form.${field.target.join('.')}` : field.target.join('.');
  const given = postedAt(field.scope === 'form' ? posted.own : posted.data, field.target);
  const value =
    given === undefined && field.scope === 'data' ? postedAt(data, field.target) : given;
  if (value === undefined || value === null || isEmptyList(value)) {
    return field.required ? [{ field: name, message: 'is required' }] : [];
  }
  if (given === undefined) return emptyColumns(field, name, value);
  return [
    ...validate(given).map((error) => formError(name, error)),
    ...columnErrors(field, name, given),
    ...emptyColumns(field, name, given),
  ];
}

function formError(name: string, error: SchemaError): FormError {
  return { field: `${name}${error.pointer.replaceAll('/', '.')}`, message: error.message };
}

/** Every item of a list must have what the form requires of it, whoever wrote the item. */
function emptyColumns({ columns = [] }: FormField, name: string, list: Json): readonly FormError[] {
  const needed = columns.filter(({ required }) => required);
  if (needed.length === 0 || !Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((item, index) =>
    needed
      .filter((column) => isObject(item) && (item[column.name] ?? null) === null)
      .map((column) => ({ field: `${name}.${index}.${column.name}`, message: 'is required' })),
  );
}

/** An item of a list may carry only the columns that the form asks for. */
function columnErrors(field: FormField, name: string, value: Json): readonly FormError[] {
  const { columns } = field;
  if (columns === undefined || !Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((item, index) =>
    Object.keys(isObject(item) ? item : {})
      .filter((key) => columns.every((column) => column.name !== key))
      .map((key) => ({
        field: `${name}.${index}.${key}`,
        message: 'is not asked for by this form',
      })),
  );
}

function unknownFields(posted: FormValues, asked: readonly CompiledField[]): readonly FormError[] {
  const targets = (scope: FormField['scope']): readonly string[] =>
    asked.filter(({ field }) => field.scope === scope).map(({ field }) => field.target.join('.'));
  const data = targets('data');
  const own = targets('form');
  return [
    ...uncovered(posted.data, data).map((field) => ({
      field,
      message: 'is not asked for by this form',
    })),
    ...Object.keys(posted.own)
      .filter((name) => !own.includes(name))
      .map((name) => ({ field: `form.${name}`, message: 'is not asked for by this form' })),
  ];
}

function merge(data: JsonObject, posted: FormValues, asked: readonly CompiledField[]): JsonObject {
  let next = data;
  for (const { field } of asked) {
    const given = field.scope === 'data' ? postedAt(posted.data, field.target) : undefined;
    if (given === undefined) continue;
    const emptied = given === null && Array.isArray(postedAt(next, field.target)) ? [] : given;
    next = put(next, field.target, emptied);
  }
  return next;
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

function refuse(errors: readonly FormError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  throw new TrellisError('form-refused', `${first.field}: ${first.message}`.replace(/^: /, ''), {
    errors,
  });
}
