import { managersOf } from '../../engine/index.ts';
import type { Subjects, Task } from '../../engine/index.ts';
import type { Host } from '../host/open-host.ts';

/** A task with what decides who may do what with it. */
export type DecidedTask = Task & Pick<Subjects['task.see'], 'standIn' | 'managers'>;

/** Adds to a task who stands in for whoever has it, and which roles manage it. */
export async function taskSubject({ core, engine }: Host, task: Task): Promise<DecidedTask> {
  const standIn = await engine.substitutes.standIn(task);
  return {
    ...task,
    managers: managersOf(core.view, task.roles),
    ...(standIn === undefined ? {} : { standIn: standIn.person.id }),
  };
}
