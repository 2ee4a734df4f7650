import type { Clock, Ids } from '../ports/clock.ts';
import type { Signer } from '../ports/signer.ts';
import { addedJobs } from '../ports/stopped.ts';
import type { Store } from '../ports/store.ts';
import { BulkDesk } from './bulk-desk.ts';
import { BulkWorker } from './bulk-worker.ts';
import { CaseCache } from './case-cache.ts';
import type { Catalogue } from './catalogue.ts';
import { createCommitter } from './committer.ts';
import { Leaving } from './leaving.ts';
import { LinkTokens } from './link-tokens.ts';
import { Operations } from './operations.ts';
import { Steps } from './steps.ts';
import { Turns } from './turns.ts';

/** What changes running cases without an engine. */
export interface OpenOperations {
  readonly operations: Operations;
  readonly leaving: Leaving;
  readonly bulk: BulkDesk;
  /** Goes on with an operation, some cases further; answers whether there is more to do. */
  readonly advance: (id: string) => Promise<boolean>;
}

/**
 * Opens what changes running cases without an engine around it: what a change asks of the world is
 * stored, and carried out by a host, which is told of it.
 */
export function openOperations(parts: {
  readonly store: Pick<
    Store,
    'accounts' | 'bulk' | 'cases' | 'governance' | 'worklist' | 'incidents' | 'neighbours'
  >;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signer: Signer;
}): OpenOperations {
  const { store, catalogue, clock, ids, signer } = parts;
  const tell = (): void => {
    store.neighbours.tell('jobs');
  };
  const steps = new Steps({
    cases: store.cases,
    committer: createCommitter(store.cases),
    catalogue,
    cache: new CaseCache(),
    turns: new Turns(),
    tokens: new LinkTokens(signer),
    ids,
    clock,
    hand: {
      claim: (step) => step,
      saved: (step) => {
        const isDue = addedJobs(step).some(({ runAt }) => runAt <= clock.now());
        if (isDue || step.jobs.rest === 'let go') tell();
      },
      unsaved: () => undefined,
    },
  });
  const worker = new BulkWorker({ store, steps, catalogue, clock, onMore: tell });
  return {
    operations: new Operations({ steps, clock }),
    leaving: new Leaving({ ...store, steps, clock }),
    bulk: new BulkDesk({ ...store, catalogue, clock, ids, onStored: tell }),
    advance: (id) => worker.advance(id),
  };
}
