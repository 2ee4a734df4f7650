import type { Actor } from '../kernel/effects.ts';
import type { Fill } from '../kernel/transition/fill-absent.ts';
import { fillAbsent } from '../kernel/transition/fill-absent.ts';
import { takeOutFilled } from '../kernel/transition/take-out-filled.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Refusal } from '../kernel/transition/step-result.ts';
import type { BulkCases, BulkChange, BulkOperation } from '../ports/bulk.ts';
import type { Cases } from '../ports/cases.ts';
import type { Incidents } from '../ports/jobs.ts';
import { answerEvent } from './answer-event.ts';
import type { Catalogue } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { evolutionBetween } from './evolution.ts';
import { eventOf } from './fold.ts';
import { retryIncidents } from './incidents.ts';
import type { LoadedCase } from './loaded-case.ts';
import { migrateDraft } from './migrate-draft.ts';

/** What a change is held against beside the case. */
export interface ChangeSources {
  readonly catalogue: Pick<Catalogue, 'version' | 'core'>;
  readonly incidents: Pick<Incidents, 'ofCase'>;
  readonly cases: Pick<Cases, 'history'>;
  readonly bulk: Pick<BulkCases, 'case'>;
}

interface Cause {
  readonly reason: string;
  readonly actor: Actor;
  readonly operation: string;
}

/**
 * What an operation makes of one case, or why it cannot; nothing of it has happened. Answers
 * `undefined` where a backfill finds nothing to fill.
 */
export async function bulkDraft(
  { id: operation, change, reason, actor, undoes = '' }: BulkOperation,
  loaded: LoadedCase,
  now: number,
  sources: ChangeSources,
): Promise<Draft | Refusal | undefined> {
  if (change.kind === 'backfill') {
    return backfillDraft(change, { reason, actor, operation }, loaded, now);
  }
  if (change.kind === 'take-out') {
    return takeOutDraft(undoes, { reason, actor, operation }, loaded, now, sources);
  }
  return draftOf(change, { reason, actor, operation }, loaded, now, sources);
}

async function draftOf(
  change: Exclude<BulkChange, { readonly kind: 'backfill' | 'take-out' }>,
  cause: Cause,
  loaded: LoadedCase,
  now: number,
  { catalogue, incidents }: Pick<ChangeSources, 'catalogue' | 'incidents'>,
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
      const evolution = await evolutionBetween(catalogue, loaded.definition.core, other.core);
      const { mapping } = change;
      return migrateDraft(loaded, { other, evolution }, { mapping, ...cause }, now);
    }
    case 'retry': {
      const open = await incidents.ofCase(loaded.stored.id);
      const meant = open.filter((one) => one.cause === (change.cause ?? one.cause));
      if (meant.length > 0) return retryIncidents(meant, cause, now);
      return refusal('not-possible', 'It has no such incident any more.');
    }
  }
}

function backfillDraft(
  fill: Fill,
  cause: Cause,
  loaded: LoadedCase,
  now: number,
): Draft | Refusal | undefined {
  const { definition, live } = loaded;
  const moment = momentOf(definition.core, now);
  const filling = fillAbsent(definition.compiled, live.context.data, fill, moment);
  if (filling.kind === 'refused') return filling;
  const { set, filled } = filling;
  if (set.length === 0) return undefined;
  return answerEvent(loaded, { kind: 'modify', set, filled, ...cause }, cause.actor, now);
}

async function takeOutDraft(
  undoes: string,
  cause: Cause,
  loaded: LoadedCase,
  now: number,
  { bulk, cases }: Pick<ChangeSources, 'bulk' | 'cases'>,
): Promise<Draft | Refusal> {
  const { id } = loaded.stored;
  const done = await bulk.case(undoes, id);
  const [entry] = await cases.history(id, (done?.version ?? 1) - 1, 1);
  const event = entry === undefined ? undefined : eventOf(entry);
  if (event?.kind !== 'modify' || event.operation !== undoes || event.filled === undefined) {
    return refusal('not-possible', 'Its history does not say what was filled.');
  }
  const { set, filled } = event;
  const out = takeOutFilled(loaded.live.context.data, { set, filled });
  if (out.stays.length > 0) {
    const changed = out.stays.map((field) => `"${field}"`).join(', ');
    return refusal('not-possible', `Somebody has changed ${changed} since.`);
  }
  return answerEvent(loaded, { kind: 'modify', set: out.set, ...cause }, cause.actor, now);
}
