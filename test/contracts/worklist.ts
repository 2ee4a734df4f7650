import { expect } from 'chai';
import type { Store } from '../../engine/ports/store.ts';
import type { StoredCase, Task, TaskChange } from '../../engine/ports/step.ts';
import type { CaseFilter, CaseRow, TaskFilter } from '../../engine/ports/worklist.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { allPages } from './pages.ts';
import { START, sampleCase, sampleStep, sampleTask } from './sample.ts';
import type { UseStore } from './use-store.ts';

const TEAM: TaskFilter = { kind: 'team', roles: ['sales-rep', 'sales-manager'] };

/** The contract of the worklist port, for any adapter. */
export function describeWorklist(useStore: UseStore): void {
  describe('worklist', () => {
    const store = useStore();
    const open = (...tasks: readonly Task[]): Promise<unknown> =>
      store().cases.commit([sampleStep(sampleCase('c1'), { tasks: { open: tasks } })]);
    const change = async (...changes: readonly TaskChange[]): Promise<void> => {
      const version = ((await store().cases.load('c1'))?.version ?? 0) + 1;
      const step = sampleStep(sampleCase('c1', { version }), { tasks: { change: changes } });
      expect(await store().cases.commit([step])).to.deep.equal([{ kind: 'saved' }]);
    };

    it('gives back a task with all it has', async () => {
      const { worklist } = store();
      const full = sampleTask('t1', 'c1', {
        kind: 'ask',
        assignee: 'u-1',
        notBy: ['u-2', 'u-3'],
        item: 2,
        status: 'done',
        due: START + 5,
        completedBy: 'u-1',
        completedAt: START + 3,
      });
      const least = sampleTask('t2', 'c1', { createdAt: START - 1 });
      await open(full, least);
      expect(await worklist.task('t1')).to.deep.equal(full);
      expect(await worklist.tasksOfCase('c1')).to.deep.equal([least, full]);
      expect(await worklist.task('t3')).to.equal(undefined);
      expect(await worklist.tasksOfCase('c2')).to.deep.equal([]);
    });

    it('changes what is given and leaves the rest; null takes the assignee away', async () => {
      const { worklist } = store();
      const task = sampleTask('t1', 'c1', { due: START + 9 });
      await open(task);
      await change(
        { id: 't1', status: 'claimed', assignee: 'u-1' },
        { id: 'unknown', roles: ['x'] },
      );
      expect(await worklist.task('t1')).to.deep.equal({
        ...task,
        status: 'claimed',
        assignee: 'u-1',
      });
      await change({ id: 't1', roles: ['sales-manager'] });
      expect((await worklist.task('t1'))?.assignee).to.equal('u-1');
      await change({ id: 't1', assignee: null }, { id: 't1', status: 'open' });
      expect(await worklist.task('t1')).to.deep.equal({ ...task, roles: ['sales-manager'] });
      await change({ id: 't1', status: 'done', completedBy: 'u-1', completedAt: START + 4 });
      expect((await worklist.task('t1'))?.completedAt).to.equal(START + 4);
    });

    it('changes a task that the same step opens', async () => {
      const task = sampleTask('t1', 'c1');
      const step = sampleStep(sampleCase('c1'), {
        tasks: { open: [task], change: [{ id: 't1', status: 'called-off' }] },
      });
      await store().cases.commit([step]);
      expect((await store().worklist.task('t1'))?.status).to.equal('called-off');
    });

    it('shows a team its open, unclaimed tasks: by due time, then age, those without due last', async () => {
      const { worklist } = store();
      await open(
        sampleTask('undated', 'c1', { createdAt: START - 100 }),
        sampleTask('young', 'c1', { due: START + 5, createdAt: START + 1 }),
        sampleTask('old', 'c1', { due: START + 5 }),
        sampleTask('urgent', 'c1', { due: START + 1, roles: ['sales-manager'] }),
        sampleTask('ask', 'c1', { kind: 'ask' }),
        sampleTask('claimed', 'c1', { status: 'claimed', assignee: 'u-1' }),
        sampleTask('assigned', 'c1', { assignee: 'u-1' }),
        sampleTask('foreign', 'c1', { roles: ['order-desk'] }),
        sampleTask('off', 'c1', { status: 'called-off' }),
      );
      const { rows } = await worklist.tasks(TEAM, undefined, 10);
      expect(rows.map(({ id }) => id)).to.deep.equal(['urgent', 'old', 'young', 'undated']);
      expect(rows[1]).to.deep.equal({
        ...sampleTask('old', 'c1', { due: START + 5 }),
        reference: 'Q-2027-c1',
        workflow: 'online-quote',
        caseTitle: 'Quote c1',
      });
      const nobody = await worklist.tasks({ kind: 'team', roles: [] }, undefined, 10);
      expect(nobody).to.deep.equal({ rows: [] });
    });

    it('shows a person what is theirs, and what they have done, newest first', async () => {
      const { worklist } = store();
      const done = { status: 'done', completedBy: 'u-1' } as const;
      await open(
        sampleTask('claimed', 'c1', { status: 'claimed', assignee: 'u-1' }),
        sampleTask('assigned', 'c1', { assignee: 'u-1', due: START }),
        sampleTask('theirs', 'c1', { status: 'claimed', assignee: 'u-2' }),
        sampleTask('first', 'c1', { ...done, completedAt: START + 1 }),
        sampleTask('last', 'c1', { ...done, completedAt: START + 2 }),
        sampleTask('other', 'c1', { ...done, completedAt: START + 2, completedBy: 'u-2' }),
      );
      const ids = async (filter: TaskFilter) =>
        (await worklist.tasks(filter, undefined, 10)).rows.map(({ id }) => id);
      expect(await ids({ kind: 'mine', people: ['u-1'] })).to.deep.equal(['assigned', 'claimed']);
      const both = { kind: 'mine', people: ['u-1', 'u-2'] } as const;
      expect(await ids(both)).to.deep.equal(['assigned', 'claimed', 'theirs']);
      expect(await ids({ kind: 'mine', people: [] })).to.deep.equal([]);
      expect(await ids({ kind: 'done', person: 'u-1' })).to.deep.equal(['last', 'first']);
      const loads = await worklist.loads(['u-1', 'u-2', 'u-3']);
      expect([...loads].sort()).to.deep.equal([
        ['u-1', 2],
        ['u-2', 1],
      ]);
      expect(await worklist.loads([])).to.deep.equal(new Map());
    });

    it('shows what is for several roles, or for one person, to those and to nobody else', async () => {
      const { worklist } = store();
      const several = sampleTask('several', 'c1', { roles: ['order-desk', "o'rep"] });
      const personal = sampleTask('personal', 'c1', { roles: [], assignee: 'u-1' });
      await open(several, personal, sampleTask('nobody', 'c1', { roles: [] }));
      const team = async (...roles: string[]) =>
        (await worklist.tasks({ kind: 'team', roles }, undefined, 10)).rows;
      expect((await team('order-desk'))[0]).to.deep.include(several);
      expect((await team("o'rep", 'sales-rep')).map(({ id }) => id)).to.deep.equal(['several']);
      expect(await team('order', 'desk', '', '%')).to.deep.equal([]);
      expect(await worklist.task('personal')).to.deep.equal(personal);
      await change({ id: 'several', roles: ['sales-rep'] }, { id: 'personal', roles: ['a', 'b'] });
      expect((await worklist.task('several'))?.roles).to.deep.equal(['sales-rep']);
      expect((await worklist.task('personal'))?.roles).to.deep.equal(['a', 'b']);
      await change({ id: 'personal', roles: [] });
      expect((await worklist.task('personal'))?.roles).to.deep.equal([]);
    });

    it('remembers who handed a task on until somebody else has it', async () => {
      const { worklist } = store();
      await open(sampleTask('t1', 'c1'));
      await change({ id: 't1', assignee: 'u-2', delegatedBy: 'u-1' });
      expect(await worklist.task('t1')).to.include({ assignee: 'u-2', delegatedBy: 'u-1' });
      await change({ id: 't1', status: 'claimed' });
      expect(await worklist.task('t1')).to.include({ status: 'claimed', delegatedBy: 'u-1' });
      await change({ id: 't1', assignee: 'u-3' });
      expect(await worklist.task('t1')).to.deep.equal(
        sampleTask('t1', 'c1', { status: 'claimed', assignee: 'u-3' }),
      );
      const twice = { id: 't1', assignee: 'u-2', delegatedBy: 'u-1' };
      await change(twice, { id: 't1', assignee: null });
      expect(await worklist.task('t1')).to.deep.equal(
        sampleTask('t1', 'c1', { status: 'claimed' }),
      );
    });

    it('shows what is late, and what a role has to do whoever has it', async () => {
      const { worklist } = store();
      const due = { due: START + 5 };
      await open(
        sampleTask('open', 'c1', due),
        sampleTask('mine', 'c1', { ...due, status: 'claimed', assignee: 'u-1' }),
        sampleTask('theirs', 'c1', { due: START + 4, status: 'claimed', assignee: 'u-2' }),
        sampleTask('in time', 'c1', { due: START + 9 }),
        sampleTask('undated', 'c1'),
        sampleTask('done', 'c1', { ...due, status: 'done', completedBy: 'u-1', completedAt: 1 }),
        sampleTask('foreign', 'c1', { ...due, roles: ['order-desk'] }),
        sampleTask('personal', 'c1', { roles: [], assignee: 'u-9' }),
      );
      const ids = async (filter: TaskFilter) =>
        (await worklist.tasks(filter, undefined, 10)).rows.map(({ id }) => id);
      const late = { kind: 'overdue', people: ['u-1'], roles: ['sales-rep'] } as const;
      expect(await ids({ ...late, before: START + 9 })).to.deep.equal(['mine', 'open']);
      expect(await ids({ ...late, before: START + 5 })).to.deep.equal([]);
      const reps = ['theirs', 'mine', 'open', 'in time', 'undated'];
      expect(await ids({ kind: 'managed', roles: ['sales-rep'] })).to.deep.equal(reps);
      expect(await ids({ kind: 'managed', roles: [] })).to.deep.equal([]);
      expect(await ids({ kind: 'managed', roles: 'all' })).to.have.members([
        ...reps,
        'foreign',
        'personal',
      ]);
    });

    it('pages through tasks of equal time without a gap or a repeat', async () => {
      const { worklist } = store();
      const tasks = Array.from({ length: 23 }, (_, index) => {
        const id = `t${String(index).padStart(2, '0')}`;
        const due = index % 3 === 0 ? {} : { due: START + (index % 2) };
        const done = {
          status: 'done',
          completedBy: 'u-1',
          completedAt: START + (index % 4),
        } as const;
        return [
          sampleTask(id, 'c1', { ...due, createdAt: START + (index % 5) }),
          sampleTask(`d${id}`, 'c1', done),
        ];
      }).flat();
      await open(...tasks);
      for (const filter of [TEAM, { kind: 'done', person: 'u-1' } as const]) {
        const whole = await worklist.tasks(filter, undefined, 100);
        expect(whole.rows).to.have.length(23);
        expect(whole.next).to.equal(undefined);
        const paged = await allPages((after) => worklist.tasks(filter, after, 5));
        expect(paged).to.deep.equal(whole.rows);
      }
    });

    it('has no next page where the rows just fill one', async () => {
      await open(sampleTask('a', 'c1'), sampleTask('b', 'c1'));
      expect((await store().worklist.tasks(TEAM, undefined, 2)).next).to.equal(undefined);
    });

    it('lists cases newest first, without their snapshot, by each filter', async () => {
      const { worklist } = store();
      await addCases(store(), [
        sampleCase('c1'),
        sampleCase('c2', { createdAt: START + 2, workflow: 'other', team: 'marketing' }),
        sampleCase('c3', { createdAt: START + 2, status: 'finished', outcome: 'accepted' }),
        sampleCase('c4', {
          createdAt: START + 1,
          reference: 'Q-2028-4',
          team: 'sales',
          workflowVersion: 2,
        }),
      ]);
      const ids = async (filter: Parameters<typeof worklist.cases>[0]) =>
        (await worklist.cases(filter, undefined, 10)).rows.map(({ id }) => id);
      expect(await ids({})).to.deep.equal(['c2', 'c3', 'c4', 'c1']);
      expect(await ids({ workflow: 'online-quote' })).to.deep.equal(['c3', 'c4', 'c1']);
      expect(await ids({ workflow: 'online-quote', version: 2 })).to.deep.equal(['c4']);
      expect(await ids({ status: 'finished' })).to.deep.equal(['c3']);
      expect(await ids({ reference: 'Q-2027' })).to.deep.equal(['c1', 'c2', 'c3']);
      expect(await ids({ reference: 'Q-2027-c3' })).to.deep.equal(['c3']);
      expect(await ids({ reference: 'Q-202_' })).to.deep.equal([]);
      expect(await ids({ reference: '' })).to.have.length(4);
      expect(await ids({ teams: ['marketing', 'sales'] })).to.deep.equal(['c2', 'c4']);
      expect(await ids({ teams: [] })).to.deep.equal([]);
      const { rows } = await worklist.cases({ workflow: 'other' }, undefined, 1);
      const other = { createdAt: START + 2, workflow: 'other', team: 'marketing' };
      const row: CaseRow & { snapshot?: string } = sampleCase('c2', other);
      delete row.snapshot;
      expect(rows).to.deep.equal([row]);
    });

    it('lists cases that are late, the longest overdue first', async () => {
      const { worklist, cases } = store();
      const due = (id: string, caseId: string, at: number, more: Partial<Task> = {}): Task =>
        sampleTask(id, caseId, { due: at, ...more });
      const open = {
        c1: [due('a', 'c1', START + 5), due('b', 'c1', START + 1)],
        c2: [due('c', 'c2', START - 3), due('d', 'c2', START + 9, { status: 'done' })],
        c3: [due('e', 'c3', START - 9, { status: 'called-off' }), sampleTask('f', 'c3')],
        c4: [due('g', 'c4', START - 9, { kind: 'ask' }), due('h', 'c4', START + 10)],
        c5: [due('i', 'c5', START + 1, { status: 'claimed', assignee: 'u-1' })],
      };
      await cases.commit(
        Object.entries(open).map(([id, tasks]) =>
          sampleStep(sampleCase(id, id === 'c5' ? { workflow: 'other' } : {}), {
            tasks: { open: tasks },
          }),
        ),
      );
      const late = async (filter: CaseFilter): Promise<readonly unknown[]> =>
        (await worklist.cases(filter, undefined, 10)).rows.map((row) => [row.id, row.due]);
      expect(await late({ lateAt: START + 10 })).to.deep.equal([
        ['c2', START - 3],
        ['c1', START + 1],
        ['c5', START + 1],
      ]);
      expect(await late({ lateAt: START + 1 })).to.deep.equal([['c2', START - 3]]);
      expect(await late({ lateAt: START + 10, workflow: 'other' })).to.deep.equal([
        ['c5', START + 1],
      ]);
      expect(await late({})).to.deep.equal([
        ['c1', START + 1],
        ['c2', START - 3],
        ['c3', undefined],
        ['c4', START + 10],
        ['c5', START + 1],
      ]);
      const pages = await allPages((after) => worklist.cases({ lateAt: START + 10 }, after, 1));
      expect(pages.map(({ id }) => id)).to.deep.equal(['c2', 'c1', 'c5']);
    });

    it('counts the unfinished cases of a workflow by version and states', async () => {
      const { worklist } = store();
      const states = (...ids: string[]) => ({ states: ids });
      await addCases(store(), [
        sampleCase('c1', { ...states('b'), workflowVersion: 2 }),
        sampleCase('c2', states('a')),
        sampleCase('c3', states('a')),
        sampleCase('c4', states('a', 'x/y')),
        sampleCase('c5', { ...states('a'), status: 'finished' }),
        sampleCase('c6', { ...states('a'), workflow: 'other' }),
      ]);
      const { workflow } = sampleCase('c1');
      expect(await worklist.running(workflow)).to.deep.equal([
        { version: 1, states: ['a'], count: 2 },
        { version: 1, states: ['a', 'x/y'], count: 1 },
        { version: 2, states: ['b'], count: 1 },
      ]);
      expect(await worklist.running('none')).to.deep.equal([]);
    });

    it('pages through cases of equal time without a gap or a repeat', async () => {
      const { worklist } = store();
      const many = Array.from({ length: 17 }, (_, index) =>
        sampleCase(`c${index}`, { createdAt: START + (index % 3) }),
      );
      await addCases(store(), many);
      const whole = (await worklist.cases({}, undefined, 100)).rows;
      expect(whole).to.have.length(17);
      expect(await allPages((after) => worklist.cases({}, after, 4))).to.deep.equal(whole);
    });

    it('refuses a cursor that is none, or of another list', async () => {
      const { worklist } = store();
      const other = Buffer.from('["a", 1]').toString('base64url');
      const deep = Buffer.from('[[1], "a"]').toString('base64url');
      for (const cursor of ['', 'nonsense', other, deep, 'W10', 'bnVsbA']) {
        for (const read of [
          () => worklist.cases({}, cursor, 5),
          () => worklist.tasks(TEAM, cursor, 5),
        ]) {
          const code = await read().then(
            () => 'accepted',
            (error: unknown) => (error instanceof TrellisError ? error.code : error),
          );
          expect(code, cursor).to.equal('bad-cursor');
        }
      }
    });

    it('finds nothing for an id that no database can hold', async () => {
      const { cases, incidents, worklist } = store();
      const odd = `a\u0000b'\ud800`;
      expect(await worklist.task(odd)).to.equal(undefined);
      expect(await cases.load(odd)).to.equal(undefined);
      expect(await incidents.open(odd)).to.equal(undefined);
      expect((await worklist.cases({ reference: odd }, undefined, 5)).rows).to.deep.equal([]);
    });
  });
}

async function addCases({ cases }: Store, all: readonly StoredCase[]): Promise<void> {
  await cases.commit(all.map((one) => sampleStep(one)));
}
