import type { JsonSchema, ValueType } from '../kernel/types/value-type.ts';
import type { ShownField } from './form-model.ts';
import { pointerOf } from './pointer.ts';
import { answerKind, fieldsOf, itemsOf, labelOf } from './schema-facets.ts';

/** What a form shows at a path, and who may read it. */
interface Shown {
  readonly target: readonly string[];
  readonly schema: JsonSchema;
  /** The static type beside the schema; it carries the classification. */
  readonly type: ValueType | undefined;
}

/**
 * Makes the rows for one shown value: an object gives a row for each field that may be read, a
 * list of objects one row with its readable fields as columns. What may not be read is left out.
 */
export function shownFields(
  shown: Shown,
  mayRead: (type: ValueType) => boolean,
): readonly ShownField[] {
  const { schema, type, target } = shown;
  if (type === undefined) return [];
  const fields = Object.entries(fieldsOf(schema));
  if (answerKind(schema) === 'object' && type.kind === 'object' && fields.length > 0) {
    return fields.flatMap(([name, field]) =>
      shownFields({ target: [...target, name], schema: field, type: type.fields[name] }, mayRead),
    );
  }
  if (type.kind === 'list' && type.of.kind === 'object') return listRow(shown, type.of, mayRead);
  return mayRead(type) ? [row(shown)] : [];
}

function listRow(
  shown: Shown,
  entry: ValueType,
  mayRead: (type: ValueType) => boolean,
): readonly ShownField[] {
  const columns = shownFields({ target: [], schema: itemsOf(shown.schema), type: entry }, mayRead);
  return columns.length === 0 ? [] : [{ ...row(shown), columns }];
}

function row({ target, schema }: Shown): ShownField {
  return { pointer: pointerOf(target), label: labelOf(schema, target.at(-1) ?? ''), schema };
}

/** The static type at a path inside an object's type. */
export function typeAt(
  type: ValueType | undefined,
  path: readonly string[],
): ValueType | undefined {
  return path.reduce<ValueType | undefined>(
    (holder, name) => (holder?.kind === 'object' ? holder.fields[name] : undefined),
    type,
  );
}
