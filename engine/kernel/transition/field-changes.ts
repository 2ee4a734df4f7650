import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { put } from '../compile/writes.ts';
import type { FieldChange } from '../event.ts';
import type { JsonObject } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Refusal } from './step-result.ts';
import { refusal } from './step-result.ts';
import { strangeFile } from './strange-file.ts';

interface Changed {
  readonly kind: 'changed';
  readonly data: JsonObject;
}

/** Writes what a person gives for fields of a case, each held against its type. */
export function changeFields(
  data: JsonObject,
  changes: readonly FieldChange[],
  compiled: CompiledWorkflow,
): Changed | Refusal {
  let next = data;
  for (const { field, value: given } of changes) {
    const path = field.split('.');
    if (typeOfField(compiled, field) === undefined) {
      return refusal('not-possible', `The workflow has no field "${field}".`);
    }
    const value = compiled.compilation.keptAt(path, given);
    const [error] = value === null ? [] : compiled.compilation.fieldValidator(path)(value);
    if (error !== undefined) {
      const place = `${field}${error.pointer.replaceAll('/', '.')}`;
      return refusal('refused-data', `The value for "${place}" ${error.message}.`);
    }
    const strange = strangeFile(value, data);
    if (strange !== undefined) {
      return refusal('refused-data', `The value for "${field}" ${strange}.`);
    }
    next = put(next, path, value);
  }
  return { kind: 'changed', data: next };
}

/** The type of a field as formulas write it, `quote.netTotal`; a list is one field. */
export function typeOfField(
  { workflow }: Pick<CompiledWorkflow, 'workflow'>,
  field: string,
): ValueType | undefined {
  const [name, ...rest] = field.split('.');
  let type = workflow.data.find((one) => one.name === name)?.type;
  for (const step of rest) {
    const fields = type?.kind === 'object' ? type.fields : {};
    type = Object.hasOwn(fields, step) ? fields[step] : undefined;
  }
  return type;
}
