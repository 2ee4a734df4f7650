import type { Admitted, CaseLook, Subjects, Task } from '../../engine/index.ts';

/** What decides who may see a case. */
export function caseSubject(
  { stored, buttons }: Pick<CaseLook, 'stored' | 'buttons'>,
  tasks: readonly Task[],
): Subjects['case.see'] {
  return {
    caseId: stored.id,
    team: stored.team,
    starter: stored.starter.id,
    taskRoles: [...new Set([...tasks.flatMap(({ roles }) => roles), ...buttons.flatMap(rolesOf)])],
    taskPeople: [
      ...new Set(
        [
          ...tasks.flatMap(({ assignee, completedBy }) => [assignee ?? [], completedBy ?? []]),
          ...buttons.map(({ by }) => (by.kind === 'person' ? by.person : [])),
        ].flat(),
      ),
    ],
  };
}

/** Whoever may press a button of the case has a part in it, like those with a task. */
function rolesOf({ by }: CaseLook['buttons'][number]): readonly string[] {
  return by.kind === 'roles' ? by.roles : [];
}

/** What decides who may press a button of a case. */
export function buttonSubject(
  look: Pick<CaseLook, 'stored' | 'buttons'>,
  tasks: readonly Task[],
  by: Admitted,
): Subjects['case.press'] {
  const fromOutside = look.stored.starter.kind !== 'staff';
  return { ...caseSubject(look, tasks), by, fromOutside };
}
