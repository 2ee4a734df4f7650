/** The program of the threads on which workflows are checked and changes of the core judged. */
import { parentPort } from 'node:worker_threads';
import { checkTogether } from '../../forms/check-together.ts';
import { checkWorkflowSource } from '../../forms/check-workflow-source.ts';
import { judgeChange } from '../../governance/proposals/judge.ts';
import type { ThreadReply } from './work-thread.ts';
import type { WorkshopJob } from './workshop.ts';

function answer(job: WorkshopJob): ThreadReply {
  try {
    return { kind: 'done', answer: done(job) };
  } catch (error) {
    return { kind: 'thrown', message: error instanceof Error ? error.message : String(error) };
  }
}

function done(job: WorkshopJob): unknown {
  return job.kind === 'check'
    ? checkWorkflowSource(job.source, job.core).problems
    : judgeChange(job.change, checkTogether);
}

const ready: ThreadReply = { kind: 'ready' };

parentPort?.on('message', (job: WorkshopJob) => {
  parentPort?.postMessage(answer(job));
});
parentPort?.postMessage(ready);
