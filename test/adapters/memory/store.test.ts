import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { describeStore } from '../../contracts/store.ts';

describe('the memory store', () => {
  describeStore(() => {
    let store: Store;
    beforeEach(() => {
      store = createMemoryStore();
    });
    return () => store;
  });
});
