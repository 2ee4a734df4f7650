import type { Path } from '../../problem.ts';
import type { Audience, People } from '../people.ts';
import type { Written } from '../schema/workflow-schema.ts';
import { readExpression } from './expressions.ts';
import type { Outline } from './outline.ts';
import { WORK } from './outline.ts';
import { checkRole } from './reading.ts';
import type { Reading } from './reading.ts';
import { resolveTarget } from './targets.ts';

const FORMS = ['role', 'roles', 'person', 'starter', 'sameAs'] as const;

type WrittenPeople = Written<'People'>;

/** Reads people as `assign` and `by` of a state name them; `what` they are asked for begins a sentence. */
export function readPeople(
  written: WrittenPeople,
  path: Path,
  what: string,
  state: Outline,
  reading: Reading,
): People {
  checkOne(written, path, what, reading);
  const { starter, sameAs } = written;
  const named = readNamed(written, path, reading);
  if (named !== undefined) return named;
  if (starter === true) return { kind: 'starter' };
  if (sameAs === undefined) return NOBODY;
  const task = readTaskName(sameAs, [...path, 'sameAs'], state, reading, '');
  return { kind: 'sameAs', state: task ?? '' };
}

const NOBODY = { kind: 'role', role: '' } as const;

/** Reads an audience: that of a start, or of a form, which is not made for one person. */
export function readAudience(
  written: Written<'Audience'>,
  path: Path,
  of: 'start' | 'form',
  reading: Reading,
): Audience {
  if (typeof written === 'string') return { kind: written };
  checkOne(written, path, `A ${of}`, reading);
  const refused = of === 'start' ? REFUSED : [...REFUSED, 'person' as const];
  for (const form of refused) {
    if (written[form] === undefined) continue;
    const why =
      of === 'start'
        ? 'When a case begins, nobody has started it or completed a task of it yet.'
        : 'A form is made for people of a kind; which of them gets it, the start, the task or the button says.';
    const instead =
      'Write public, customer, api, { role: … } or { roles: … }' +
      (of === 'start' ? ', or { person: … }.' : '.');
    const message = `An audience has no "${form}". ${why} ${instead}`;
    reading.report.atKey([...path, form], 'audience-form', message);
  }
  return readNamed(written, path, reading) ?? NOBODY;
}

const REFUSED = ['starter', 'sameAs'] as const;

function checkOne(written: WrittenPeople, path: Path, what: string, { report }: Reading): void {
  const given = FORMS.filter((form) => written[form] !== undefined);
  if (given.length === 1) return;
  const [, second] = given;
  const message =
    `${what} is for one of these: \`role\`, \`roles\`, \`person\`, \`starter\` or \`sameAs\`. ` +
    (second === undefined ? 'Write one of them.' : `Take "${second}" out, or the other.`);
  report.atKey(second === undefined ? path : [...path, second], 'assign-form', message);
}

function readNamed(
  { role, roles, person }: WrittenPeople,
  path: Path,
  reading: Reading,
): Extract<Audience, { readonly kind: 'role' | 'roles' | 'person' }> | undefined {
  if (roles !== undefined) {
    return { kind: 'roles', roles: readExpression(roles, [...path, 'roles']) };
  }
  if (person !== undefined) {
    return { kind: 'person', person: readExpression(person, [...path, 'person']) };
  }
  if (role === undefined) return undefined;
  checkRole(role, [...path, 'role'], reading);
  return { kind: 'role', role };
}

/** The id of a state that people complete; `orElse` is what else may be named. */
export function readTaskName(
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
