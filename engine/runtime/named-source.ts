import type { WorkflowSource } from '../kernel/definition/workflow.ts';

/** A source under the name that it is published as: `core/NAME` for a core process. */
export interface NamedSource {
  readonly name: string;
  readonly source: WorkflowSource;
}
