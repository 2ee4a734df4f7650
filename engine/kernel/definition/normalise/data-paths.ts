import type { Path } from '../../problem.ts';
import { nearestName } from '../../types/nearest-name.ts';
import { showType } from '../../types/show.ts';
import type { ValueType } from '../../types/value-type.ts';
import type { DataPath } from '../values.ts';
import type { Reading } from './reading.ts';

/**
 * Reads `quote.netTotal` as a path into the case's data, and reports the first name of it that
 * leads nowhere. `stands` says whether the author wrote it as a key or as a value.
 */
export function readDataPath(
  written: string,
  path: Path,
  reading: Reading,
  stands: 'key' | 'value',
): DataPath {
  const steps = written.split('.');
  const [first = '', ...inside] = steps;
  const field = reading.data.get(first);
  const fault =
    field === undefined
      ? {
          name: first,
          where: 'the data of this workflow',
          names: [...reading.data.keys()],
          index: 0,
        }
      : findFault(field.type, inside);
  if (fault !== undefined) reportFault(fault, steps, path, reading, stands);
  return steps;
}

/** Finds the type of what a path leads to; `undefined` where it leads nowhere. */
export function typeAt(target: DataPath, { data }: Pick<Reading, 'data'>): ValueType | undefined {
  const [first = '', ...inside] = target;
  return inside.reduce<ValueType | undefined>(stepInto, data.get(first)?.type);
}

interface Fault {
  readonly name: string;
  readonly where: string;
  readonly names: readonly string[];
  /** Which step of the path it is. */
  readonly index: number;
}

function findFault(outer: ValueType, inside: readonly string[]): Fault | undefined {
  let type = outer;
  for (const [index, name] of inside.entries()) {
    // A field whose own description was refused: nothing is known of what lies in it.
    if (type.kind === 'empty') return undefined;
    const next = stepInto(type, name);
    if (next === undefined) {
      const names = type.kind === 'object' ? Object.keys(type.fields) : [];
      return { name, where: whereIn(type), names, index: index + 1 };
    }
    type = next;
  }
  return undefined;
}

function whereIn(type: ValueType): string {
  return type.kind === 'object' && type.name !== undefined ? type.name : showType(type);
}

function stepInto(type: ValueType | undefined, name: string): ValueType | undefined {
  if (type?.kind !== 'object' || !Object.hasOwn(type.fields, name)) return undefined;
  return type.fields[name];
}

function reportFault(
  fault: Fault,
  steps: DataPath,
  path: Path,
  { report }: Reading,
  stands: 'key' | 'value',
): void {
  const { name, where, names, index } = fault;
  const message = `There is no field "${name}" in ${where}.`;
  const nearest = nearestName(name, names);
  const whole = nearest === undefined ? undefined : steps.with(index, nearest).join('.');
  const told = nearest === undefined ? message : `${message} Did you mean "${nearest}"?`;
  if (stands === 'key')
    report.atKey(path, 'unknown-field', told, report.keyReplacement(path, whole));
  else report.at(path, 'unknown-field', told, report.replacement(path, whole));
}
