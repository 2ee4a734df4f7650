import type { Clock, Ids } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Workshop } from '../../ports/workshop.ts';
import type { Catalogue, LoadedCore } from '../catalogue.ts';
import type { InForce } from '../in-force.ts';

/** What publishing works with. */
export interface PublishingParts {
  readonly store: Pick<
    Store,
    'registry' | 'governance' | 'drafts' | 'outOfForce' | 'worklist' | 'neighbours'
  >;
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  /** The core in force. */
  readonly core: () => LoadedCore;
  readonly inForce: Pick<InForce, 'current' | 'forget'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
}
