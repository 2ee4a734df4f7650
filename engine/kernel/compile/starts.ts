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
import { postedAt, uncovered } from './posted.ts';
import type { Writes } from './writes.ts';
import { put } from './writes.ts';

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
 * Takes what a calling workflow, or a program, gives: each named field whole, and no others. Answers
 * the data with it.
 * @throws `TrellisError` with code `start-refused`.
 */
export function runInput(
  start: Start,
  input: JsonObject,
  data: JsonObject,
  compilation: Compilation,
): JsonObject {
  const fields = 'fields' in start ? start.fields : [];
  const [stranger] = uncovered(input, fields);
  if (stranger !== undefined) {
    throw new TrellisError(
      'start-refused',
      `"${stranger}" is not one of the fields that this start takes: ${fields.join(', ')}.`,
    );
  }
  return fields.reduce((taken, name) => {
    const target = name.split('.');
    const given = postedAt(input, target);
    const value = given === undefined ? undefined : compilation.keptAt(target, given);
    const [error] = compilation.fieldValidator(target)(value ?? null);
    if (value !== undefined && error === undefined) return put(taken, target, value);
    throw new TrellisError(
      'start-refused',
      `"${name}${(error?.pointer ?? '').replaceAll('/', '.')}" ${error?.message ?? 'is required'}.`,
      { field: name },
    );
  }, data);
}
