import { digestText } from '../../governance/digest.ts';
import { ERASED } from '../../governance/erasure/erasure-audit.ts';
import { withoutPersonal } from '../../governance/erasure/personal-mask.ts';
import type { PersonalReader } from '../../governance/erasure/personal-reader.ts';
import { writtenWords } from '../../governance/erasure/personal-reader.ts';
import { personalPart, publicBody } from '../../governance/erasure/sealed.ts';
import { entryHash } from '../../governance/history.ts';
import type { CaseState } from '../../kernel/case-state.ts';
import type { CaseContext } from '../../kernel/compile/case-context.ts';
import type { Actor } from '../../kernel/effects.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { ErasableCase } from '../../ports/erasure.ts';
import type { AuditEntry, Task } from '../../ports/step.ts';
import { changesState, firstVersion, migrationOf } from '../fold.ts';
import type { ErasureRefusal, ThoughtCase } from './outlook.ts';
import { placesOf, textsIn } from './outlook.ts';

/** All that is known of a case that is to be erased. */
export interface CaseMaterial {
  readonly facts: ErasableCase;
  readonly history: readonly AuditEntry[];
  readonly tasks: readonly Task[];
  /** The readers of the versions that it ran on. */
  readonly readers: ReadonlyMap<number, PersonalReader>;
  /** The titles of tasks that no value of the case is in. */
  readonly plain: ReadonlySet<string>;
  /** The id of the case that ran it, where that is not finished. */
  readonly parent?: string;
}

/** Who erases, why, and what text was looked for, if one was. */
export interface ErasureCause {
  readonly actor: Actor;
  readonly reason: string;
  readonly text?: string;
}

/** Thinks through what becomes of a case that is erased. */
export function thinkCase(material: CaseMaterial, cause: ErasureCause): ThoughtCase {
  const { facts, history, tasks } = material;
  const { stored, files } = facts;
  const sealed = history.filter((entry) => (personalPart(entry)?.values.length ?? 0) > 0);
  const fields = sealed.flatMap(({ sealed: { at } = { at: [] } }) => at.map(nameOf));
  const texts = [...new Set(sealed.flatMap((entry) => textsOf(entry)))];
  const titles = titlesOf(tasks, material.plain);
  const snapshot = redacted(stored.snapshot, material.readers.get(stored.workflowVersion));
  const refused = whyNot(material);
  const outlook = {
    ...{ id: stored.id, reference: stored.reference, version: stored.version, files },
    entries: sealed.length,
    fields: [...new Set(fields)].sort(),
    stays: staying(history, snapshot, cause.text),
  };
  if (refused !== undefined) return { outlook: { ...outlook, refused } };
  return {
    outlook,
    make: (act, at) => {
      const facts = {
        ...{ caseId: stored.id, seq: stored.version + 1, at, kind: ERASED, actor: cause.actor },
        body: { act, reason: cause.reason },
        snapshotDigest: digestText(snapshot),
      };
      const hash = entryHash(stored.head, facts);
      const place = stored.archivedAt === undefined ? 'live' : 'archive';
      return { place, entry: { ...facts, previous: stored.head, hash }, snapshot, titles, texts };
    },
  };
}

function whyNot(material: CaseMaterial): ErasureRefusal | undefined {
  const { facts, history, parent } = material;
  const { stored, jobs, incidents, place, files } = facts;
  if (stored.status !== 'finished') {
    const where = stored.states.join(', ') || stored.status;
    const message = `It is still running, in ${where}. It must end, or be called off, first.`;
    return { kind: 'running', message, first: stored.id };
  }
  if (jobs + incidents > 0) {
    const many = `${jobs} jobs and ${incidents} incidents`;
    const message = `${many} of it are left. Let them end, or decide about them, first.`;
    return { kind: 'pending', message, first: stored.id };
  }
  if (parent !== undefined) {
    const message = 'The case that ran it goes on, and may take it back. That must end first.';
    return { kind: 'parent', message, first: parent };
  }
  if (place === 'both')
    return no('moving', 'It is on its way to the archive. Try again in a moment.');
  const before = firstBefore(material);
  if (before !== undefined) {
    return no(
      'before',
      `Entry ${before} was written before personal values could be erased, and the chain covers it whole.`,
    );
  }
  const isThere = history.some((entry) => (personalPart(entry)?.values.length ?? 0) > 0);
  if (isThere || files > 0) return undefined;
  return no('nothing', 'It holds nothing personal, or was erased already.');
}

/** The first entry of format 1 that holds something personal. */
function firstBefore({ history, readers, facts }: CaseMaterial): number | undefined {
  let version = facts.stored.workflowVersion;
  for (const entry of history) {
    version = firstVersion(entry) ?? version;
    version = migrationOf(entry)?.to ?? version;
    if (entry.sealed !== undefined || entry.kind === ERASED) continue;
    if (holdsPersonal(entry, readers.get(version))) return entry.seq;
  }
  return undefined;
}

/** Tells whether an entry of format 1, or the snapshot whose digest it has, holds something personal. */
function holdsPersonal(entry: AuditEntry, reader: PersonalReader | undefined): boolean {
  if (reader?.holds !== false) return true;
  const at = changesState(entry) ? reader.partsOf(entry) : writtenWords(entry.body);
  return at.length > 0;
}

/** What stays of a snapshot: where the case is, its open data, and nothing that was kept for work. */
function redacted(snapshot: string, reader: PersonalReader | undefined): string {
  const state = JSON.parse(snapshot) as CaseState;
  const context = state.context as unknown as CaseContext;
  const { identity, visits, completedBy, undos, outcome, wholeTaken } = context;
  const data = reader === undefined ? {} : withoutPersonal(context.data, reader.data);
  const left: CaseContext = {
    ...{ identity, data: (data ?? {}) as JsonObject, visits, open: {}, completedBy },
    ...{ ledger: [], running: [], undos },
    ...(outcome === undefined ? {} : { outcome }),
    ...(wholeTaken === undefined ? {} : { wholeTaken }),
  };
  return JSON.stringify({ ...state, context: left });
}

/** A title that was made of values becomes the name of its state. */
function titlesOf(
  tasks: readonly Task[],
  plain: ReadonlySet<string>,
): readonly Pick<Task, 'id' | 'title'>[] {
  return tasks
    .filter(({ title }) => !plain.has(title))
    .map(({ id, state }) => ({ id, title: state }));
}

/** Where a text stands that no type calls personal. */
function staying(
  history: readonly AuditEntry[],
  snapshot: string,
  text: string | undefined,
): readonly string[] {
  if (text === undefined) return [];
  const inEntries = history.flatMap((entry) =>
    placesOf(publicBody(entry), text).map((place) => `entry ${entry.seq}: ${place}`),
  );
  const { context } = JSON.parse(snapshot) as CaseState;
  return [
    ...inEntries,
    ...placesOf(context, text).map((place) => `what the case carries: ${place}`),
  ];
}

function textsOf(entry: AuditEntry): readonly string[] {
  return textsIn([...(personalPart(entry)?.values ?? [])] as Json);
}

/** The name of the field at the end of a way, without the places in lists. */
function nameOf(path: readonly (string | number)[]): string {
  return path.filter((step) => typeof step === 'string').at(-1) ?? '';
}

function no(kind: ErasureRefusal['kind'], message: string): ErasureRefusal {
  return { kind, message };
}
