import { mayFlow, showClassification } from '../../kernel/classification.ts';
import type { LockedType } from '../../kernel/core-view.ts';
import { checkExpression } from '../../kernel/expressions/check.ts';
import type { CheckedExpression } from '../../kernel/expressions/expression.ts';
import type { Path } from '../../kernel/problem.ts';
import { fieldOf } from '../../kernel/types/make-type.ts';
import type { ValueType } from '../../kernel/types/value-type.ts';
import type { Fault } from '../core/fault.ts';
import { upgradeFrom } from '../core/upgrade.ts';
import type { TypeFile } from '../core/types.ts';
import type { CoreState } from '../impact/changed-core.ts';

/** What formulas call the value as it was. */
export const OLD = 'old';

/** A type before and after a change. */
interface ChangedType {
  readonly before: LockedType;
  /** The version of the file that the formulas are held against. */
  readonly version: number;
  readonly after: LockedType;
  readonly file: TypeFile;
}

/** The formulas that give the fields of a type their values, and what is wrong with them. */
export interface Formulas {
  readonly byField: ReadonlyMap<string, CheckedExpression>;
  readonly faults: readonly Fault[];
}

const NONE: Formulas = { byField: new Map(), faults: [] };

/**
 * Compiles the formulas of a type's `upcast` against its version before. They apply to values of just
 * that version: a type that is the same version on both sides is not changed by them again.
 */
function formulasOf({ before, version, after, file }: ChangedType): Formulas {
  const { upcast } = file;
  if (upcast === undefined || version === file.version) return NONE;
  if (version !== upcast.from) return { ...NONE, faults: [wrongVersion(version, upcast.from)] };
  const written = Object.entries(upcast.fields).map(([field, source]) => {
    return { field, source, path: ['upcast', 'fields', field] };
  });
  return compiled(written, before, after);
}

/**
 * The formulas that fill fields of a type which a value of before lacks, as `upgrade.yaml` of the
 * later release has them; their faults are placed in that file.
 */
export function fillsBetween(type: string, before: CoreState, after: CoreState): Formulas {
  const [was, is] = [before.view.types.get(type), after.view.types.get(type)];
  const { backfill = [] } = upgradeFrom(after.core, before.view.release) ?? {};
  if (was === undefined || is === undefined) return NONE;
  const written = backfill.flatMap(({ type: of, field, set: source }, index) =>
    of === type ? [{ field, source, path: ['backfill', index, 'set'] }] : [],
  );
  return compiled(written, was, is);
}

/** A formula as a file has it, and where. */
interface WrittenFormula {
  readonly field: string;
  readonly source: string;
  readonly path: Path;
}

/** Compiles what gives fields of a type their values, and tells what is wrong with it. */
function compiled(
  written: readonly WrittenFormula[],
  before: LockedType,
  after: LockedType,
): Formulas {
  const byField = new Map<string, CheckedExpression>();
  const faults: Fault[] = [];
  for (const { field: name, source, path } of written) {
    const field = fieldOf(after.type, name);
    const scope = { variables: { [OLD]: before.type }, present: new Set<string>() };
    const checked = checkExpression(source, scope, field);
    if (!checked.ok) {
      faults.push(...checked.problems.map(({ code, message }) => ({ code, path, message })));
      continue;
    }
    const { expression } = checked;
    const leak = field === undefined ? undefined : leakOf(name, expression, field);
    if (leak === undefined) byField.set(name, expression);
    else faults.push({ ...leak, path });
  }
  return { byField, faults };
}

/** The formulas of a type that both of two releases have; none where one of them has no such type. */
export function formulasBetween(type: string, before: CoreState, after: CoreState): Formulas {
  const [was, is] = [before.view.types.get(type), after.view.types.get(type)];
  const [version, file] = [before.core.types.get(type)?.version, after.core.types.get(type)];
  if (was === undefined || is === undefined || version === undefined || file === undefined) {
    return NONE;
  }
  return formulasOf({ before: was, version, after: is, file });
}

/** A value must not become less protected by moving from one field to another. */
function leakOf(
  name: string,
  { type }: CheckedExpression,
  field: ValueType,
): Omit<Fault, 'path'> | undefined {
  const { level, tags } = field.classification;
  if (mayFlow(type.classification, { upTo: level, tags })) return undefined;
  return {
    code: 'upcast-leaks',
    message: `The formula reads what is ${showClassification(type.classification)}, but "${name}" is ${showClassification(field.classification)}. Classify the field like what it is made of, or make it of something else.`,
  };
}

function wrongVersion(version: number, from: number): Fault {
  return {
    code: 'upcast-version',
    path: ['upcast', 'from'],
    message: `The type is version ${version} in the release before, but the formulas read version ${from}. Make one step after the other, each in a release of its own.`,
  };
}
