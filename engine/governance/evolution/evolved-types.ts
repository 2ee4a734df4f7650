import { upgradeFrom } from '../core/upgrade.ts';
import type { CoreState } from '../impact/changed-core.ts';
import { referencesIn } from '../impact/references-in.ts';

/** Names the types whose values a release takes over from the one before, with all that hold one of them. */
export function evolvedTypes(before: CoreState, after: CoreState): ReadonlySet<string> {
  const [was, is] = [before.core.types, after.core.types];
  const { backfill = [] } = upgradeFrom(after.core, before.view.release) ?? {};
  const filled = new Set(backfill.map(({ type }) => type));
  const found = new Set(
    [...was.keys()].filter((name) => {
      const [one, other] = [was.get(name), is.get(name)];
      if (one === undefined || other === undefined) return false;
      const isUpcast = other.upcast !== undefined && one.version !== other.version;
      if (isUpcast || filled.has(name)) return true;
      return JSON.stringify(one.schema) !== JSON.stringify(other.schema);
    }),
  );
  const references = [...was].map(([name, { schema }]) => ({ name, of: referencesIn(schema) }));
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const { name, of } of references) if (of.some((one) => found.has(one))) found.add(name);
  }
  return found;
}
