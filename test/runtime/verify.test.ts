import { expect } from 'chai';
import { digestText } from '../../engine/governance/digest.ts';
import { entryHash } from '../../engine/governance/history.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { AuditEntry, StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { verifyCase, verifyCases } from '../../engine/runtime/verify.ts';
import type { Discrepancy } from '../../engine/runtime/verification.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, complete, load, openTask, startSample, withWorkshop } from './with-workshop.ts';

const WORK = {
  states: `
  taking: { call: depot.take, with: { what: email }, save: { id: result.id }, done: checking }
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

async function finished(workshop: Workshop): Promise<string> {
  const caseId = await startSample(workshop);
  await workshop.engine.assignTask((await openTask(workshop, caseId)).id, CLERK, CLERK);
  await complete(workshop, caseId, 'done', { note: 'good' });
  return caseId;
}

/** The same store with something in it altered, as somebody with the database could. */
function altered(
  store: Store,
  alter: {
    readonly history?: (entries: AuditEntry[]) => readonly AuditEntry[];
    readonly stored?: (one: StoredCase) => StoredCase;
  },
): Store {
  return {
    ...store,
    cases: {
      ...store.cases,
      load: async (id) => {
        const one = await store.cases.load(id);
        return one && (alter.stored?.(one) ?? one);
      },
      history: async (id, after, limit) => {
        const entries = [...(await store.cases.history(id))];
        const all = alter.history?.(entries) ?? entries;
        return all.filter(({ seq }) => seq > (after ?? 0)).slice(0, limit);
      },
    },
  };
}

/** Makes the chain anew, as whoever knows how would. */
function chained(entries: readonly AuditEntry[]): AuditEntry[] {
  let previous = '0'.repeat(64);
  return entries.map((entry) => {
    const made = { ...entry, previous, hash: entryHash(previous, entry) };
    previous = made.hash;
    return made;
  });
}

async function found(
  { store, catalogue }: Workshop,
  caseId: string,
  alter: Parameters<typeof altered>[1],
): Promise<Discrepancy | undefined> {
  return verifyCase({ store: altered(store, alter), catalogue }, caseId);
}

const edit = (seq: number, changes: Partial<AuditEntry>) => (entries: AuditEntry[]) =>
  entries.map((entry) => (entry.seq === seq ? { ...entry, ...changes } : entry));

describe('holding cases against their histories', () => {
  it('finds nothing where nothing was altered, also while a case goes on', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { store, catalogue } = workshop;
      const done = await finished(workshop);
      const running = await startSample(workshop);
      const seen = [];
      for await (const one of verifyCases({ store, catalogue })) seen.push(one);
      expect(seen).to.have.deep.members([
        { caseId: done, reference: 'S-1' },
        { caseId: running, reference: 'S-2' },
      ]);
      const behind = { stored: (one: StoredCase) => ({ ...one }) };
      expect(await found(workshop, done, behind)).to.equal(undefined);
    }));

  it('names an entry that was edited, taken out or put in', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const id = await finished(workshop);
      const edited = await found(workshop, id, { history: edit(2, { at: 5 }) });
      expect(edited).to.deep.include({ kind: 'chain', seq: 2 });
      const out = { history: (entries: AuditEntry[]) => entries.filter(({ seq }) => seq !== 3) };
      expect(await found(workshop, id, out)).to.deep.include({ kind: 'chain', seq: 3 });
      const cut = { history: (entries: AuditEntry[]) => entries.slice(0, -1) };
      expect(await found(workshop, id, cut)).to.deep.include({ kind: 'chain' });
    }));

  it('names an event that was changed with the whole chain after it', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const id = await finished(workshop);
      const history = await workshop.store.cases.history(id);
      const outcome = history.find(({ kind }) => kind === 'outcome');
      const body = outcome?.body as { readonly form: object };
      const forged = chained(
        edit(outcome?.seq ?? 0, {
          body: { ...body, form: { data: { note: 'bad' }, own: {} } } as never,
        })([...history]),
      );
      const head = forged.at(-1)?.hash ?? '';
      const alter = { history: () => forged, stored: (one: StoredCase) => ({ ...one, head }) };
      expect(await found(workshop, id, alter)).to.deep.include({ kind: 'fold', seq: outcome?.seq });
      const impossible = chained(
        edit(outcome?.seq ?? 0, { body: { ...body, outcome: 'other' } as never })([...history]),
      );
      const there = {
        history: () => impossible,
        stored: (one: StoredCase) => ({ ...one, head: impossible.at(-1)?.hash ?? '' }),
      };
      const refused = await found(workshop, id, there);
      expect(refused?.message).to.contain('could not have happened');
    }));

  it('names a note that claims a change, and a snapshot that is not the newest', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const id = await finished(workshop);
      const history = await workshop.store.cases.history(id);
      const note = history.find(({ kind }) => kind === 'claimed')?.seq ?? 0;
      const forged = chained(edit(note, { snapshotDigest: digestText('x') })([...history]));
      const head = forged.at(-1)?.hash ?? '';
      const alter = { history: () => forged, stored: (one: StoredCase) => ({ ...one, head }) };
      expect(await found(workshop, id, alter)).to.deep.include({ kind: 'fold', seq: note });
      const snapshot = (await load(workshop, id)).snapshot.replace('good', 'gone');
      const other = { stored: (one: StoredCase) => ({ ...one, snapshot }) };
      expect(await found(workshop, id, other)).to.deep.include({ kind: 'snapshot' });
    }));

  it('says which case it cannot look at', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const id = await finished(workshop);
      const alter = { stored: (one: StoredCase) => ({ ...one, workflowVersion: 9 }) };
      expect(await found(workshop, id, alter)).to.deep.include({ kind: 'snapshot' });
      const none = () => Promise.reject(new TrellisError('no-workflow', 'There is none.'));
      const { store } = workshop;
      const unread = await verifyCase({ store, catalogue: { version: none, core: none } }, id);
      expect(unread).to.deep.include({ kind: 'unreadable', message: 'There is none.' });
      expect(await found(workshop, 'nobody', {})).to.equal(undefined);
    }));
});
