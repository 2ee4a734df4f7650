import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Cases, CommitResult } from '../../engine/ports/cases.ts';
import type { Step } from '../../engine/ports/step.ts';
import { createCommitter } from '../../engine/runtime/committer.ts';
import { sampleCase, sampleStep } from '../contracts/sample.ts';

const SAVED: CommitResult = { kind: 'saved' };

/** A store that keeps each batch waiting until the test lets it go. */
function heldStore() {
  const batches: {
    ids: string[];
    answer: (results?: CommitResult[]) => void;
    fail: (reason: Error) => void;
  }[] = [];
  const cases: Pick<Cases, 'commit'> = {
    commit: (steps) =>
      new Promise((resolve, reject) => {
        batches.push({
          ids: steps.map(({ case: its }) => `${its.id}.${its.version}`),
          answer: (results = steps.map(() => SAVED)) => {
            resolve(results);
          },
          fail: reject,
        });
      }),
  };
  return { batches, cases };
}

const step = (id: string, version = 1): Step => sampleStep(sampleCase(id, { version }));
/** Lets a turn end, and what begins at its end. */
const turn = async (): Promise<void> => {
  for (let immediate = 0; immediate < 2; immediate++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};
const ofWorkflow = (workflow: string, id: string): Step => sampleStep(sampleCase(id, { workflow }));

describe('the group committer', () => {
  it('saves what arrives in one turn together, and what arrives meanwhile in the next batch', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const first = [committer.commit(step('a')), committer.commit(step('b'))];
    await turn();
    const second = ['c', 'd', 'e'].map((id) => committer.commit(step(id)));
    await turn();
    expect(batches.map(({ ids }) => ids)).to.deep.equal([['a.1', 'b.1']]);
    batches[0]?.answer();
    expect(await Promise.all(first)).to.deep.equal([SAVED, SAVED]);
    await turn();
    expect(batches[1]?.ids).to.deep.equal(['c.1', 'd.1', 'e.1']);
    batches[1]?.answer();
    await Promise.all(second);
  });

  it('answers nobody before the store has answered, and each with its own result', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const answers: string[] = [];
    const all = ['a', 'b'].map((id) =>
      committer.commit(step(id)).then(({ kind }) => answers.push(`${id} ${kind}`)),
    );
    await turn();
    expect(answers).to.deep.equal([]);
    batches[0]?.answer([{ kind: 'stale' }, SAVED]);
    await Promise.all(all);
    expect(answers).to.deep.equal(['a stale', 'b saved']);
  });

  it('never has one case twice in a batch, and keeps the order of its steps', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const all = [step('a', 1), step('a', 2), step('b', 1), step('a', 3)].map((one) =>
      committer.commit(one),
    );
    for (let index = 0; index < 3; index++) {
      await turn();
      batches[index]?.answer();
    }
    await Promise.all(all);
    expect(batches.map(({ ids }) => ids)).to.deep.equal([['a.1', 'b.1'], ['a.2'], ['a.3']]);
  });

  it('saves no more in a batch than it is told', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases, { batch: 2 });
    const all = ['a', 'b', 'c'].map((id) => committer.commit(step(id)));
    for (let index = 0; index < 2; index++) {
      await turn();
      batches[index]?.answer();
    }
    await Promise.all(all);
    expect(batches.map(({ ids }) => ids)).to.deep.equal([['a.1', 'b.1'], ['c.1']]);
  });

  it('tells the callers of a batch what the store threw, and goes on with the next', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const failing = [committer.commit(step('a')), committer.commit(step('b'))];
    const outcomes = Promise.allSettled(failing);
    await turn();
    const next = committer.commit(step('c'));
    const full = new Error('the disk is full');
    batches[0]?.fail(full);
    expect(await outcomes).to.deep.equal([
      { status: 'rejected', reason: full },
      { status: 'rejected', reason: full },
    ]);
    await turn();
    batches[1]?.answer();
    expect(await next).to.equal(SAVED);
  });

  it('rejects instead of waiting for ever where the store answers too few results', async () => {
    const committer = createCommitter({ commit: () => Promise.resolve([]) });
    const [outcome] = await Promise.allSettled([committer.commit(step('a'))]);
    expect(outcome.status).to.equal('rejected');
  });

  it('refuses what is beyond its queue, and takes more once that has moved', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases, { queue: 2 });
    const held = committer.commit(step('a'));
    await turn();
    const waiting = ['b', 'c'].map((id) => committer.commit(step(id)));
    const code = await committer.commit(step('d')).then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
    );
    expect(code).to.equal('overloaded');
    batches[0]?.answer();
    await held;
    await turn();
    const later = committer.commit(step('e'));
    batches[1]?.answer();
    await Promise.all(waiting);
    await turn();
    batches[2]?.answer();
    expect(await later).to.equal(SAVED);
  });

  it('lets few steps of one workflow pass many of another', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases, { batch: 4 });
    const all = [committer.commit(step('first'))];
    await turn();
    for (const id of ['f1', 'f2', 'f3', 'f4', 'f5', 'f6']) all.push(committer.commit(step(id)));
    for (const id of ['g1', 'g2', 'g3']) all.push(committer.commit(ofWorkflow('other', id)));
    for (let batch = 0; batch < 4; batch += 1) {
      batches[batch]?.answer();
      await turn();
    }
    await Promise.all(all);
    const ids = batches.map((batch) => batch.ids.map((id) => id.slice(0, 2)));
    expect(ids).to.deep.equal([['fi'], ['f1', 'f2', 'g1', 'g2'], ['f3', 'f4', 'g3', 'f5'], ['f6']]);
  });

  it('saves one that floods in small batches while there are others, so that they wait less', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const offer = (count: number, of: string): void => {
      for (let number = 0; number < count; number += 1) {
        const id = `${of}${String(batches.length)}-${String(number)}`;
        void committer.commit(ofWorkflow(of, id));
      }
    };
    const next = async (): Promise<number | undefined> => {
      batches.at(-1)?.answer();
      await turn();
      return batches.at(-1)?.ids.length;
    };
    offer(150, 'f');
    await turn();
    expect(batches[0]?.ids, 'alone').to.have.length(150);
    offer(1, 'g');
    offer(200, 'f');
    expect(await next(), 'beside one').to.equal(9);
    offer(80, 'g');
    expect(await next(), 'beside as many').to.equal(200);
    for (let batch = 0; batch < 64; batch += 1) {
      offer(100, 'f');
      expect(await next(), 'beside one that was there lately').to.equal(8);
    }
    offer(100, 'f');
    expect(await next(), 'alone again').to.equal(200);
  });

  it('begins the next batch before those of the last go on, who are answered a few at a time', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const seen: string[] = [];
    const offer = (id: string): void => {
      void committer.commit(step(id)).then(() => seen.push(`${id} of ${batches.length}`));
    };
    for (let number = 0; number < 80; number += 1) offer(`a${number}`);
    await turn();
    offer('b');
    batches[0]?.answer();
    const counts: number[] = [];
    while (seen.length < 80) {
      await new Promise((resolve) => setImmediate(resolve));
      if (counts.at(-1) !== seen.length) counts.push(seen.length);
    }
    expect(counts.filter((count) => count > 0)).to.deep.equal([32, 64, 80]);
    expect(
      seen.every((one) => one.endsWith(' of 2')),
      'the second is under way',
    ).to.equal(true);
    batches[1]?.answer();
    await committer.drain();
    expect(seen.at(-1)).to.equal('b of 2');
  });

  it('answers each workflow in its turn, so that a few need not wait for many', async () => {
    const { batches, cases } = heldStore();
    const committer = createCommitter(cases);
    const seen: string[] = [];
    const offer = (workflow: string, id: string): void => {
      void committer.commit(ofWorkflow(workflow, id)).then(() => seen.push(id));
    };
    for (let number = 0; number < 3; number += 1) offer('many', `m${number}`);
    offer('few', 'f0');
    await turn();
    batches[0]?.answer();
    await committer.drain();
    expect(seen).to.deep.equal(['m0', 'f0', 'm1', 'm2']);
  });

  it('keeps a part of its queue for others where one workflow floods', async () => {
    const { cases } = heldStore();
    const committer = createCommitter(cases, { queue: 8 });
    const codes: string[] = [];
    const offer = (one: Step): void => {
      committer.commit(one).catch((error: unknown) => {
        codes.push(error instanceof TrellisError ? error.code : String(error));
      });
    };
    offer(step('first'));
    await turn();
    for (let count = 1; count <= 7; count += 1) offer(step(`f${count}`));
    await turn();
    expect(codes).to.deep.equal(['overloaded']);
    for (let count = 1; count <= 2; count += 1) offer(ofWorkflow('other', `g${count}`));
    await turn();
    expect(codes).to.deep.equal(['overloaded']);
    offer(ofWorkflow('other', 'g3'));
    await turn();
    expect(codes).to.deep.equal(['overloaded', 'overloaded']);
  });

  it('drains: resolves once nothing waits, at once where nothing does', async () => {
    const { cases } = createMemoryStore();
    const committer = createCommitter(cases);
    await committer.drain();
    const all = [committer.commit(step('a')), committer.commit(step('a', 2))];
    await committer.drain();
    expect((await cases.load('a'))?.version).to.equal(2);
    expect(await Promise.all(all)).to.deep.equal([SAVED, SAVED]);
  });
});
