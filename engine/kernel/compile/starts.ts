import type { Admitted } from '../definition/people.ts';
import type { Start } from '../definition/workflow.ts';
import { TrellisError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { initialValue } from '../types/draft.ts';
import { compileAudience } from './admissions.ts';
import type { Moment } from './case-context.ts';
import type { Compilation } from './compilation.ts';
import type { Formula } from './formula.ts';
import { compileFormula } from './formula.ts';
import type { Writes } from './writes.ts';

export interface CompiledStart {
  readonly start: Start;
  /** `save` of a start by message. */
  readonly save: Writes;
  /** `set` of the start. */
  readonly set: Writes;
  /** What there may be one case for each value of. */
  readonly once?: Formula;
  /** Who may fill the form that it begins with; absent where it begins without one. */
  admits?(moment: Moment): Admitted;
}

export function compileStarts(compilation: Compilation): ReadonlyMap<string, CompiledStart> {
  return new Map(
    compilation.workflow.starts.map((start) => [start.name, compileStart(start, compilation)]),
  );
}

function compileStart(start: Start, { writes, scopes }: Compilation): CompiledStart {
  const variables = scopes.start(start);
  const saved = start.kind === 'message' ? start.save : [];
  return {
    start,
    save: writes.compile(saved, variables),
    set: writes.compile(start.set, variables),
    ...(start.kind === 'form' && { admits: compileAudience(start.audience) }),
    ...(start.once === undefined ? {} : { once: compileFormula(start.once, scopes.once(start)) }),
  };
}

/** The data that every case begins with: defaults, and lists empty rather than missing. */
export function initialData(compilation: Compilation): JsonObject {
  const entries = compilation.workflow.data.flatMap((field): [string, Json][] => {
    if (field.default !== undefined) return [[field.name, field.default]];
    const initial = initialValue(field.type);
    return initial === undefined ? [] : [[field.name, initial]];
  });
  return Object.fromEntries(entries);
}

/**
 * Takes what a calling workflow, or a program, gives: each named field whole, and no others.
 * @throws `TrellisError` with code `start-refused`.
 */
export function runInput(start: Start, input: JsonObject, compilation: Compilation): JsonObject {
  const fields = 'fields' in start ? start.fields : [];
  for (const name of Object.keys(input)) {
    if (!fields.includes(name)) {
      throw new TrellisError(
        'start-refused',
        `"${name}" is not one of the fields that this start takes: ${fields.join(', ')}.`,
      );
    }
  }
  for (const name of fields) {
    const value = input[name];
    const [error] = compilation.fieldValidator([name])(value ?? null);
    if (value === undefined || error !== undefined) {
      throw new TrellisError(
        'start-refused',
        `"${name}${(error?.pointer ?? '').replaceAll('/', '.')}" ${error?.message ?? 'is required'}.`,
        { field: name },
      );
    }
  }
  return input;
}
