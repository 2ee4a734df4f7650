import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Undo } from '../work.ts';
import { readWith } from './expressions.ts';
import { checkOperation, checkRunnable } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads how a state, or the case as a whole, is taken back. */
export function readUndo(
  written: Written<'Undo'> | undefined,
  path: Path,
  reading: Reading,
): { readonly undo?: Undo } {
  if (written === undefined) return {};
  const { call, run } = written;
  const given = { path, with: readWith(written.with, [...path, 'with']) };
  if ((call === undefined) === (run === undefined)) {
    const message =
      'An `undo` says once what takes the work back: `call` an operation, or `run` a workflow. ' +
      (call === undefined ? 'Add one of them.' : 'Take one out.');
    reading.report.atKey(path, 'undo-way', message);
    return {};
  }
  if (call !== undefined) {
    checkOperation(call, [...path, 'call'], reading);
    return { undo: { ...given, kind: 'call', operation: call } };
  }
  if (run === undefined) return {};
  checkRunnable(run, [...path, 'run'], reading);
  return { undo: { ...given, kind: 'run', workflow: run } };
}
