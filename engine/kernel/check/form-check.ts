import type { Form, FormField, FormRule } from '../definition/form.ts';
import type { Problem } from '../problem.ts';
import { schemaAt } from '../types/schema-at.ts';
import { showKind } from '../types/show.ts';
import type { Kind, ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { covers } from './filled-fields.ts';
import { keptAt } from './form-places.ts';
import { error } from './place.ts';

/** The kinds of field that each widget can ask for. */
const WIDGETS: Readonly<Record<string, readonly (Kind | 'empty')[]>> = {
  text: ['text', 'number', 'whole number', 'decimal'],
  textarea: ['text'],
  email: ['text'],
  tel: ['text'],
  number: ['number', 'whole number', 'decimal'],
  radios: ['one of', 'yes/no'],
  select: ['one of'],
  date: ['date'],
};

/** Checks that every form asks for what can be asked, in a way that fits it. */
export function checkForms(checkup: Checkup): readonly Problem[] {
  return checkup.workflow.forms.flatMap((form) => {
    const fields = form.pages.flatMap((page) => page.fields);
    return [
      ...fields.flatMap((field) => checkField(checkup, field)),
      ...askedTwice(fields),
      ...form.rules.flatMap((rule) => rulePlace(rule, form)),
    ];
  });
}

function checkField(checkup: Checkup, field: FormField): readonly Problem[] {
  const name = field.target.join('.');
  const type = field.own?.type ?? checkup.fields.typeAt(keptAt(field).join('.'));
  if (type === undefined) return [];
  return [
    ...checkWidget(field, type),
    ...missingColumns(field, type),
    ...(isReadOnly(checkup, field)
      ? [
          error(
            'read-only-field',
            field.path,
            `"${name}" is kept by the system and cannot be asked for. Show it under "show" instead.`,
          ),
        ]
      : []),
  ];
}

function checkWidget({ widget, path }: FormField, type: ValueType): readonly Problem[] {
  const kinds = widget === undefined ? undefined : WIDGETS[widget];
  if (kinds === undefined || kinds.includes(type.kind)) return [];
  return [
    error(
      'wrong-widget',
      path,
      `The widget "${String(widget)}" asks for ${kinds.join(' or ')}, but this field is ` +
        `${showKind(type)}. Leave "widget" away to have the fitting one.`,
    ),
  ];
}

function missingColumns({ columns, path, target }: FormField, type: ValueType): readonly Problem[] {
  if (columns === undefined || type.kind !== 'list' || type.of.kind !== 'object') return [];
  return type.of.required
    .filter((column) => columns.every(({ name }) => name !== column))
    .map((column) =>
      error(
        'column-missing',
        path,
        `Every item of "${target.join('.')}" must have "${column}", so it must be asked for: ` +
          'add it to "columns".',
      ),
    );
}

function isReadOnly({ workflow, core }: Checkup, field: FormField): boolean {
  const [name, ...rest] = keptAt(field);
  const data = workflow.data.find((one) => field.scope === 'data' && one.name === name);
  const resolve = (type: string) => core.types.get(type)?.schema;
  const schema = data && schemaAt(data.schema, rest, resolve);
  return typeof schema === 'object' && schema['readOnly'] === true;
}

function askedTwice(fields: readonly FormField[]): readonly Problem[] {
  return fields.flatMap((field, index) => {
    const name = field.target.join('.');
    const earlier = fields
      .slice(0, index)
      .filter(({ scope }) => scope === field.scope)
      .map(({ target }) => target.join('.'))
      .find((other) => covers(other, name) || covers(name, other));
    if (earlier === undefined) return [];
    return error(
      'asked-twice',
      field.path,
      `This form asks for "${earlier}" already. Ask for it once.`,
    );
  });
}

function rulePlace({ at, path }: FormRule, form: Form): readonly Problem[] {
  if (at === undefined) return [];
  const place = at.join('.');
  const asked = form.pages.flatMap((page) => page.fields).map(({ target }) => target.join('.'));
  if (asked.some((name) => covers(name, place))) return [];
  return [
    error(
      'rule-elsewhere',
      [...path, 'at'],
      `The message of this rule would stand at "${place}", which this form does not ask for. ` +
        `It asks for: ${asked.join(', ')}.`,
    ),
  ];
}
