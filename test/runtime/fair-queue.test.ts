import { expect } from 'chai';
import { FairQueue } from '../../engine/runtime/fair-queue.ts';

describe('a fair queue', () => {
  const filled = (): FairQueue<string> => {
    const queue = new FairQueue<string>();
    for (const one of ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'c2']) queue.push(one.charAt(0), one);
    return queue;
  };
  /** Who goes, one after the other, until nobody may. */
  const taken = (queue: FairQueue<string>, mayHave?: (line: string) => boolean): string[] => {
    const order: string[] = [];
    for (let next = queue.take(mayHave); next !== undefined; next = queue.take(mayHave)) {
      expect(next.one.startsWith(next.line)).to.equal(true);
      order.push(next.one);
    }
    return order;
  };

  it('lets each line have its turn, in the order of the line', () => {
    const queue = filled();
    expect(queue.size).to.equal(7);
    expect(taken(queue)).to.deep.equal(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
    expect(queue.size).to.equal(0);
  });

  it('passes lines that may not have a turn, which keep theirs', () => {
    const queue = filled();
    expect(taken(queue, (line) => line !== 'a')).to.deep.equal(['b1', 'c1', 'c2']);
    queue.push('b', 'b2');
    expect(taken(queue)).to.deep.equal(['a1', 'b2', 'a2', 'a3', 'a4']);
  });

  it('forgets who leaves, and a line in which nobody is left', () => {
    const queue = filled();
    for (const one of ['a2', 'a9']) queue.remove('a', one);
    queue.remove('b', 'b1');
    queue.remove('d', 'd1');
    expect(queue.size).to.equal(5);
    expect(taken(queue)).to.deep.equal(['a1', 'c1', 'a3', 'c2', 'a4']);
  });
});
