import { expect } from 'chai';
import type { StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { StepParts } from './sample.ts';
import { START, sampleCase, sampleJob, sampleStep, sampleTask } from './sample.ts';
import { allPages } from './pages.ts';
import type { UseStore } from './use-store.ts';

const WORKFLOW = 'online-quote';
const LATER = START + 1000;

/** The contract of the archive port, and of what other ports say of cases in the archive. */
export function describeArchive(useStore: UseStore): void {
  describe('the archive', () => {
    const store = useStore();

    it('names finished cases of a workflow that have rested for long, oldest first, by pages', async () => {
      for (const n of [3, 1, 2]) await finished(store(), `c${n}`, { createdAt: START - 10 + n });
      await finished(store(), 'young', { updatedAt: LATER });
      await finished(store(), 'other', { workflow: 'leaflet' });
      await finished(store(), 'elsewhere', { team: 'marketing', createdAt: START - 1 });
      await save(store(), sampleCase('running'));
      expect(await due(store(), 1)).to.deep.equal(['c1', 'c2', 'c3', 'elsewhere']);
      expect(await due(store(), 3)).to.deep.equal(['c1', 'c2', 'c3', 'elsewhere']);
    });

    it('does not name a case for which a job or an incident is left', async () => {
      const why = { cause: 'x y', code: 'x', message: 'y', openedAt: START };
      const job = sampleJob('c1/1/1', 'c1');
      await finished(store(), 'c1', {}, { jobs: { add: [job] } });
      const failed = { id: 'c2/1/1', caseId: 'c2', job: sampleJob('c2/1/1', 'c2'), ...why };
      await finished(store(), 'c2', {}, { incidents: { open: [failed] } });
      expect(await due(store())).to.deep.equal([]);
      const both = [version('c1'), version('c2')];
      await store().archive.copy(both, LATER);
      expect(await store().archive.remove(both)).to.equal(0);
    });

    it('does not name a child while its parent is live', async () => {
      const parent = { caseId: 'parent', state: 'ordering', visit: 1 };
      await finished(store(), 'child', { parent });
      await save(store(), sampleCase('parent'));
      expect(await due(store())).to.deep.equal([]);
      await save(store(), sampleCase('parent', { status: 'finished', version: 2 }));
      expect(await due(store())).to.deep.equal(['parent']);
      await move(store(), version('parent', 2));
      expect(await due(store())).to.deep.equal(['child']);
    });

    it('keeps all that is read of a case, at every point of the move', async () => {
      const parts = {
        tasks: { open: [sampleTask('c1/review/1', 'c1', { status: 'done', due: START, item: 1 })] },
        links: [
          { hash: 'h1', caseId: 'c1', purpose: 'task', taskId: 'c1/review/1', expiresAt: LATER },
        ],
        submissions: [{ key: 'k1', digest: 'd', answer: { caseId: 'c1' }, at: START }],
      } as const;
      const stored = await finished(store(), 'c1', { parent: GONE, outcome: 'accepted' }, parts);
      const before = await readAll(store());
      await store().archive.copy([version('c1')], LATER);
      expect(await readAll(store())).to.deep.equal(before);
      expect(await store().archive.remove([version('c1')])).to.equal(1);
      const after = await readAll(store());
      expect(after).to.deep.equal({ ...before, stored: { ...stored, archivedAt: LATER } });
      expect(await due(store())).to.deep.equal([]);
    });

    it('leaves its neighbours alone', async () => {
      for (const id of ['c1', 'c2']) {
        const parts = { tasks: { open: [sampleTask(`${id}/review/1`, id)] } };
        await finished(store(), id, {}, parts);
      }
      await move(store(), version('c1'));
      expect(await store().cases.history('c2')).to.have.length(1);
      expect(await store().worklist.tasksOfCase('c2')).to.have.length(1);
      expect((await store().cases.load('c2'))?.archivedAt).to.equal(undefined);
    });

    it('removes nothing that was not copied, and nothing that has gone on since', async () => {
      const { archive, cases } = store();
      await finished(store(), 'c1');
      expect(await archive.remove([version('c1')])).to.equal(0);
      await archive.copy([version('c1')], LATER);
      await save(store(), sampleCase('c1', { status: 'finished', version: 2, title: 'Changed' }));
      expect(await archive.remove([version('c1'), version('c1', 2)])).to.equal(0);
      await archive.copy([version('c1')], LATER);
      expect(await archive.remove([version('c1', 2)])).to.equal(0);
      await move(store(), version('c1', 2));
      expect(await cases.load('c1')).to.deep.include({ title: 'Changed', archivedAt: LATER });
      expect(await cases.history('c1')).to.have.length(2);
    });

    it('copies nothing of a case that is not finished, and nothing twice', async () => {
      const { archive, cases } = store();
      await save(store(), sampleCase('c1'));
      await archive.copy([version('c1')], LATER);
      expect(await archive.remove([version('c1')])).to.equal(0);
      await finished(store(), 'c2');
      await archive.copy([version('c2')], LATER);
      await archive.copy([version('c2')], LATER + 1);
      await archive.remove([version('c2')]);
      expect((await cases.load('c2'))?.archivedAt).to.equal(LATER);
      expect(await archive.remove([version('c2')])).to.equal(0);
    });

    it('is written to by several hosts at once, and has each case whole', async () => {
      const { archive, cases, worklist } = store();
      const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
      for (const id of ids) {
        await finished(store(), id, {}, { tasks: { open: [sampleTask(`${id}/review/1`, id)] } });
      }
      const versions = ids.map((id) => version(id));
      const host = async (given: typeof versions): Promise<number> => {
        let moved = 0;
        // What another host has in its hands is passed over, and found again.
        for (let round = 0; round < 5; round += 1) {
          await archive.copy(given, LATER);
          moved += await archive.remove(given);
        }
        return moved;
      };
      const counts = await Promise.all([
        host(versions),
        host([...versions].reverse()),
        host(versions.slice(10, 30)),
      ]);
      const left = await worklist.cases({}, undefined, 100);
      expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(40 - left.rows.length);
      await host(versions);
      expect(await worklist.cases({}, undefined, 100)).to.deep.equal({ rows: [] });
      for (const id of ids) {
        expect((await cases.load(id))?.archivedAt, id).to.equal(LATER);
        expect(await cases.history(id), id).to.have.length(1);
        expect(await worklist.tasksOfCase(id), id).to.have.length(1);
      }
    });

    it('refuses steps of a case in the archive as stale, and the id to another case', async () => {
      await finished(store(), 'c1');
      await move(store(), version('c1'));
      const { cases } = store();
      for (const n of [1, 2]) {
        const step = sampleStep(sampleCase('c1', { version: n }));
        expect(await cases.commit([step])).to.deep.equal([{ kind: 'stale' }]);
      }
      expect(await cases.history('c1')).to.have.length(1);
    });

    it('lists a case once, live or in the archive, by each filter', async () => {
      for (const n of [1, 2, 3, 4]) await finished(store(), `c${n}`, { createdAt: START + n });
      await save(store(), sampleCase('c5', { createdAt: START + 5 }));
      await move(store(), version('c1'));
      await move(store(), version('c3'));
      await store().archive.copy([version('c2')], LATER);
      const { worklist } = store();
      const filters = [
        {},
        { workflow: WORKFLOW },
        { teams: ['operations'] },
        { workflow: WORKFLOW, version: 1, teams: ['operations', 'x'], status: 'finished' },
        { reference: 'Q-2027-c' },
        { reference: 'Q-2027-c', workflow: WORKFLOW, status: 'finished' },
      ] as const;
      for (const filter of filters) {
        const listed = async (archive?: 'with' | 'only'): Promise<readonly string[]> => {
          const asked = { ...filter, ...(archive === undefined ? {} : { archive }) };
          const rows = await allPages((after) => worklist.cases(asked, after, 2));
          for (const { id, archivedAt } of rows) {
            expect(archivedAt, id).to.equal(['c1', 'c3'].includes(id) ? LATER : undefined);
          }
          return rows.map(({ id }) => id);
        };
        const sorted = (...ids: string[]): string[] =>
          'reference' in filter ? ids : ids.reverse();
        const running = 'status' in filter ? [] : ['c5'];
        const name = JSON.stringify(filter);
        expect(await listed(), name).to.deep.equal(sorted('c2', 'c4', ...running));
        expect(await listed('only'), name).to.deep.equal(sorted('c1', 'c3'));
        expect(await listed('with'), name).to.deep.equal(
          sorted('c1', 'c2', 'c3', 'c4', ...running),
        );
      }
      const none = await worklist.cases({ lateAt: LATER, archive: 'only' }, undefined, 10);
      expect(none).to.deep.equal({ rows: [] });
      const active = await worklist.cases({ status: 'active', archive: 'only' }, undefined, 10);
      const byName = { status: 'active', archive: 'with', reference: 'Q' } as const;
      expect(await allPages((after) => worklist.cases(byName, after, 2))).to.have.length(1);
      expect(active).to.deep.equal({ rows: [] });
    });

    it('refuses a cursor of another list', async () => {
      const since = { workflow: WORKFLOW, until: START };
      const refused = await store()
        .archive.due(since, 'bm9uZQ', 10)
        .catch((error: unknown) => error);
      expect(refused).to.include({ code: 'bad-cursor' });
    });
  });
}

const GONE = { caseId: 'gone', state: 'ordering', visit: 2 } as const;

function version(id: string, n = 1): { readonly id: string; readonly version: number } {
  return { id, version: n };
}

async function save({ cases }: Store, its: StoredCase, parts: StepParts = {}): Promise<void> {
  expect(await cases.commit([sampleStep(its, parts)])).to.deep.equal([{ kind: 'saved' }]);
}

async function finished(
  store: Store,
  id: string,
  changes: Partial<StoredCase> = {},
  parts: StepParts = {},
): Promise<StoredCase> {
  const its = sampleCase(id, { status: 'finished', states: ['ended'], ...changes });
  await save(store, its, parts);
  return its;
}

async function move({ archive }: Store, one: ReturnType<typeof version>): Promise<void> {
  await archive.copy([one], LATER);
  expect(await archive.remove([one])).to.equal(1);
}

async function due({ archive }: Store, limit = 10): Promise<readonly string[]> {
  const since = { workflow: WORKFLOW, until: START };
  return (await allPages((after) => archive.due(since, after, limit))).map(({ id }) => id);
}

async function readAll({ cases, worklist }: Store): Promise<object> {
  return {
    stored: await cases.load('c1'),
    history: await cases.history('c1'),
    later: await cases.history('c1', 1),
    link: await cases.link('h1'),
    submission: await cases.submission('k1'),
    task: await worklist.task('c1/review/1'),
    tasks: await worklist.tasksOfCase('c1'),
  };
}
