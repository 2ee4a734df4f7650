import { personalReader, writtenWords } from '../governance/erasure/personal-reader.ts';
import type { SealedBody } from '../governance/erasure/sealed.ts';
import { sealBody, snapshotDigest } from '../governance/erasure/sealed.ts';
import { GENESIS, entryHash } from '../governance/history.ts';
import type { CaseStatus } from '../kernel/case-state.ts';
import { defaultLanguage } from '../kernel/compile/mails.ts';
import { remembered } from '../kernel/remembered.ts';
import { persist } from '../kernel/transition/live-case.ts';
import type { StepResult } from '../kernel/transition/step-result.ts';
import type { Ids } from '../ports/clock.ts';
import type { AuditEntry, Job, Step, StoredCase } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';
import type { Draft } from './draft.ts';
import type { EffectWrites } from './effect-writes.ts';
import { writeEffects } from './effect-writes.ts';
import { laneOf } from './lanes.ts';
import type { LinkTokens } from './link-tokens.ts';
import type { LoadedCase } from './loaded-case.ts';

/**
 * The case before a step; `version` is 0 for one that the step creates. A step that changes the
 * state of the case needs its definition.
 */
export interface Before {
  readonly stored: StoredCase;
  readonly definition?: LoadedCase['definition'];
}

/** Builds the one value that a step writes, and the case as it is afterwards. */
export function buildStep(
  before: Before,
  draft: Draft,
  now: number,
  { tokens, ids }: { readonly tokens: LinkTokens; readonly ids: Pick<Ids, 'salt'> },
): { readonly step: Step; readonly after: StoredCase } {
  const seq = before.stored.version + 1;
  const definition = draft.definition ?? before.definition;
  const snapshot = snapshotOf({ ...before, ...(definition && { definition }) }, draft.result);
  const entry = entryOf(
    before.stored,
    draft.entry,
    { seq, now, snapshot },
    sealedBody(draft, definition, ids),
  );
  const writes = writeEffects(draft.result?.effects ?? [], {
    stored: before.stored,
    seq,
    now,
    tokens,
  });
  const base = draft.definition ? onVersion(before.stored, draft.definition) : before.stored;
  const after = caseAfter(base, draft.result, { snapshot, entry, now });
  return { step: stepOf(before.stored, after, entry, draft, writes), after };
}

function snapshotOf({ stored, definition }: Before, result: StepResult | undefined): string {
  if (result === undefined || definition === undefined) return stored.snapshot;
  return JSON.stringify(persist(result.case));
}

function entryOf(
  stored: StoredCase,
  { kind, actor }: Draft['entry'],
  { seq, now, snapshot }: { seq: number; now: number; snapshot: string },
  sealed: SealedBody,
): AuditEntry {
  const previous = seq === 1 ? GENESIS : stored.head;
  const digest = snapshotDigest(snapshot, sealed.salt);
  const facts = {
    ...{ caseId: stored.id, seq, at: now, kind, actor },
    ...{ ...sealed, snapshotDigest: digest },
  };
  return { ...facts, previous, hash: entryHash(previous, facts) };
}

const readerOf = remembered(({ compiled, core }: Definition) =>
  personalReader(compiled.workflow, core.view),
);

/**
 * Seals what of an entry is personal, and with it the digest of the snapshot. A step that leaves the
 * state as it is does not know whether that holds anything personal: it is taken to.
 */
function sealedBody(
  { entry, result }: Draft,
  definition: Definition | undefined,
  ids: Pick<Ids, 'salt'>,
): SealedBody {
  const { body } = entry;
  if (result === undefined || definition === undefined) {
    return sealBody(body, writtenWords(body), ids.salt());
  }
  const reader = readerOf(definition);
  const at = reader.partsOf(entry);
  return reader.holds || at.length > 0 ? sealBody(body, at, ids.salt()) : { body };
}

function onVersion(stored: StoredCase, { published, compiled }: Definition): StoredCase {
  return {
    ...stored,
    workflowVersion: published.version,
    release: published.release,
    title: defaultLanguage(compiled.workflow.title),
  };
}

function caseAfter(
  stored: StoredCase,
  result: StepResult | undefined,
  { snapshot, entry, now }: { snapshot: string; entry: AuditEntry; now: number },
): StoredCase {
  const moved = result && {
    status: result.status,
    states: result.states,
    ...(result.outcome === undefined ? {} : { outcome: result.outcome }),
  };
  return {
    ...stored,
    ...moved,
    snapshot,
    version: entry.seq,
    head: entry.hash,
    updatedAt: now,
  };
}

function stepOf(
  before: StoredCase,
  after: StoredCase,
  entry: AuditEntry,
  draft: Draft,
  writes: EffectWrites,
): Step {
  const rest = restOf(before.status, after.status);
  return {
    case: after,
    entry,
    tasks: { open: writes.open, change: [...(draft.tasks ?? []), ...writes.change] },
    jobs: {
      add: addedJobs(after, [...writes.add, ...(draft.addJobs ?? [])]),
      finish: draft.finishJobs ?? [],
      stop: writes.stop,
      stopTimers: writes.stopTimers,
      ...(rest === undefined ? {} : { rest }),
    },
    incidents: { open: draft.openIncidents ?? [], resolve: draft.resolveIncidents ?? [] },
    subscribe: writes.subscribe,
    unsubscribe: writes.unsubscribe,
    ...queuesOf(writes),
    consume: draft.consume ?? [],
    links: [...writes.links, ...(draft.links ?? [])],
    submissions: [
      ...(draft.submission ? [draft.submission] : []),
      ...(draft.once ? [draft.once] : []),
    ],
    ...besides(draft),
  };
}

function besides({ files, bulk, receive }: Draft): Pick<Step, 'files' | 'bulk' | 'receive'> {
  return {
    ...(receive === undefined ? {} : { receive }),
    ...(files === undefined ? {} : { files }),
    ...(bulk === undefined ? {} : { bulk }),
  };
}

function queuesOf({ join, leave }: EffectWrites): Pick<Step, 'queues'> {
  return join.length + leave.length === 0 ? {} : { queues: { join, leave } };
}

const BESIDE: readonly Job['kind'][] = ['rest-child', 'call-up'];

function restOf(before: CaseStatus, after: CaseStatus): Step['jobs']['rest'] {
  if ((before === 'suspended') === (after === 'suspended')) return undefined;
  return after === 'suspended' ? 'hold' : 'let go';
}

/**
 * What a suspended case asks for waits until it is resumed; that its child cases rest does not, nor
 * do those who come after it in a queue.
 */
function addedJobs({ status, workflow }: StoredCase, jobs: readonly Job[]): readonly Job[] {
  return jobs.map((job) => {
    const held = status === 'suspended' && !BESIDE.includes(job.kind);
    return { ...job, lane: laneOf(workflow, job), ...(held ? { held } : {}) };
  });
}
