import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Assignment, Expression } from '../values.ts';
import { readWritten } from './item-paths.ts';
import type { Reading } from './reading.ts';

/** Reads a formula, or a value written as itself: a number, true, false or `{ value: … }`. */
export function readExpression(written: Written<'Expression'>, path: Path): Expression {
  if (typeof written === 'string') return { path, source: written };
  const literal = typeof written === 'object' ? written.value : written;
  return { path, source: JSON.stringify(literal), literal };
}

/** Reads `set` or `save`: expressions for fields of the case's data, or of an item of it. */
export function readSet(
  written: Written<'Set'> | undefined,
  path: Path,
  reading: Reading,
): readonly Assignment[] {
  return Object.entries(written ?? {}).map(([name, value]) => {
    const at = [...path, name];
    return {
      path: at,
      target: readWritten(name, at, reading, 'key'),
      value: readExpression(value, at),
    };
  });
}

/** Reads `with`: expressions for the inputs of an operation or of another workflow. */
export function readWith(written: Written<'With'> | undefined, path: Path): readonly Assignment[] {
  return Object.entries(written ?? {}).map(([name, value]) => {
    const at = [...path, name];
    return { path: at, target: [name], value: readExpression(value, at) };
  });
}
