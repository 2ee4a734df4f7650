import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { FormView, RowView } from '../forms/form-view.ts';
import type { DueView } from '../texts/due.ts';
import type { TagView } from '../texts/tag.ts';
import type { TimeView } from '../texts/moment.ts';

/** What whoever looks at a task may do with it. */
export type TaskTurn =
  /** It is theirs: they fill in its form. */
  | {
      readonly kind: 'work';
      readonly form: FormView;
      /** The button that gives it back; present where they may. */
      readonly release?: { readonly href: string; readonly text: string };
    }
  /** Nobody has it yet, or they stand in for whoever has it. */
  | {
      readonly kind: 'take';
      readonly claimHref: string;
      readonly shown: readonly RowView[];
      readonly note?: string;
    }
  /** They can only look: it is somebody else's, is done, or is not for them. */
  | { readonly kind: 'look'; readonly reason: string; readonly shown: readonly RowView[] };

export interface TaskModel {
  readonly title: string;
  readonly reference: string;
  /** Present where the visitor may see the case. */
  readonly caseHref?: string;
  readonly workflow: string;
  readonly tag: TagView;
  readonly due?: DueView;
  /** Who it is for: a role as words, or a person. */
  readonly forWhom: string;
  readonly since: TimeView;
  readonly turn: TaskTurn;
  /** Present where the visitor may hand it to somebody else. */
  readonly handOnHref?: string;
}

/** Makes the page on which a person does a task. */
export function taskPage(task: TaskModel): Page {
  const { turn } = task;
  return {
    template: 'pages/task',
    title: turn.kind === 'work' ? turn.form.pageTitle : task.title,
    area: 'inbox',
    model: { ...task, inboxHref: paths.inbox(), [turn.kind]: turn },
  };
}
