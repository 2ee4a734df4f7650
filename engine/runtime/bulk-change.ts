import type { Actor } from '../kernel/effects.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { BulkChange, BulkOperation } from '../ports/bulk.ts';
import type { Incidents } from '../ports/jobs.ts';
import { answerEvent } from './answer-event.ts';
import type { Catalogue } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { retryIncidents } from './incidents.ts';
import type { LoadedCase } from './loaded-case.ts';
import { migrateDraft } from './migrate-draft.ts';

/** What a change is held against beside the case. */
export interface ChangeSources {
  readonly catalogue: Pick<Catalogue, 'version'>;
  readonly incidents: Pick<Incidents, 'ofCase'>;
}

interface Cause {
  readonly reason: string;
  readonly actor: Actor;
  readonly operation: string;
}

/** What an operation makes of one case, or why it cannot; nothing of it has happened. */
export async function bulkDraft(
  { id: operation, change, reason, actor }: BulkOperation,
  loaded: LoadedCase,
  now: number,
  sources: ChangeSources,
): Promise<Draft | Refusal> {
  return draftOf(change, { reason, actor, operation }, loaded, now, sources);
}

async function draftOf(
  change: BulkChange,
  cause: Cause,
  loaded: LoadedCase,
  now: number,
  { catalogue, incidents }: ChangeSources,
): Promise<Draft | Refusal> {
  const { actor, ...why } = cause;
  switch (change.kind) {
    case 'suspend':
    case 'resume':
    case 'cancel':
      return answerEvent(loaded, { ...change, ...why }, actor, now);
    case 'modify':
      return answerEvent(loaded, { ...change, ...cause }, actor, now);
    case 'migrate': {
      const other = await catalogue.version(change.workflow, change.to);
      return migrateDraft(loaded, other, { mapping: change.mapping, ...cause }, now);
    }
    case 'retry': {
      const open = await incidents.ofCase(loaded.stored.id);
      const meant = open.filter((one) => one.cause === (change.cause ?? one.cause));
      if (meant.length > 0) return retryIncidents(meant, cause, now);
      return refusal('not-possible', 'It has no such incident any more.');
    }
  }
}
