import type { CoreView } from '../../kernel/core-view.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';

/**
 * Tells whether what workflows write means the same parts of two states of a core, whatever else of
 * these parts has changed: the types, operations, messages and core processes of these `names` are
 * made of the same fields of the same types.
 */
export function namesAlike(before: CoreView, after: CoreView, names: ReadonlySet<string>): boolean {
  const seen = new Set<ValueType>();
  return [...names].every((name) => {
    const [one, other] = [typesOf(name, before), typesOf(name, after)];
    return (
      one.length === other.length && one.every((type, index) => alike(type, other[index], seen))
    );
  });
}

/** The types of all that goes by a name. */
function typesOf(name: string, core: CoreView): readonly (ValueType | undefined)[] {
  const type = core.types.get(name);
  const operation = core.operations.get(name);
  const message = core.messages.get(name);
  const process = core.runnables.get(name);
  return [
    ...[type?.type, operation?.input, operation?.output],
    ...[message?.body, process?.input, process?.output],
  ];
}

/** The same fields of the same types, however deep; `seen` are those that were found to be, or will. */
function alike(
  one: ValueType | undefined,
  other: ValueType | undefined,
  seen: Set<ValueType>,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (seen.has(one)) return true;
  seen.add(one);
  if (one.kind !== other.kind || one.origin !== other.origin) return false;
  if (one.kind === 'list' && other.kind === 'list') return alike(one.of, other.of, seen);
  if (one.kind !== 'object' || other.kind !== 'object') return true;
  const fields = Object.entries(one.fields);
  return (
    one.name === other.name &&
    fields.length === Object.keys(other.fields).length &&
    fields.every(([name, field]) => alike(field, other.fields[name], seen))
  );
}
