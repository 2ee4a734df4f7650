import type { CoreView } from '../core-view.ts';
import type { Assignment } from '../effects.ts';

/** Why nobody can have a task, as far as it is known without the people of the company. */
export function unassignable(
  assignment: Assignment,
  core: CoreView,
): { readonly code: string; readonly message: string } | undefined {
  if (assignment.kind === 'person') {
    return assignment.person === ''
      ? { code: 'no-person', message: 'The task is for one person, but the case does not say who.' }
      : undefined;
  }
  const { roles } = assignment;
  const unknown = roles.find((role) => !core.roles.includes(role));
  if (unknown !== undefined) {
    return { code: 'no-role', message: `The company has no role "${unknown}".` };
  }
  return roles.length === 0
    ? { code: 'no-role', message: 'The list of roles that the task is for is empty.' }
    : undefined;
}
