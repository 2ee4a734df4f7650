import type { CoreView } from '../core-view.ts';
import type { Problem } from '../problem.ts';
import { asWritten, checkForm } from './check-form.ts';
import { normalise } from './normalise/normalise.ts';
import { Report } from './report.ts';
import type { SourceMap } from './source-map.ts';
import { readSource } from './source.ts';
import type { Workflow, WorkflowSource } from './workflow.ts';

/** A workflow as far as it could be read. */
export interface ReadWorkflow {
  /** Given when no problem is an error. */
  readonly workflow?: Workflow;
  readonly problems: readonly Problem[];
  readonly map: SourceMap;
}

export interface ReadOptions {
  /** Its form is taken as it is, because this very source has passed the whole check. (Default: false) */
  readonly isChecked?: boolean;
}

/**
 * Reads a workflow from its YAML: the stages *Form* and *Names* of the checks. Every problem has
 * its position in the text.
 */
export function readWorkflow(
  source: WorkflowSource,
  core: CoreView,
  { isChecked = false }: ReadOptions = {},
): ReadWorkflow {
  const { value, problems, map } = readSource(source.text);
  if (value === undefined) return { problems, map };
  const report = new Report(map);
  const written = isChecked ? asWritten(value) : checkForm(value, report);
  if (written === undefined) return { problems: report.problems, map };
  const workflow = normalise(written, source, core, report);
  return report.problems.length === 0
    ? { workflow, problems: [], map }
    : { problems: report.problems, map };
}
