import type { Actor } from '../../kernel/effects.ts';
import type { User } from '../../ports/accounts.ts';
import type { KeySmith } from '../../ports/approval-keys.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Workshop } from '../../ports/workshop.ts';
import type { PassedChecks } from '../passed-checks.ts';

/** What proposals and the keys of approvers work with. */
export interface ProposalParts {
  readonly store: Pick<Store, 'registry' | 'governance' | 'accounts'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly smith: KeySmith;
  readonly workshop: Pick<Workshop, 'judge'>;
  /** Knows what was read of versions before. (Default: all are read anew) */
  readonly checks?: Pick<PassedChecks, 'reading'>;
  /**
   * A release has come into force; `passed` are the digests of the workflows that passed its check,
   * by `sourceDigest`.
   */
  readonly onReleased: (passed: ReadonlySet<string>) => Promise<void>;
}

/** Somebody as the actor of an act. */
export function actorOf({ id, name, email }: Pick<User, 'id' | 'name' | 'email'>): Actor {
  return { kind: 'staff', id, name, email };
}
