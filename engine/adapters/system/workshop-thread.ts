/** The program of the thread on which workflows are checked. */
import { parentPort } from 'node:worker_threads';
import { checkWorkflowSource } from '../../forms/check-workflow-source.ts';
import type { ThreadReply } from './work-thread.ts';
import type { CheckJob } from './workshop.ts';

function answer({ source, core }: CheckJob): ThreadReply {
  try {
    return { kind: 'done', answer: checkWorkflowSource(source, core).problems };
  } catch (error) {
    return { kind: 'thrown', message: error instanceof Error ? error.message : String(error) };
  }
}

const ready: ThreadReply = { kind: 'ready' };

parentPort?.on('message', (job: CheckJob) => {
  parentPort?.postMessage(answer(job));
});
parentPort?.postMessage(ready);
