import type { DataPath } from '../definition/values.ts';
import type { Form, FormField } from '../definition/form.ts';
import { fieldOf } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';
import type { FieldSpace } from './filled-fields.ts';

/** Where in the case's data a form keeps what it asks for. */
export function keptAt({ kept, target }: FormField): DataPath {
  return kept ?? target;
}

/** The path in the data at which a form's field, or a place that it shows, lies. */
export function dataPath(form: Form, target: DataPath): DataPath {
  const [name, ...inside] = target;
  const item = form.items.find((one) => one.name === name);
  return item?.list === undefined ? target : [...item.list, '[]', ...inside];
}

/** The type of what a form names: of the case's data, or of the item that it is filled for. */
export function typeInForm(
  form: Form,
  [name = '', ...inside]: DataPath,
  fields: FieldSpace,
): ValueType | undefined {
  const item = form.items.find((one) => one.name === name);
  if (item === undefined) return fields.typeAt([name, ...inside].join('.'));
  return inside.reduce<ValueType | undefined>(
    (type, step) => type && fieldOf(type, step),
    item.type,
  );
}
