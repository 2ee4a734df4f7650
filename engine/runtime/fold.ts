/** A case as the fold of its history: the same steps, taken again, one entry after another. */
import type { CaseIdentity } from '../kernel/case-state.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { CaseEvent } from '../kernel/event.ts';
import type { Beginning } from '../kernel/transition/begin.ts';
import { begin } from '../kernel/transition/begin.ts';
import type { StateMapping } from '../kernel/transition/migrate.ts';
import { migrateCase } from '../kernel/transition/migrate.ts';
import { persist } from '../kernel/transition/live-case.ts';
import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { Refusal, StepResult } from '../kernel/transition/step-result.ts';
import { transition } from '../kernel/transition/transition.ts';
import type { AuditEntry } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import { takenOver } from './evolution.ts';
import type { Destination } from './evolution.ts';

/** What an entry holds to be folded again. */
type Entry = Pick<AuditEntry, 'caseId' | 'seq' | 'at' | 'kind' | 'body'>;

/** Tells whether an entry changed the state of its case; others only note something beside it. */
export function changesState({ kind, body }: Entry): boolean {
  return kind === 'started' || eventOf({ body })?.kind === kind;
}

/** The event of an entry that changed the state of its case. */
export function eventOf({ body }: Pick<Entry, 'body'>): CaseEvent | undefined {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject && 'kind' in body ? (body as unknown as CaseEvent) : undefined;
}

/** Takes the step of an entry again, from the case as it was before. */
export function foldEntry(
  before: LiveCase | undefined,
  entry: Entry,
  definition: Definition,
): StepResult | Refusal {
  const moment = momentOf(definition.core, entry.at);
  if (before === undefined) return startAgain(entry, definition);
  const event = eventOf(entry);
  if (event === undefined) throw malformed(entry);
  return transition(definition.compiled, before, event, moment);
}

function startAgain(entry: Entry, { compiled, core }: Definition): StepResult | Refusal {
  if (entry.kind !== 'started') throw malformed(entry);
  const { reference, starter, beginning } = entry.body as unknown as Omit<CaseIdentity, 'id'> & {
    readonly beginning: Beginning;
  };
  const identity = { id: entry.caseId, reference, starter };
  return begin(compiled, identity, beginning, momentOf(core, entry.at));
}

/** What the entry of a migration says. */
export interface MigrationBody {
  readonly kind: 'migrate';
  readonly from: number;
  readonly to: number;
  readonly mapping: StateMapping;
  readonly reason: string;
  /** The operation on many cases that it was part of. */
  readonly operation?: string;
}

/** The migration of an entry, where it is one. */
export function migrationOf({
  kind,
  body,
}: Pick<Entry, 'kind' | 'body'>): MigrationBody | undefined {
  return kind === 'migrate' ? (body as unknown as MigrationBody) : undefined;
}

/** The version that a case began on, as its first entry says. */
export function firstVersion({ body }: Pick<Entry, 'body'>): number | undefined {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const version = isObject && 'version' in body ? body['version'] : undefined;
  return typeof version === 'number' ? version : undefined;
}

/** Takes a migration again. */
export function foldMigration(
  before: LiveCase,
  { at }: Entry,
  { mapping }: MigrationBody,
  own: Definition,
  { other, evolution }: Destination,
): StepResult | Refusal {
  const moment = momentOf(other.core, at);
  const taken = takenOver(before, own, evolution, moment);
  return migrateCase(own.compiled, other.compiled, taken, mapping, moment);
}

/** A case as its snapshot is stored. */
export function snapshotOf(live: LiveCase): string {
  return JSON.stringify(persist(live));
}

function malformed({ caseId, seq, kind }: Entry): TrellisError {
  return new TrellisError(
    'history-malformed',
    `Entry ${seq} of case ${caseId} (${kind}) is not one that a case can be made of.`,
    { caseId, seq },
  );
}
