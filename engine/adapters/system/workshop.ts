import { extname } from 'node:path';
import type { CoreView } from '../../kernel/core-view.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Workshop } from '../../ports/workshop.ts';
import type { ThreadLimits } from './work-thread.ts';
import { createWorkThread } from './work-thread.ts';

/** What the thread is given: nothing in it was trusted before. */
export interface CheckJob {
  readonly source: WorkflowSource;
  readonly core: CoreView;
}

/** Makes the workshop of a host: a warm thread of its own, under a deadline and a memory cap. */
export function createWorkshop(limits: ThreadLimits = {}): Workshop {
  // Built code is `.js`; run from its source it is `.ts`.
  const program = new URL(`./workshop-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = createWorkThread<CheckJob, readonly Problem[]>(program, limits);
  return {
    check: (source, core) => thread.do({ source, core }),
    close: () => thread.close(),
  };
}
