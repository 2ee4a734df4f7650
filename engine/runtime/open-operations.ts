import type { Clock } from '../ports/clock.ts';
import type { Signer } from '../ports/signer.ts';
import type { Store } from '../ports/store.ts';
import { CaseCache } from './case-cache.ts';
import type { Catalogue } from './catalogue.ts';
import { createCommitter } from './committer.ts';
import { LinkTokens } from './link-tokens.ts';
import { Migrations } from './migrations.ts';
import { Operations } from './operations.ts';
import { Steps } from './steps.ts';
import { Turns } from './turns.ts';

/**
 * Opens what changes running cases without an engine around it: what a change asks of the world is
 * stored, and carried out by the next host that looks.
 */
export function openOperations(parts: {
  readonly store: Pick<Store, 'cases' | 'worklist'>;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly signer: Signer;
}): { readonly operations: Operations; readonly migrations: Migrations } {
  const { store, catalogue, clock, signer } = parts;
  const steps = new Steps({
    cases: store.cases,
    committer: createCommitter(store.cases),
    catalogue,
    cache: new CaseCache(),
    turns: new Turns(),
    tokens: new LinkTokens(signer),
    clock,
    onSaved: () => undefined,
  });
  const { worklist } = store;
  return {
    operations: new Operations({ steps, clock }),
    migrations: new Migrations({ steps, worklist, catalogue, clock }),
  };
}
