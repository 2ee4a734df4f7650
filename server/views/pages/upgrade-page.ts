import type { Problem, ReadyEdit, WorkflowSource } from '../../../engine/index.ts';
import type { DueView } from '../texts/due.ts';
import type { FileChange } from '../texts/file-change.ts';
import { fileChange } from '../texts/file-change.ts';
import { countOf } from '../texts/words.ts';
import type { Area, Page } from '../page.ts';
import { placeOf } from './proposal-page.ts';

export interface UpgradeModel {
  readonly area: Area;
  readonly trail: { readonly href: string; readonly text: string };
  readonly heading: string;
  readonly lead: string;
  readonly due?: DueView;
  /** The workflow as it stands. */
  readonly source: WorkflowSource;
  /** The edit that is made already; absent where no name has to change. */
  readonly ready?: ReadyEdit;
  /** Where a draft begins with it; absent where the visitor may not write one. */
  readonly action?: string;
  /** Why the visitor may not. */
  readonly whyNot?: string;
  /** Where a draft is written by hand. */
  readonly byHandHref?: string;
  /** A draft of it that there is already. */
  readonly draftHref?: string;
}

/** Makes the page of the edit that brings a workflow to another release. */
export function upgradePage({ source, ready, ...model }: UpgradeModel): Page {
  return {
    template: 'pages/upgrade',
    title: model.heading,
    area: model.area,
    model: {
      ...model,
      ...(ready === undefined ? {} : { ready: readyView(source, ready) }),
    },
  };
}

function readyView(source: WorkflowSource, { source: edited, problems }: ReadyEdit): object {
  return {
    verdict:
      problems.length === 0
        ? 'Its check finds nothing more to do.'
        : `Its check still finds ${countOf(problems.length, 'error')}, to be mended by hand.`,
    problems: problems.map(problemView),
    files: changesOf(source, edited),
  };
}

function problemView(problem: Problem): object {
  return { place: placeOf(problem, 'workflow.yaml'), message: problem.message };
}

function changesOf(before: WorkflowSource, after: WorkflowSource): readonly FileChange[] {
  const files = Object.keys(before.files).sort((a, b) => a.localeCompare(b));
  return [
    ['workflow.yaml', before.text, after.text] as const,
    ...files.map((name) => [name, before.files[name] ?? '', after.files[name] ?? ''] as const),
  ]
    .filter(([, old, now]) => old !== now)
    .map(([name, old, now]) => fileChange(name, old, now));
}
