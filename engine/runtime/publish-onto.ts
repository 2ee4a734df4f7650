import type { WorkflowSource } from '../kernel/definition/workflow.ts';
import type { NamedSource } from '../forms/check-together.ts';
import type { Store } from '../ports/store.ts';
import type { LoadedCore } from './catalogue.ts';
import type { PassedChecks } from './passed-checks.ts';
import { publishAll } from './publish.ts';
import type { Publication } from './publish.ts';

interface Parts {
  readonly store: Pick<Store, 'registry' | 'governance'>;
  readonly checks: PassedChecks;
  readonly now: number;
  /** Whether a source has passed its check against this core already. (Default: none) */
  readonly trusts?: (source: WorkflowSource) => boolean;
}

/**
 * Publishes the core processes of a release, and all workflows that stand on an earlier one, anew on
 * it, so that new cases begin on it; running ones stay where they are.
 */
export async function publishOnto(
  { core, view, release }: LoadedCore,
  { store, checks, now, trusts }: Parts,
): Promise<Publication['refused']> {
  const standing = await store.registry.published();
  const processes = [...core.processes].map(([name, source]): NamedSource => ({ name, source }));
  const workflows = standing.filter(({ name }) => !name.startsWith('core/'));
  const isBehind = [
    ...processes.map(({ name }) => name),
    ...workflows.map(({ name }) => name),
  ].some((name) => standing.find((one) => one.name === name)?.release !== release);
  if (!isBehind) return [];
  const sources = [...processes, ...workflows.map(({ name, source }) => ({ name, source }))];
  return (await publishAll(sources, view, store, now, checks, trusts)).refused;
}
