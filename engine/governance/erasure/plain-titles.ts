import { withinState } from '../../kernel/check/statechart.ts';
import { defaultLanguage } from '../../kernel/compile/mails.ts';
import type { State } from '../../kernel/definition/state.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';

/**
 * The titles of tasks that a workflow writes out. Every other title was made of values of a case, and may
 * tell of somebody in words that stand in no field: a part of a name, or a number with its points.
 */
export function plainTitles({ root, forms }: Workflow): readonly string[] {
  const titles = new Map(forms.map(({ name, title }) => [name, title]));
  const titleOf = (form: string): string => defaultLanguage(titles.get(form) ?? form);
  const titleIn = (state: State): readonly string[] => {
    if (state.kind === 'ask') return [titleOf(state.form)];
    if (state.kind !== 'task') return [];
    const { taskTitle, form } = state;
    return [taskTitle === undefined ? titleOf(form) : defaultLanguage(taskTitle)];
  };
  return withinState(root)
    .flatMap(titleIn)
    .filter((title) => !title.includes('{{'));
}
