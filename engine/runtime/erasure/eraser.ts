import { canonicalJson } from '../../governance/canonical-json.ts';
import { digestText } from '../../governance/digest.ts';
import type { ErasureBody } from '../../governance/erasure/erased-cases.ts';
import { ERASURE } from '../../governance/erasure/erased-cases.ts';
import type { PersonalReader } from '../../governance/erasure/personal-reader.ts';
import { personalReader } from '../../governance/erasure/personal-reader.ts';
import { plainTitles } from '../../governance/erasure/plain-titles.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditEntry } from '../../ports/step.ts';
import type { Store } from '../../ports/store.ts';
import type { Catalogue } from '../catalogue.ts';
import { firstVersion, migrationOf } from '../fold.ts';
import { govern } from '../govern.ts';
import type { ErasureOutlook, ErasureTarget, ThoughtCase, ThoughtRecords } from './outlook.ts';
import { small } from './outlook.ts';
import type { CaseMaterial, ErasureCause } from './think-case.ts';
import { thinkCase } from './think-case.ts';
import { thinkRecords, thinkWrites } from './think-records.ts';

/** The most cases that one erasure takes. */
const MOST = 500;

interface Parts {
  readonly store: Pick<Store, 'cases' | 'worklist' | 'erasure' | 'governance'>;
  readonly catalogue: Pick<Catalogue, 'version'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The core in force, by whose types records are read. */
  readonly core: () => CoreView;
}

/** What was thought through for an erasure. */
interface Thought {
  readonly cases: readonly ThoughtCase[];
  readonly records: ThoughtRecords;
  readonly outlook: ErasureOutlook;
}

/** Erases personal data from what has ended, and from records, by an act of governance. */
export class Eraser {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Says what would be erased, and what would stay and why. Nothing is written.
   * @throws `TrellisError` with code `no-case`, or `erasure-too-large`.
   */
  async preview(target: ErasureTarget): Promise<ErasureOutlook> {
    return (await this.#think(target, { actor: { kind: 'system', id: '', name: '' }, reason: '' }))
      .outlook;
  }

  /**
   * Erases what the preview with this token has said: all of it, or nothing. What is refused stays.
   * @throws `TrellisError` with code `no-case`, `erasure-too-large`, `erasure-changed` where the preview is
   *   not what would happen any more, `nothing-to-erase`, `names-person` where the reason has the value in
   *   it, or `governance-busy`.
   */
  async erase(
    target: ErasureTarget,
    token: string,
    cause: Omit<ErasureCause, 'text'>,
  ): Promise<ErasureOutlook> {
    const { store, clock } = this.#parts;
    if (target.kind === 'person' && small(cause.reason).includes(small(target.value))) {
      throw new TrellisError(
        'names-person',
        'The reason has in it what is to be erased, and it stays for good. Write it without.',
      );
    }
    return govern({ governance: store.governance, clock }, async () => {
      const act = (await store.governance.newestAct()).seq + 1;
      const { cases, records, outlook } = await this.#think(target, cause);
      if (outlook.token !== token) throw changed();
      const made = cases.flatMap(({ make }) => make?.(act, clock.now()) ?? []);
      if (made.length + records.records.length + records.writes.length === 0) throw nothing();
      const body = actBody(outlook, cause.reason);
      return {
        draft: {
          acts: [{ kind: ERASURE, actor: cause.actor, body: body as unknown as JsonObject }],
          erased: { cases: made, records: records.records, writes: records.writes },
        },
        answer: outlook,
      };
    });
  }

  async #think(target: ErasureTarget, cause: Omit<ErasureCause, 'text'>): Promise<Thought> {
    const { erasure } = this.#parts.store;
    const core = this.#parts.core();
    const ids = await (target.kind === 'case'
      ? this.#withRun(target.id)
      : this.#casesWith(target.value));
    const text = target.kind === 'case' ? {} : { text: target.value };
    const cases: ThoughtCase[] = [];
    for (const id of ids) cases.push(await this.#thinkCase(id, { ...cause, ...text }));
    const found =
      target.kind === 'case' ? undefined : await thinkRecords(erasure, target.value, core);
    const erased = cases.filter(({ make }) => make !== undefined);
    const writes = new Map(found?.writes.map((write) => [write.effect, write]));
    for (const { outlook } of erased) {
      for (const write of (await thinkWrites(erasure, outlook.id, core)).writes)
        writes.set(write.effect, write);
    }
    const records = {
      ...{ outlook: found?.outlook ?? [], records: found?.records ?? [] },
      writes: [...writes.values()],
    };
    const facts = {
      cases: cases.map(({ outlook }) => outlook),
      records: records.outlook,
      writes: records.writes.length,
    };
    const token = digestText(canonicalJson({ target: { ...target }, facts })).slice(0, 32);
    return { cases, records, outlook: { ...facts, token } };
  }

  /** A case and those that it ran, and those that they ran: what it knew, they were told. */
  async #withRun(id: string): Promise<readonly string[]> {
    const ids = [id];
    for (const one of ids) ids.push(...(await this.#parts.store.erasure.casesRunBy(one)));
    if (ids.length <= MOST) return ids;
    throw new TrellisError(
      'erasure-too-large',
      `The case ran more than ${MOST} others. Erase those first, one by one.`,
    );
  }

  async #casesWith(text: string): Promise<readonly string[]> {
    const found = await this.#parts.store.erasure.casesWith(text, '', MOST + 1);
    if (found.length <= MOST) return found;
    throw new TrellisError(
      'erasure-too-large',
      `The value stands in more than ${MOST} cases. Give one that tells of one person, or erase case by case.`,
    );
  }

  async #thinkCase(id: string, cause: ErasureCause): Promise<ThoughtCase> {
    const { cases, worklist, erasure } = this.#parts.store;
    const facts = await erasure.case(id);
    if (facts === undefined) {
      throw new TrellisError('no-case', `There is no case ${id}.`, { caseId: id });
    }
    const history = await cases.history(id);
    const { parent, workflow, workflowVersion } = facts.stored;
    const around = parent && (await cases.load(parent.caseId));
    return thinkCase(
      {
        ...{ facts, history, tasks: await worklist.tasksOfCase(id) },
        ...(await this.#readers(workflow, workflowVersion, history)),
        ...(around === undefined || around.status === 'finished' ? {} : { parent: around.id }),
      },
      cause,
    );
  }

  async #readers(
    workflow: string,
    newest: number,
    history: readonly AuditEntry[],
  ): Promise<Pick<CaseMaterial, 'readers' | 'plain'>> {
    const versions = history.flatMap((entry) => [
      ...(entry.seq === 1 ? [firstVersion(entry) ?? newest] : []),
      ...(migrationOf(entry) === undefined ? [] : [migrationOf(entry)?.to ?? newest]),
    ]);
    const readers = new Map<number, PersonalReader>();
    const plain: string[] = [];
    for (const version of new Set([...versions, newest])) {
      const { compiled, core } = await this.#parts.catalogue.version(workflow, version);
      readers.set(version, personalReader(compiled.workflow, core.view));
      plain.push(...plainTitles(compiled.workflow));
    }
    return { readers, plain: new Set(plain) };
  }
}

function actBody({ cases, records }: ErasureOutlook, reason: string): ErasureBody {
  const erased = cases.filter(({ refused }) => refused === undefined);
  const types = records.map(({ type }) => type);
  return {
    reason,
    cases: erased.map(({ id, reference }) => ({ id, reference })),
    records: Object.fromEntries(
      [...new Set(types)].map((type) => [type, types.filter((one) => one === type).length]),
    ),
    files: erased.reduce((sum, { files }) => sum + files, 0),
  };
}

function changed(): TrellisError {
  return new TrellisError(
    'erasure-changed',
    'What would be erased is not what was shown. Nothing was erased; look at the preview again.',
  );
}

function nothing(): TrellisError {
  return new TrellisError(
    'nothing-to-erase',
    'There is nothing that can be erased. The preview says of each case why it stays.',
  );
}
