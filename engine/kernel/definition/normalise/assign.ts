import type { Path } from '../../problem.ts';
import type { Assign } from '../people.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Outline } from './outline.ts';
import { readPeople, readTaskName } from './people.ts';
import type { Reading } from './reading.ts';

/** Reads whom a task is for. */
export function readAssign(
  written: Written<'Assign'>,
  path: Path,
  state: Outline,
  reading: Reading,
): Assign {
  const { pick = 'claim', ...people } = written;
  const { role, roles, person, starter, sameAs } = people;
  const isForOne = (person ?? starter ?? sameAs) !== undefined;
  if (written.pick !== undefined && isForOne && (role ?? roles) === undefined) {
    const message =
      '"pick" says who of a role gets the task, and this task is for one person already. Take it out.';
    const at = [...path, 'pick'];
    reading.report.atKey(at, 'misplaced-key', message, reading.report.removal(at));
  }
  return { path, pick, ...readPeople(people, path, 'A task', state, reading) };
}

/** `starter`, or the id of the task whose completers are excluded. */
export function readExcluded(
  written: string,
  path: Path,
  state: Outline,
  reading: Reading,
): readonly string[] {
  if (written === 'starter') return [written];
  const task = readTaskName(written, path, state, reading, ', or starter');
  return task === undefined ? [] : [task];
}
