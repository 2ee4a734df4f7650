import { expect } from 'chai';
import { TrackedFacts } from '../../../engine/kernel/check/tracked-facts.ts';

const filled = (...paths: readonly string[]): ReadonlySet<string> => new Set(paths);

describe('the facts that work on a state has read', () => {
  it('make it be done again when one of them has changed', () => {
    const tracked = new TrackedFacts();
    const [here, there] = [tracked.make(), tracked.make()];
    const done: string[] = [];
    const visit = (state: string, read: () => unknown): void => {
      tracked.unlessSame(state, () => {
        read();
        done.push(state);
      });
    };
    const sweep = (): readonly string[] => {
      done.length = 0;
      visit('a', () => here.get('b'));
      visit('b', () => there.get('b'));
      return [...done];
    };
    expect(sweep()).to.deep.equal(['a', 'b']);
    expect(sweep()).to.deep.equal([]);
    here.set('b', filled('x'));
    expect(sweep()).to.deep.equal(['a']);
    there.set('a', filled('x'));
    expect(sweep()).to.deep.equal([]);
  });

  it('make it be done again when it has changed itself what it had read', () => {
    const tracked = new TrackedFacts();
    const here = tracked.make();
    let done = 0;
    const visit = (): void => {
      tracked.unlessSame('a', () => {
        here.get('a');
        here.set('a', filled('x'));
        done += 1;
      });
    };
    visit();
    visit();
    visit();
    expect(done).to.equal(2);
  });

  it('are told as news when there is more or less, and keep the set that says the same', () => {
    const facts = new TrackedFacts().make();
    const first = filled('x', 'y');
    expect(facts.lower('a', first)).to.equal(true);
    expect(facts.set('a', filled('y', 'x'))).to.equal(false);
    expect(facts.get('a')).to.equal(first);
    expect(facts.lower('a', filled('y', 'z'))).to.equal(true);
    expect([...(facts.get('a') ?? [])]).to.deep.equal(['y']);
  });
});
