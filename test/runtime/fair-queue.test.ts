import { expect } from 'chai';
import { FairQueue } from '../../engine/runtime/fair-queue.ts';

describe('a fair queue', () => {
  const filled = (): FairQueue<string> => {
    const queue = new FairQueue<string>();
    for (const one of ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'c2']) queue.push(one.charAt(0), one);
    return queue;
  };

  it('gives from each line one in its turn, each line in its order', () => {
    const queue = filled();
    expect(queue.size).to.equal(7);
    expect(queue.take(10)).to.deep.equal(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
    expect(queue.size).to.equal(0);
    expect(queue.take(10)).to.deep.equal([]);
  });

  it('goes on where it was, also where more have come', () => {
    const queue = filled();
    expect(queue.take(2)).to.deep.equal(['a1', 'b1']);
    queue.push('b', 'b2');
    expect(queue.take(3)).to.deep.equal(['c1', 'a2', 'b2']);
    expect(queue.take(3)).to.deep.equal(['c2', 'a3', 'a4']);
  });
});
