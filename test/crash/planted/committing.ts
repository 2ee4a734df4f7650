import type { CommitResult } from '../../../engine/ports/cases.ts';
import type { Step } from '../../../engine/ports/step.ts';
import type { Store } from '../../../engine/ports/store.ts';
import type { Around } from '../../../server/host/open-host.ts';

type Commit = (steps: readonly Step[]) => Promise<readonly CommitResult[]>;

/** A bug in how steps are saved. `save` is the right way to do it. */
export function committing(
  wrong: (steps: readonly Step[], save: Commit) => ReturnType<Commit>,
): Around {
  return around((opened) => ({
    cases: { ...opened.cases, commit: (steps) => wrong(steps, opened.cases.commit) },
  }));
}

/** A bug in some ports of the store. */
export function around(change: (opened: Store) => Partial<Store>): Around {
  return {
    store: (opened) => ({ ...opened, ...change(opened) }),
    connectors: (opened) => opened,
  };
}
