import type { CoreView } from '../core-view.ts';
import { objectOf, oneOf, withEmptiness } from '../types/make-type.ts';
import type { ValueType } from '../types/value-type.ts';

/**
 * The type of `message` where a case waits for one of several: its `name`, and the fields of the
 * bodies. A field that only some of them have may be empty, unless the name says which it is; one that
 * differs in kind is left out.
 */
export function messageType(names: readonly string[], core: CoreView): ValueType {
  const bodies = names.flatMap((name) => {
    const body = core.messages.get(name)?.body;
    return body?.kind === 'object' ? [body] : [];
  });
  const fields = new Map<string, ValueType>();
  for (const name of new Set(bodies.flatMap((body) => Object.keys(body.fields)))) {
    const types = bodies.flatMap((body) => body.fields[name] ?? []);
    const [first, ...others] = types;
    if (first === undefined || others.some((other) => other.kind !== first.kind)) continue;
    const mayBeEmpty = types.length < bodies.length || types.some((type) => type.mayBeEmpty);
    fields.set(name, withEmptiness(first, mayBeEmpty));
  }
  fields.set('name', oneOf(names, bringsOf(names, core)));
  return objectOf(Object.fromEntries(fields));
}

/** What each message certainly carries. */
function bringsOf(
  names: readonly string[],
  core: CoreView,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    names.map((name) => {
      const body = core.messages.get(name)?.body;
      const fields = body?.kind === 'object' ? Object.entries(body.fields) : [];
      return [name, fields.filter(([, { mayBeEmpty }]) => !mayBeEmpty).map(([field]) => field)];
    }),
  );
}
