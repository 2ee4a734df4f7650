import type { CommitResult } from '../../../engine/ports/cases.ts';
import type { Clock } from '../../../engine/ports/clock.ts';
import type { Step } from '../../../engine/ports/step.ts';
import type { Store } from '../../../engine/ports/store.ts';
import type { Around } from '../../../server/host/open-host.ts';
import type { Settings } from '../../../server/settings.ts';

/** What a bug can reach beside the ports. */
export interface Ground {
  readonly database: Settings['database'];
}

/** A bug that the harness must find: something laid around a host's ports that breaks a promise. */
export type Bug = (ground: Ground) => Planted;

/** A bug that is laid around a host's ports, and perhaps around its clock. */
export interface Planted extends Around {
  readonly clock?: (clock: Clock) => Clock;
}

type Commit = (steps: readonly Step[]) => Promise<readonly CommitResult[]>;

/** A bug in how steps are saved. `save` is the right way to do it. */
export function inCommit(
  wrong: (steps: readonly Step[], save: Commit, opened: Store) => ReturnType<Commit>,
): Around {
  return inStore((opened) => ({
    cases: { ...opened.cases, commit: (steps) => wrong(steps, opened.cases.commit, opened) },
  }));
}

/** A bug in some ports of the store. */
export function inStore(change: (opened: Store) => Partial<Store>): Around {
  return {
    store: (opened) => ({ ...opened, ...change(opened) }),
    connectors: (opened) => opened,
  };
}

/**
 * Passes a little time, in which a host may die.
 *
 * @param milliseconds (Default: 60)
 */
export function meanwhile(milliseconds = 60): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
