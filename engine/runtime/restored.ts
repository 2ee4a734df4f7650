import type { CaseState } from '../kernel/case-state.ts';
import { TrellisError } from '../kernel/errors.ts';
import { knowsFormat, restore } from '../kernel/transition/live-case.ts';
import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { Cases } from '../ports/cases.ts';
import type { StoredCase } from '../ports/step.ts';
import type { Catalogue, Definition } from './catalogue.ts';
import { evolutionBetween } from './evolution.ts';
import type { Destination } from './evolution.ts';
import { changesState, firstVersion, foldEntry, foldMigration, migrationOf } from './fold.ts';
import type { LoadedCase } from './loaded-case.ts';

/** Entries of a history that are read at once. */
const PAGE = 200;

/**
 * A case as it was read: from its snapshot, or where another version of Trellis or XState wrote that
 * in a format of its own, from its history. It is not remembered: many may be looked at of which none
 * is used.
 *
 * @throws `TrellisError` with code `history-malformed`.
 */
export async function restored(
  stored: StoredCase,
  catalogue: Pick<Catalogue, 'version' | 'core'>,
  cases: Pick<Cases, 'history'>,
): Promise<LoadedCase> {
  const definition = await catalogue.version(stored.workflow, stored.workflowVersion);
  const state = JSON.parse(stored.snapshot) as CaseState;
  const live = knowsFormat(state)
    ? restore(state, definition.compiled)
    : await rebuilt(stored, catalogue, cases);
  return { stored, live, definition };
}

/** Takes every step of a case again, up to the one that it was stored with. */
async function rebuilt(
  { id, workflow, workflowVersion, version: newest }: StoredCase,
  catalogue: Pick<Catalogue, 'version' | 'core'>,
  cases: Pick<Cases, 'history'>,
): Promise<LiveCase> {
  const destination = async (own: Definition, to: number): Promise<Destination> => {
    const other = await catalogue.version(workflow, to);
    return { other, evolution: await evolutionBetween(catalogue, own.core, other.core) };
  };
  let live: LiveCase | undefined;
  let version = workflowVersion;
  let seq = 0;
  while (seq < newest) {
    const entries = await cases.history(id, seq, Math.min(PAGE, newest - seq));
    for (const entry of entries.filter(changesState)) {
      if (live === undefined) version = firstVersion(entry) ?? version;
      const own = await catalogue.version(workflow, version);
      const migration = migrationOf(entry);
      if (migration !== undefined) version = migration.to;
      const result =
        migration === undefined || live === undefined
          ? foldEntry(live, entry, own)
          : foldMigration(live, entry, migration, own, await destination(own, version));
      if (result.kind === 'refused') throw notFolded(id, entry.seq, result.message);
      live = result.case;
    }
    if (entries.length === 0) break;
    seq += entries.length;
  }
  if (live === undefined || seq < newest) throw notFolded(id, seq + 1, 'it is not there');
  return live;
}

function notFolded(caseId: string, seq: number, why: string): TrellisError {
  return new TrellisError(
    'history-malformed',
    `Case ${caseId} was stored by another version of Trellis, and cannot be made of its history: entry ${seq}: ${why}`,
    { caseId, seq },
  );
}
