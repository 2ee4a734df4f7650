import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestText } from '../digest.ts';
import { showBundle, unreadable } from './bundle.ts';
import type { BundledWorkflow, WorkflowBundle } from './bundle.ts';

/** A published workflow on its way into a bundle. */
export interface ToBundle {
  readonly version: number;
  readonly source: WorkflowSource;
}

/** Writes workflows as a bundle; what others run comes before them. */
export function bundleOfWorkflows(
  from: Pick<WorkflowBundle, 'company' | 'release'>,
  workflows: readonly ToBundle[],
): string {
  return showBundle({
    kind: 'workflows',
    ...from,
    workflows: workflows.map(({ version, source }) => ({
      ...{ name: source.name, version, digest: digestOf(source) },
      ...{ text: source.text, files: { ...source.files } },
    })),
  });
}

/**
 * The sources in a bundle.
 * @throws `TrellisError` with code `bundle-unreadable`.
 */
export function workflowsOfBundle({ workflows }: WorkflowBundle): readonly ToBundle[] {
  const names = new Set<string>();
  return workflows.map((one) => {
    const { name, version, digest } = one;
    const source = sourceOf(one);
    if (names.has(name)) throw unreadable(`it has the workflow "${name}" twice`);
    if (digestOf(source) !== digest)
      throw unreadable(`the digest of the workflow "${name}" does not fit its files`);
    names.add(name);
    return { version, source };
  });
}

function sourceOf({ name, text, files }: BundledWorkflow): WorkflowSource {
  return { name, text, files };
}

function digestOf({ name, text, files }: WorkflowSource): string {
  return digestText(canonicalJson({ name, text, files: { ...files } }));
}
