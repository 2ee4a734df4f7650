import { extname } from 'node:path';
import type { ImpactQuestion } from '../../forms/impact-of-core.ts';
import type { ArtefactImpact } from '../../governance/impact/impact.ts';
import { applyChange } from '../../governance/proposals/changed-files.ts';
import type { ReadyQuestion } from '../../forms/workflow-judge.ts';
import type { ReadyEdit } from '../../governance/upgrade/ready-edit.ts';
import type { NamedSource } from '../../forms/check-together.ts';
import type { Examination } from '../../forms/examine-workflow.ts';
import type { Judgement, ProposedChange } from '../../governance/proposals/judge.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Workshop } from '../../ports/workshop.ts';
import { ImpactThreads, areMany } from './impact-threads.ts';
import type { ThreadLimits } from './work-thread.ts';
import { createWorkThread } from './work-thread.ts';

/** What a thread is given: nothing in it was trusted before. */
export type WorkshopJob =
  | { readonly kind: 'check'; readonly source: WorkflowSource; readonly core: CoreView }
  | {
      readonly kind: 'examine';
      readonly name: string;
      readonly sources: readonly NamedSource[];
      readonly core: CoreView;
    }
  | { readonly kind: 'ready'; readonly question: ReadyQuestion }
  | { readonly kind: 'impact'; readonly question: ImpactQuestion }
  | {
      readonly kind: 'judge';
      readonly change: ProposedChange;
      /** What others have found already. (Default: it is worked out) */
      readonly impacts?: readonly ArtefactImpact[];
    };

/** Test cases are played: each is bounded, and there may be many. */
const TRYING: ThreadLimits = { time: 60_000, memory: 512 };

/** A change of the core is held against everything there is: that may take minutes. */
const JUDGING: ThreadLimits = { time: 10 * 60_000, memory: 1024, queue: 8 };

/**
 * Makes the workshop of a host: a warm thread of its own, under a deadline and a memory cap, and
 * others for what takes longer.
 */
export function createWorkshop(limits: ThreadLimits = {}): Workshop {
  // Built code is `.js`; run from its source it is `.ts`.
  const program = new URL(`./workshop-thread${extname(import.meta.url)}`, import.meta.url);
  const checks = createWorkThread<WorkshopJob, readonly Problem[]>(program, limits);
  const trials = createWorkThread<WorkshopJob, unknown>(program, { ...TRYING, ...limits });
  const judgements = createWorkThread<WorkshopJob, Judgement>(program, { ...JUDGING, ...limits });
  const impacts = new ImpactThreads(() => {
    const thread = createWorkThread<WorkshopJob, readonly ArtefactImpact[]>(program, {
      ...JUDGING,
      ...limits,
    });
    return {
      do: (question) => thread.do({ kind: 'impact', question }),
      close: () => thread.close(),
    };
  });
  return {
    impact: (question) => impacts.impactOf(question),
    check: (source, core) => checks.do({ kind: 'check', source, core }),
    examine: (name, sources, core) =>
      trials.do({ kind: 'examine', name, sources, core }) as Promise<Examination>,
    ready: (question) => trials.do({ kind: 'ready', question }) as Promise<ReadyEdit | undefined>,
    judge: async (change) => {
      const { workflows, earlier, release } = change;
      const before = earlier.at(-1);
      if (before === undefined || !areMany(workflows))
        return judgements.do({ kind: 'judge', change });
      const files = applyChange(new Map(Object.entries(before.files)), change.change);
      const after = { release, files: Object.fromEntries(files) };
      const found = await impacts.impactOf({ before, after, versions: workflows });
      return judgements.do({ kind: 'judge', change, impacts: found });
    },
    close: async () => {
      await Promise.all([checks, trials, judgements, impacts].map((thread) => thread.close()));
    },
  };
}
