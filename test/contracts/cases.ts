import { expect } from 'chai';
import type { Job } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { START, sampleCase, sampleJob, sampleStep, sampleTask } from './sample.ts';
import type { UseStore } from './use-store.ts';

const SAVED = { kind: 'saved' };

/** The contract of the cases port, for any adapter. */
export function describeCases(useStore: UseStore): void {
  describe('cases', () => {
    const store = useStore();

    it('gives back a case as it was saved, and nothing for an unknown id', async () => {
      const { cases } = store();
      const full = sampleCase('c1', {
        outcome: 'accepted',
        status: 'finished',
        parent: { caseId: 'p', state: 'ordering', visit: 2 },
      });
      expect(await cases.commit([sampleStep(full)])).to.deep.equal([SAVED]);
      expect(await cases.load('c1')).to.deep.equal(full);
      expect(await cases.load('c2')).to.equal(undefined);
    });

    it('tells which versions unfinished cases run, each once, in their order', async () => {
      const { cases } = store();
      expect(await cases.versionsInUse()).to.deep.equal([]);
      const running = [
        { id: 'c1', workflow: 'quote', workflowVersion: 10 },
        { id: 'c2', workflow: 'quote', workflowVersion: 9 },
        { id: 'c3', workflow: 'quote', workflowVersion: 10, status: 'suspended' },
        { id: 'c4', workflow: 'claim', workflowVersion: 1 },
        { id: 'c5', workflow: 'claim', workflowVersion: 2, status: 'finished' },
      ] as const;
      await cases.commit(running.map(({ id, ...changes }) => sampleStep(sampleCase(id, changes))));
      expect(await cases.versionsInUse()).to.deep.equal([
        { workflow: 'claim', version: 1, cases: 1 },
        { workflow: 'quote', version: 9, cases: 1 },
        { workflow: 'quote', version: 10, cases: 2 },
      ]);
    });

    it('gives the unfinished cases of a version, in pages by their ids', async () => {
      const { cases } = store();
      const suspended = sampleCase('a', { workflowVersion: 2, status: 'suspended' });
      const all = [
        sampleCase('c', { workflowVersion: 2 }),
        suspended,
        sampleCase('d', { workflowVersion: 1 }),
        sampleCase('b', { workflow: 'claim', workflowVersion: 2 }),
        sampleCase('e', { workflowVersion: 2, status: 'finished' }),
        sampleCase('f', { workflowVersion: 2 }),
      ];
      await cases.commit(all.map((one) => sampleStep(one)));
      const version = { workflow: 'online-quote', version: 2 };
      const idsOf = async (after: string | undefined): Promise<readonly string[]> =>
        (await cases.running(version, after, 2)).map(({ id }) => id);
      expect(await idsOf(undefined)).to.deep.equal(['a', 'c']);
      expect(await idsOf('c')).to.deep.equal(['f']);
      expect(await idsOf('f')).to.deep.equal([]);
      const { id, reference, states, snapshot } = suspended;
      const [first] = await cases.running(version, undefined, 1);
      expect(first).to.deep.equal({ id, reference, states, snapshot });
    });

    it('saves the next version and refuses a repeated, skipped or first one as stale', async () => {
      const { cases } = store();
      const first = sampleCase('c1');
      const second = sampleCase('c1', { version: 2, title: 'Changed', states: ['sent'] });
      await cases.commit([sampleStep(first)]);
      expect(await cases.commit([sampleStep(second)])).to.deep.equal([SAVED]);
      for (const version of [1, 2, 4]) {
        const late = sampleCase('c1', { version, title: 'Lost' });
        expect(await cases.commit([sampleStep(late)]), `${version}`).to.deep.equal([
          { kind: 'stale' },
        ]);
      }
      expect(await cases.load('c1')).to.deep.equal(second);
      expect(await cases.commit([sampleStep(sampleCase('new', { version: 2 }))])).to.deep.equal([
        { kind: 'stale' },
      ]);
      expect(await cases.load('new')).to.equal(undefined);
    });

    it('keeps the history in order, and reads it from any place', async () => {
      const { cases } = store();
      const steps = [1, 2, 3].map((version) => sampleStep(sampleCase('c1', { version })));
      for (const step of steps) await cases.commit([step]);
      const entries = steps.map(({ entry }) => entry);
      expect(await cases.history('c1')).to.deep.equal(entries);
      expect(await cases.history('c1', 1)).to.deep.equal(entries.slice(1));
      expect(await cases.history('c1', 1, 1)).to.deep.equal(entries.slice(1, 2));
      expect(await cases.history('other')).to.deep.equal([]);
    });

    it('saves the neighbours of steps that cannot be saved, and answers in order', async () => {
      const { cases } = store();
      const ids = Array.from({ length: 9 }, (_, index) => `c${index}`);
      const bad = new Set(['c2', 'c7']);
      const results = await cases.commit(
        ids.map((id) => sampleStep(sampleCase(id, { version: bad.has(id) ? 5 : 1 }))),
      );
      expect(results.map(({ kind }) => kind)).to.deep.equal(
        ids.map((id) => (bad.has(id) ? 'stale' : 'saved')),
      );
      for (const id of ids) {
        expect((await cases.load(id))?.id, id).to.equal(bad.has(id) ? undefined : id);
      }
    });

    it('saves a batch whose parts are more than one statement takes', async () => {
      const { cases, jobs } = store();
      const steps = Array.from({ length: 200 }, (_, index) => {
        const id = `c${index}`;
        const add = [1, 2, 3].map((n) => sampleJob(`${id}/1/${n}`, id));
        return sampleStep(sampleCase(id), { jobs: { add } });
      });
      const results = await cases.commit(steps);
      expect(results.filter(({ kind }) => kind === 'saved')).to.have.length(200);
      expect(await jobs.claim(START, 1000, 1000)).to.have.length(600);
    });

    it('answers an empty batch', async () => {
      expect(await store().cases.commit([])).to.deep.equal([]);
    });

    describe('a submission key', () => {
      const submission = { key: 'k1', digest: 'd1', answer: { case: 'c1', n: [1] }, at: START };

      it('is kept with its answer', async () => {
        const { cases } = store();
        await cases.commit([sampleStep(sampleCase('c1'), { submissions: [submission] })]);
        expect(await cases.submission('k1')).to.deep.equal(submission);
        expect(await cases.submission('k2')).to.equal(undefined);
      });

      it('answers the first one again, before any other refusal, and writes nothing', async () => {
        const { cases } = store();
        await cases.commit([sampleStep(sampleCase('c1'), { submissions: [submission] })]);
        const again = { ...submission, digest: 'other', answer: null };
        const steps = [
          sampleStep(sampleCase('c2'), { submissions: [again] }),
          sampleStep(sampleCase('c3', { version: 9 }), { submissions: [again] }),
        ];
        expect(await cases.commit(steps)).to.deep.equal([
          { kind: 'duplicate', submission },
          { kind: 'duplicate', submission },
        ]);
        expect(await cases.load('c2')).to.equal(undefined);
      });

      it('is won by the first of two steps of one batch', async () => {
        const { cases } = store();
        const second = { ...submission, answer: 'second' };
        expect(
          await cases.commit([
            sampleStep(sampleCase('c1'), { submissions: [submission] }),
            sampleStep(sampleCase('c2'), { submissions: [second] }),
          ]),
        ).to.deep.equal([SAVED, { kind: 'duplicate', submission }]);
      });

      it('is one of several; the first that is known answers', async () => {
        const { cases } = store();
        const other = { ...submission, key: 'k2', answer: 'other' };
        const fresh = { ...submission, key: 'k3' };
        await cases.commit([sampleStep(sampleCase('c1'), { submissions: [submission, other] })]);
        const ends = await cases.commit([
          sampleStep(sampleCase('c2'), { submissions: [fresh, other] }),
          sampleStep(sampleCase('c3'), { submissions: [submission, other] }),
          sampleStep(sampleCase('c4'), { submissions: [fresh] }),
        ]);
        expect(ends).to.deep.equal([
          { kind: 'duplicate', submission: other },
          { kind: 'duplicate', submission },
          SAVED,
        ]);
        expect(await cases.submission('k3')).to.deep.equal(fresh);
      });
    });

    describe('a finished job', () => {
      it('is removed by the step that holds its token', async () => {
        const { cases, jobs } = store();
        await addJob(store(), 'c1/1/1');
        const [claimed] = await jobs.claim(START, 10, 1000);
        const finish = [{ id: 'c1/1/1', attempts: claimed?.attempts ?? 0 }];
        const step = sampleStep(sampleCase('c1', { version: 2 }), { jobs: { finish } });
        expect(await cases.commit([step])).to.deep.equal([SAVED]);
        expect(await jobs.nextDue()).to.equal(undefined);
      });

      it('fences a step whose token is old or whose job is gone, and writes nothing of it', async () => {
        const { cases, jobs } = store();
        await addJob(store(), 'c1/1/1');
        await jobs.claim(START, 10, 1000);
        await jobs.claim(START + 1000, 10, 1000);
        for (const stale of [
          { id: 'c1/1/1', attempts: 1 },
          { id: 'gone', attempts: 1 },
        ]) {
          const step = sampleStep(sampleCase('c1', { version: 2 }), {
            jobs: { finish: [stale], add: [sampleJob('c1/2/1', 'c1')] },
          });
          expect(await cases.commit([step])).to.deep.equal([{ kind: 'fenced' }]);
        }
        expect((await cases.load('c1'))?.version).to.equal(1);
        expect(await cases.history('c1')).to.have.length(1);
      });

      it('may come back under its id within the step, as the retry of an incident does', async () => {
        const { cases, jobs } = store();
        await addJob(store(), 'c1/1/1');
        const [claimed] = await jobs.claim(START, 10, 1000);
        const step = sampleStep(sampleCase('c1', { version: 2 }), {
          jobs: {
            finish: [{ id: 'c1/1/1', attempts: claimed?.attempts ?? 0 }],
            add: [sampleJob('c1/1/1', 'c1', { runAt: START + 5 })],
          },
        });
        expect(await cases.commit([step])).to.deep.equal([SAVED]);
        expect(await jobs.nextDue()).to.equal(START + 5);
        expect((await jobs.claim(START + 5, 10, 1000))[0]?.attempts).to.equal(1);
      });

      it('of two steps of one batch that finish it, the first is saved', async () => {
        const { cases, jobs } = store();
        await addJob(store(), 'c1/1/1');
        await jobs.claim(START, 10, 1000);
        const finish = [{ id: 'c1/1/1', attempts: 1 }];
        expect(
          await cases.commit([
            sampleStep(sampleCase('c2'), { jobs: { finish } }),
            sampleStep(sampleCase('c3'), { jobs: { finish } }),
          ]),
        ).to.deep.equal([SAVED, { kind: 'fenced' }]);
      });
    });

    it('stops every job and subscription of a visit, also those of the same step, and no other', async () => {
      const { cases, jobs, messages } = store();
      const one = { state: 'waiting', visit: 1 };
      const two = { state: 'waiting', visit: 2 };
      const both = [one, two].map((visit) => ({
        ...visit,
        caseId: 'c1',
        message: 'm',
        key: 'k',
        notBefore: START,
      }));
      await cases.commit([
        sampleStep(sampleCase('c1'), {
          jobs: {
            add: [
              sampleJob('c1/1/1', 'c1', { visit: one }),
              sampleJob('c1/1/2', 'c1', { visit: two }),
            ],
          },
          subscribe: both,
        }),
        sampleStep(sampleCase('c2'), {
          jobs: { add: [sampleJob('c2/1/1', 'c2', { visit: one })] },
        }),
      ]);
      const mail: Job = {
        id: 'c1/2/2',
        caseId: 'c1',
        kind: 'mail',
        payload: { to: 'a@b.example' },
        runAt: START,
      };
      const step = sampleStep(sampleCase('c1', { version: 2 }), {
        jobs: { stop: [one], add: [sampleJob('c1/2/1', 'c1', { visit: one }), mail] },
        subscribe: both.slice(0, 1),
      });
      expect(await cases.commit([step])).to.deep.equal([SAVED]);
      const left = await jobs.claim(START, 10, 1000);
      expect(left.map(({ id }) => id)).to.deep.equal(['c1/1/2', 'c1/2/2', 'c2/1/1']);
      expect(left[1]).to.deep.equal({ ...mail, attempts: 1, tries: 1 });
      expect(await messages.waiting('m', 'k')).to.deep.equal(both.slice(1));
    });

    it('removes single timers of visits that go on, and adds them anew', async () => {
      const { cases, jobs } = store();
      const here = { state: 'waiting', visit: 1 };
      const timer = (id: string, name: string, runAt = START): Job =>
        sampleJob(id, id.slice(0, 2), {
          ...{ kind: 'timer', visit: here, timer: name, runAt },
          payload: { timer: name, at: runAt },
        });
      const call = sampleJob('c1/1/3', 'c1', { visit: here });
      await cases.commit([
        sampleStep(sampleCase('c1'), {
          jobs: { add: [timer('c1/1/1', '0'), timer('c1/1/2', '1'), call] },
        }),
        sampleStep(sampleCase('c2'), { jobs: { add: [timer('c2/1/1', '0')] } }),
      ]);
      const moved = timer('c1/2/1', '0', START + 1);
      const step = sampleStep(sampleCase('c1', { version: 2 }), {
        jobs: { stopTimers: [{ ...here, timer: '0' }], add: [moved] },
      });
      expect(await cases.commit([step])).to.deep.equal([SAVED]);
      const left = await jobs.claim(START + 1, 10, 1000);
      expect(left.map(({ id }) => id)).to.deep.equal(['c1/1/2', 'c1/1/3', 'c2/1/1', 'c1/2/1']);
      expect(left[3]).to.deep.equal({ ...moved, attempts: 1, tries: 1 });
      const late = sampleStep(sampleCase('c1', { version: 3 }), {
        jobs: { finish: [{ id: 'c1/1/1', attempts: 0 }] },
      });
      expect(await cases.commit([late])).to.deep.equal([{ kind: 'fenced' }]);
    });

    it('removes the timer of one item alone', async () => {
      const { cases, jobs } = store();
      const timer = (id: string, item: number, runAt = START): Job =>
        sampleJob(id, 'c1', {
          ...{
            kind: 'timer',
            visit: { state: 'each', visit: 1, item },
            timer: 'escalate-0',
            runAt,
          },
          payload: { timer: 'escalate-0', at: runAt },
        });
      const add = [timer('c1/1/1', 0), timer('c1/1/2', 1)];
      await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add } })]);
      const moved = timer('c1/2/1', 1, START + 1);
      const stopped = { state: 'each', visit: 1, item: 1, timer: 'escalate-0' };
      const step = sampleStep(sampleCase('c1', { version: 2 }), {
        jobs: { stopTimers: [stopped], add: [moved] },
      });
      expect(await cases.commit([step])).to.deep.equal([SAVED]);
      const left = await jobs.claim(START + 1, 10, 1000);
      expect(left.map(({ id }) => id)).to.deep.equal(['c1/1/1', 'c1/2/1']);
      expect(left[1]).to.deep.equal({ ...moved, attempts: 1, tries: 1 });
    });

    it('answers taken for an id that is stored already, and writes nothing', async () => {
      const { cases } = store();
      const link = { hash: 'h', caseId: 'c1', purpose: 'task', taskId: 't', expiresAt: 9 } as const;
      const job = sampleJob('c1/1/1', 'c1');
      const why = { cause: 'x y', code: 'x', message: 'y' };
      const incident = { id: 'i', caseId: 'c1', job, ...why, openedAt: START };
      const task = sampleTask('t', 'c1');
      const parts = {
        tasks: { open: [task] },
        jobs: { add: [job] },
        incidents: { open: [incident] },
        links: [link],
      };
      await cases.commit([sampleStep(sampleCase('c1'), parts)]);
      for (const [name, part] of Object.entries(parts)) {
        const step = sampleStep(sampleCase('c1', { version: 2 }), { [name]: part });
        expect(await cases.commit([step]), name).to.deep.equal([{ kind: 'taken' }]);
      }
      expect((await cases.load('c1'))?.version).to.equal(1);
      expect(await cases.link('h')).to.deep.equal(link);
      expect(await cases.link('x')).to.equal(undefined);
    });

    it('numbers references without repeats, several at once, apart for each workflow', async () => {
      const { cases } = store();
      expect(await cases.nextNumber('a')).to.equal(1);
      expect(await cases.nextNumber('a', 5)).to.equal(2);
      expect(await cases.nextNumber('b')).to.equal(1);
      const taken = await Promise.all(Array.from({ length: 20 }, () => cases.nextNumber('a')));
      expect(new Set(taken).size).to.equal(20);
      expect(Math.min(...taken)).to.equal(7);
    });
  });
}

async function addJob({ cases }: Store, id: string): Promise<void> {
  await cases.commit([sampleStep(sampleCase('c1'), { jobs: { add: [sampleJob(id, 'c1')] } })]);
}
