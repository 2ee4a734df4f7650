import type { Store } from '../../engine/ports/store.ts';

/**
 * Called in a `describe`: makes a store ready for its tests, empty before each, and answers how a
 * test gets it.
 */
export type UseStore = () => () => Store;
