import type { Static, TSchema } from '@sinclair/typebox';
import { readSource } from '../../kernel/definition/source.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import type { Path, Problem } from '../../kernel/problem.ts';
import type { SchemaError } from '../../kernel/validator/schema-error.ts';
import { pathOf } from '../../kernel/validator/pointer.ts';
import type { Fault } from './fault.ts';
import { metaErrors } from './meta-schema.ts';

/** A YAML file of the core as it was written. */
export interface YamlFile<T> {
  readonly path: string;
  readonly value: T;
  readonly map: SourceMap;
}

/**
 * What of a file's format is not built yet: the place (`grants.*.quota`, `*` for any step) and what
 * to do instead.
 */
export type NotBuilt = Readonly<Record<string, string>>;

/** A file that was looked at; it is absent where there is a problem. */
export interface CheckedFile<T> {
  readonly file?: YamlFile<T>;
  readonly problems: readonly Problem[];
}

/** Reads the YAML of a file, whatever it says. */
export function readYamlFile(path: string, text: string): CheckedFile<unknown> {
  const { value, problems, map } = readSource(text);
  if (value === undefined)
    return { problems: problems.map((problem) => ({ ...problem, file: path })) };
  return { file: { path, value, map }, problems: [] };
}

/** Holds a file against its meta-schema; an empty list of problems means that `T` is what it is. */
export function checkForm<T extends TSchema>(
  file: YamlFile<unknown>,
  schema: T,
  notBuilt: NotBuilt = {},
): CheckedFile<Static<T>> {
  const errors = metaErrors(schema, file.value);
  if (errors.length === 0) return { file, problems: [] };
  return {
    problems: place(
      file,
      errors.map((error) => faultOf(error, notBuilt)),
    ),
  };
}

/** Makes problems of faults: errors with the file and the place in it. */
export function place(file: YamlFile<unknown>, faults: readonly Fault[]): readonly Problem[] {
  return faults.map((fault) => file.map.place({ ...fault, severity: 'error', file: file.path }));
}

function faultOf(error: SchemaError, notBuilt: NotBuilt): Fault {
  const path = pathOf(error.pointer);
  const planned = Object.entries(notBuilt).find(([pattern]) => fits(path, pattern.split('.')));
  if (planned !== undefined) return { code: 'not-built', path, message: planned[1] };
  const name = path.length === 0 ? 'The file' : `"${path.join('.')}"`;
  return { code: codeOf(error.keyword), path, message: `${name} ${error.message}.` };
}

function codeOf(keyword: string): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'unknown-key';
    case 'required':
      return 'missing-key';
    default:
      return 'wrong-form';
  }
}

function fits(path: Path, pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length &&
    pattern.every((step, index) => step === '*' || step === String(path[index]))
  );
}
