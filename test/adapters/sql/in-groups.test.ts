import { expect } from 'chai';
import { inGroups } from '../../../engine/adapters/sql/in-groups.ts';

/** Groups that wait until the test lets them go. */
function held() {
  const groups: {
    readonly asked: readonly number[];
    readonly answer: (answers?: readonly string[]) => void;
    readonly fail: (reason: Error) => void;
  }[] = [];
  const ask = inGroups<number, string>(
    (asked) =>
      new Promise((resolve, reject) => {
        groups.push({
          asked,
          answer: (answers = asked.map(String)) => {
            resolve(answers);
          },
          fail: reject,
        });
      }),
  );
  return { ask, groups };
}

/** Lets a turn end, and what begins at its end. */
const turn = async (): Promise<void> => {
  for (let immediate = 0; immediate < 2; immediate++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('calls in groups', () => {
  it('asks at once for a lone caller, and for all of one turn together', async () => {
    const { ask, groups } = held();
    const all = [1, 2, 3].map(ask);
    await turn();
    expect(groups.map(({ asked }) => asked)).to.deep.equal([[1, 2, 3]]);
    groups[0]?.answer();
    expect(await Promise.all(all)).to.deep.equal(['1', '2', '3']);
    const alone = ask(4);
    await turn();
    groups[1]?.answer();
    expect(await alone).to.equal('4');
  });

  it('asks what came meanwhile in the next group, never earlier', async () => {
    const { ask, groups } = held();
    const first = ask(1);
    await turn();
    const later = [ask(2), ask(3)];
    await turn();
    expect(groups).to.have.length(1);
    groups[0]?.answer();
    await first;
    await turn();
    expect(groups[1]?.asked).to.deep.equal([2, 3]);
    groups[1]?.answer();
    expect(await Promise.all(later)).to.deep.equal(['2', '3']);
  });

  it('asks no more than 200 together', async () => {
    const { ask, groups } = held();
    const all = Array.from({ length: 201 }, (_, one) => ask(one));
    await turn();
    groups[0]?.answer();
    await turn();
    groups[1]?.answer();
    await Promise.all(all);
    expect(groups.map(({ asked }) => asked.length)).to.deep.equal([200, 1]);
  });

  it('tells a group what was thrown, and goes on with the next', async () => {
    const { ask, groups } = held();
    const failing = Promise.allSettled([ask(1), ask(2)]);
    await turn();
    const next = ask(3);
    const full = new Error('the disk is full');
    groups[0]?.fail(full);
    expect(await failing).to.deep.equal([
      { status: 'rejected', reason: full },
      { status: 'rejected', reason: full },
    ]);
    await turn();
    groups[1]?.answer();
    expect(await next).to.equal('3');
  });

  it('rejects instead of waiting for ever where there are too few answers', async () => {
    const { ask, groups } = held();
    const settled = Promise.allSettled([ask(1)]);
    await turn();
    groups[0]?.answer([]);
    const [outcome] = await settled;
    expect(outcome.status).to.equal('rejected');
  });
});
