import { readSource } from '../../kernel/definition/source.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Actor } from '../../kernel/effects.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { WorkflowDraft } from '../../ports/drafts.ts';
import type { PublishingParts } from './publishing-parts.ts';

/** The longest a workflow may be with all its files, in characters. */
const LONGEST = 1_000_000;
const NAME = /^[a-z][a-z0-9-]{0,99}$/;

/** The teams that somebody must be of who writes a draft. */
export interface DraftTeams {
  /** The team that the draft names. */
  readonly team: string;
  /** Also that of the version that stands, so that nobody takes another team's workflow over. */
  readonly teams: readonly string[];
}

/**
 * Reads whose workflow a source is.
 * @throws `TrellisError` with code `draft-unreadable`.
 */
export async function teamsOf(
  source: WorkflowSource,
  { catalogue }: Pick<PublishingParts, 'catalogue'>,
): Promise<DraftTeams> {
  assertSize(source);
  const { value } = readSource(source.text);
  const { workflow, team } = (value ?? {}) as { workflow?: unknown; team?: unknown };
  if (!NAME.test(source.name) || typeof team !== 'string' || workflow !== source.name) {
    throw new TrellisError(
      'draft-unreadable',
      `A draft is a workflow.yaml that names its workflow ("workflow: ${source.name}", a name of small letters, ` +
        'digits and hyphens) and its team ("team: …"). Nothing was saved.',
    );
  }
  const stands = catalogue.list().some(({ name }) => name === source.name);
  if (!stands) return { team, teams: [team] };
  const standing = (await catalogue.newest(source.name)).compiled.workflow.team;
  return { team, teams: [...new Set([team, standing])] };
}

/**
 * Begins a draft. Whether its author may has been decided by `authorize`.
 * @throws `TrellisError` with code `draft-unreadable`.
 */
export async function beginDraft(
  source: WorkflowSource,
  author: Actor,
  parts: PublishingParts,
): Promise<WorkflowDraft> {
  const { team } = await teamsOf(source, parts);
  const draft: WorkflowDraft = {
    ...{ id: parts.ids.next(), workflow: source.name, team, source, author },
    ...{ base: await newestOf(source.name, parts), revision: 1, status: 'draft' },
    changedAt: parts.clock.now(),
  };
  await parts.store.drafts.save(draft);
  return draft;
}

/**
 * Writes a draft anew, on the version that is the newest now.
 * @throws `TrellisError` with code `draft-unreadable`, or `draft-moved` where it is none any more or
 * somebody has written another revision.
 */
export async function rewriteDraft(
  before: WorkflowDraft,
  source: WorkflowSource,
  parts: PublishingParts,
): Promise<WorkflowDraft> {
  const { team } = await teamsOf(source, parts);
  const draft: WorkflowDraft = {
    ...before,
    ...{ source, team, revision: before.revision + 1, changedAt: parts.clock.now() },
    base: await newestOf(source.name, parts),
  };
  if (source.name === before.workflow && (await parts.store.drafts.save(draft))) return draft;
  throw new TrellisError(
    'draft-moved',
    'This is no draft any more, or somebody has changed it since. Look at it again; nothing was saved.',
    { id: before.id },
  );
}

async function newestOf(name: string, { store }: PublishingParts): Promise<number> {
  const all = await store.registry.newestVersions();
  return all.find((one) => one.name === name)?.version ?? 0;
}

function assertSize({ text, files }: WorkflowSource): void {
  const size = Object.values(files).reduce((sum, one) => sum + one.length, text.length);
  if (size <= LONGEST) return;
  throw new TrellisError(
    'draft-unreadable',
    `A workflow has ${LONGEST} characters at most, with all its files; this has ${size}. Nothing was saved.`,
  );
}
