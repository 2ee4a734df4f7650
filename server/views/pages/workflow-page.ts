import type { WorkflowSource } from '../../../engine/index.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { DueView } from '../texts/due.ts';
import type { TimeView } from '../texts/moment.ts';
import type { DiagramView } from './diagram-view.ts';

export interface WorkflowModel {
  readonly name: string;
  readonly title: string;
  readonly team: string;
  readonly version: number;
  readonly release: string;
  readonly published: TimeView;
  /** What a case is called: `Q-{year}-{number}`. */
  readonly reference: string;
  readonly diagram: DiagramView;
  readonly files: readonly SourceFile[];
  /** Newest first. */
  readonly versions: readonly {
    readonly version: number;
    readonly release: string;
    readonly published: TimeView;
    /** Where it is published anew; absent where the visitor may not, and of the newest one. */
    readonly rollBackHref?: string;
  }[];
  /** Who retired it, when and why, where no more cases of it begin. */
  readonly retired?: { readonly who: string; readonly why: string; readonly at: TimeView };
  /** What the visitor may do about its beginning cases. */
  readonly force?: 'retire' | 'restore';
  /** Where it is brought to the release in force, and until when; absent where it stands on that. */
  readonly behind?: { readonly href: string; readonly to: string; readonly due: DueView };
  /** Where running cases are taken to another version; absent where the visitor may not. */
  readonly migrateHref?: string;
}

/** A file of a workflow, line by line. */
export interface SourceFile {
  readonly name: string;
  readonly lines: readonly SourceLine[];
}

interface SourceLine {
  readonly number: number;
  readonly text: string;
}

/** Takes a workflow's files apart into lines: `workflow.yaml` first, then those beside it. */
export function sourceFiles({ text, files }: WorkflowSource): readonly SourceFile[] {
  const beside = Object.entries(files).sort(([a], [b]) => a.localeCompare(b));
  return [['workflow.yaml', text] as const, ...beside].map(([name, content]) => ({
    name,
    lines: linesOf(content),
  }));
}

/** Makes the page of one published version of a workflow. */
export function workflowPage(model: WorkflowModel): Page {
  const [main, ...others] = model.files;
  return {
    template: 'pages/workflow',
    title: model.title,
    area: 'workflows',
    model: {
      ...model,
      main,
      others,
      workflowsHref: paths.workflows,
      ...(model.force === undefined
        ? {}
        : {
            forceHref: paths.changeWorkflow(model.name, model.force),
            forceText: model.force === 'retire' ? 'Retire it' : 'Put it back',
          }),
      ...(model.name.startsWith('core/') ? {} : { draftsHref: paths.workflowDrafts(model.name) }),
      versions: model.versions.map((each) => ({
        ...each,
        href: paths.workflowVersion(model.name, each.version),
        current: each.version === model.version,
      })),
    },
  };
}

function linesOf(text: string): readonly SourceLine[] {
  return text
    .replace(/\n$/u, '')
    .split(/\r?\n/u)
    .map((line, index) => ({ number: index + 1, text: line }));
}
