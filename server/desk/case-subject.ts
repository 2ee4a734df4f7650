import type { CaseLook, Subjects, Task } from '../../engine/index.ts';

/** What decides who may see a case. */
export function caseSubject(
  { stored }: Pick<CaseLook, 'stored'>,
  tasks: readonly Task[],
): Subjects['case.see'] {
  return {
    caseId: stored.id,
    team: stored.team,
    starter: stored.starter.id,
    taskRoles: [...new Set(tasks.flatMap(({ roles }) => roles))],
    taskPeople: [
      ...new Set(
        tasks.flatMap(({ assignee, completedBy }) => [assignee ?? [], completedBy ?? []]).flat(),
      ),
    ],
  };
}
