import { expect } from 'chai';
import { CaseCache } from '../../engine/runtime/case-cache.ts';
import type { LoadedCase } from '../../engine/runtime/loaded-case.ts';

describe('The cases in memory', () => {
  it('are those that were used last', () => {
    const cache = new CaseCache(2);
    for (const id of ['a', 'b']) cache.put(loaded(id));
    cache.get('a');
    cache.put(loaded('c'));
    expect(['a', 'b', 'c'].filter((id) => cache.get(id) !== undefined)).to.deep.equal(['a', 'c']);
  });

  it('are without a case that has finished', () => {
    const cache = new CaseCache();
    cache.put(loaded('a'));
    cache.put(loaded('a', 'finished'));
    expect(cache.get('a')).to.equal(undefined);
  });
});

/** A case of which the cache looks at nothing else. */
function loaded(id: string, status: 'active' | 'finished' = 'active'): LoadedCase {
  return { stored: { id, status } } as unknown as LoadedCase;
}
