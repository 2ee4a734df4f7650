import type { Path } from '../../problem.ts';
import type { Written } from '../schema/workflow-schema.ts';
import type { Assign } from '../people.ts';
import { readExpression } from './expressions.ts';
import type { Outline } from './outline.ts';
import { WORK } from './outline.ts';
import { checkRole } from './reading.ts';
import type { Reading } from './reading.ts';
import { resolveTarget } from './targets.ts';

const FORMS = ['role', 'roles', 'person', 'starter', 'sameAs'] as const;

/** Reads whom a task is for. */
export function readAssign(
  written: Written<'Assign'>,
  path: Path,
  state: Outline,
  reading: Reading,
): Assign {
  const { role, roles, person, starter, sameAs, pick = 'claim' } = written;
  const given = FORMS.filter((form) => written[form] !== undefined);
  const [, second] = given;
  if (given.length !== 1) {
    const message =
      'A task is for one of these: `role`, `roles`, `person`, `starter` or `sameAs`. ' +
      (second === undefined ? 'Write one of them.' : `Take "${second}" out, or the other.`);
    const at = second === undefined ? path : [...path, second];
    reading.report.atKey(at, 'assign-form', message);
  }
  const base = { path, pick };
  if (roles !== undefined) {
    return { ...base, kind: 'roles', roles: readExpression(roles, [...path, 'roles']) };
  }
  if (person !== undefined) {
    return { ...base, kind: 'person', person: readExpression(person, [...path, 'person']) };
  }
  if (starter === true) return { ...base, kind: 'starter' };
  if (sameAs !== undefined) {
    const task = readTaskName(sameAs, [...path, 'sameAs'], state, reading, '');
    return { ...base, kind: 'sameAs', state: task ?? '' };
  }
  if (role !== undefined) checkRole(role, [...path, 'role'], reading);
  return { ...base, kind: 'role', role: role ?? '' };
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

/** The id of a state that people complete; `orElse` is what else may be named. */
function readTaskName(
  written: string,
  path: Path,
  state: Outline,
  reading: Reading,
  orElse: string,
): string | undefined {
  const named = resolveTarget(written, state, path, reading);
  if (named === undefined) return undefined;
  const task = named.isWork ? named.children.get(WORK) : named;
  if (task?.kind === 'task') return task.id;
  const message = `"${written}" is no task: nobody completes it. Name a state with a task${orElse}.`;
  reading.report.at(path, 'not-a-task', message);
  return undefined;
}
