import type { NamedSource } from '../../forms/check-together.ts';
import type { Examination, TestVerdict } from '../../forms/examine-workflow.ts';
import type { Risk } from '../../governance/publishing/risk.ts';
import { runnableOf } from '../../kernel/check/runnable-view.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import { readWorkflow } from '../../kernel/definition/read-workflow.ts';
import type { Workflow, WorkflowSource } from '../../kernel/definition/workflow.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { PublishedWorkflow } from '../../ports/registry.ts';
import type { LoadedCore } from '../catalogue.ts';
import { withGrantsOf } from '../grants/grants-now.ts';
import { pinsOf, runsOf } from '../pins.ts';
import { versionDigest } from '../unchanged-sources.ts';
import type { PublishingParts } from './publishing-parts.ts';

/** A draft that may go live: the checker passed it against the core in force. */
export interface ExaminedDraft {
  readonly workflow: Workflow;
  /** What it was checked against, with the workflows that it may run. */
  readonly core: LoadedCore;
  readonly risk: Risk;
  readonly tests: TestVerdict;
  /** The versions of what it runs. */
  readonly pins: PublishedWorkflow['pins'];
}

/**
 * Checks a source against the core in force, on the thread for what nobody trusts yet.
 * @throws `TrellisError` with code `draft-refused` (its data has the problems), or those of the workshop.
 */
export async function examineDraft(
  source: WorkflowSource,
  parts: PublishingParts,
): Promise<ExaminedDraft> {
  const core = await coreNow(parts);
  const { problems, passed } = await examine(source, core, parts);
  if (passed === undefined) throw refused(source.name, problems);
  const standing = standingIn(parts);
  const view = await viewBeside(core, standing, parts.catalogue);
  const { workflow } = readWorkflow(source, view, { isChecked: true });
  if (workflow === undefined) throw refused(source.name, problems);
  return { workflow, core: { ...core, view }, ...passed, pins: pinsOf(runsOf(workflow), standing) };
}

/**
 * Checks sources that come together, each as if the others stood already; nothing is stored.
 * @throws those of the workshop.
 */
export async function examineTogether(
  sources: readonly WorkflowSource[],
  parts: PublishingParts,
): Promise<readonly (Examination & { readonly name: string })[]> {
  const core = await coreNow(parts);
  const together = sources.map((source) => ({ name: source.name, source }));
  const examined: (Examination & { readonly name: string })[] = [];
  // The thread that does it takes one after the other.
  for (const source of sources) {
    const { name } = source;
    examined.push({ name, ...(await examine(source, core, parts, together)) });
  }
  return examined;
}

async function coreNow({ core: coreOf, inForce, clock }: PublishingParts): Promise<LoadedCore> {
  const core = coreOf();
  const look = await inForce.current();
  return { ...core, view: withGrantsOf(core.view, look, clock.now()) };
}

function standingIn({ catalogue }: PublishingParts): ReadonlyMap<string, PublishedWorkflow> {
  return new Map(catalogue.list().map((one) => [one.name, one]));
}

/** Examines a source with what stands and, in place of that, what comes `together` with it. */
function examine(
  source: WorkflowSource,
  core: LoadedCore,
  parts: PublishingParts,
  together: readonly NamedSource[] = [{ name: source.name, source }],
): Promise<Examination> {
  const names = new Set(together.map(({ name }) => name));
  const standing = sourcesBeside(source, core, standingIn(parts));
  const beside = standing.filter(({ name }) => !names.has(name));
  return parts.workshop.examine(source.name, [...beside, ...together], core.view);
}

/** Makes the version that follows the newest one. */
export function nextVersion(
  source: WorkflowSource,
  { pins, core }: ExaminedDraft,
  newest: number,
  now: number,
): PublishedWorkflow {
  return {
    ...{ name: source.name, version: newest + 1, digest: versionDigest(source, pins) },
    ...{ release: core.release, source, pins, publishedAt: now },
  };
}

/** Core processes, and what stands of the workflows that are named in a source, with what those run. */
function sourcesBeside(
  { name: own, text }: WorkflowSource,
  { core }: LoadedCore,
  standing: ReadonlyMap<string, PublishedWorkflow>,
): readonly NamedSource[] {
  const wanted = new Map<string, NamedSource>();
  const add = (name: string): void => {
    const published = standing.get(name);
    if (published === undefined || wanted.has(name) || name === own || core.processes.has(name))
      return;
    wanted.set(name, { name, source: published.source });
    Object.keys(published.pins).forEach(add);
  };
  for (const name of standing.keys()) if (text.includes(name)) add(name);
  const processes = [...core.processes].map(([name, source]) => ({ name, source }));
  return [...processes, ...wanted.values()];
}

async function viewBeside(
  { view }: LoadedCore,
  standing: ReadonlyMap<string, PublishedWorkflow>,
  catalogue: PublishingParts['catalogue'],
): Promise<CoreView> {
  const runnables = new Map(view.runnables);
  for (const name of standing.keys()) {
    if (runnables.has(name)) continue;
    const { compiled, core } = await catalogue.newest(name);
    const runnable = runnableOf(name, compiled.workflow, core.view);
    if (runnable !== undefined) runnables.set(name, runnable);
  }
  return { ...view, runnables };
}

function refused(name: string, problems: readonly object[]): TrellisError {
  const first = problems.find((one) => 'message' in one) as { message: string } | undefined;
  return new TrellisError(
    'draft-refused',
    `The checker refuses "${name}": ${first?.message ?? 'it cannot be read.'} Nothing was sent.`,
    { problems },
  );
}
