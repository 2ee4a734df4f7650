import type { CoreView } from '../../kernel/core-view.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { Fault } from '../core/fault.ts';
import { unknownName } from '../core/fault.ts';
import { otherNames } from '../uses/where-used.ts';

/** Tells which names were not there before, are not there now, or name another kind of thing. */
export function renamedFaults(
  renamed: Readonly<Record<string, string>>,
  before: CoreView,
  after: CoreView,
): readonly Fault[] {
  return Object.entries(renamed).flatMap(([old, now]): readonly Fault[] => {
    const path = ['renamed', old];
    const [was, is] = [kindOf(old, before), kindOf(now, after)];
    if (was === undefined) return [unknownName('name', old, namesIn(before), path)];
    if (is === undefined) return [unknownName('name', now, namesIn(after), path)];
    if (was === is && kindOf(old, after) === undefined) return [];
    const message =
      was === is
        ? `"${old}" is still there, so "${now}" is not its new name. Take it out of the core, or this line.`
        : `"${old}" was ${was}, but "${now}" is ${is}. Only the like can take its place.`;
    return [{ code: 'renamed-wrong', path, message }];
  });
}

/** What a name stands for: a field stands for a field of just its type. */
function kindOf(name: string, core: CoreView): string | undefined {
  const [type = '', ...steps] = name.split('.');
  const locked = core.types.get(type);
  if (locked !== undefined && steps.length > 0) {
    const found = steps.reduce<ValueType | undefined>(
      (at, step) => at && fieldOf(at, step),
      locked.type,
    );
    return found === undefined ? undefined : `a field of ${type}`;
  }
  if (core.operations.has(name)) return 'an operation';
  if (core.messages.has(name)) return 'a message';
  if (core.runnables.has(name)) return 'a core process';
  const [kind = ''] = name.split(':');
  return otherNames(core).has(name) ? `a ${kind}` : undefined;
}

function namesIn(core: CoreView): readonly string[] {
  const fields = [...core.types.values()].flatMap(({ name, type }) =>
    type.kind === 'object' ? Object.keys(type.fields).map((field) => `${name}.${field}`) : [],
  );
  return [...otherNames(core), ...fields].sort();
}
