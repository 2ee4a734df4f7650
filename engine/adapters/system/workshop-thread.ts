/** The program of the threads on which workflows are checked and tried, and changes of the core judged. */
import { parentPort } from 'node:worker_threads';
import { checkWorkflowSource } from '../../forms/check-workflow-source.ts';
import { examineWorkflow } from '../../forms/examine-workflow.ts';
import { WORKFLOW_JUDGE, readyEditOf } from '../../forms/workflow-judge.ts';
import { impactOfQuestion } from '../../forms/impact-of-core.ts';
import type { ArtefactImpact } from '../../governance/impact/impact.ts';
import { judgeChange } from '../../governance/proposals/judge.ts';
import type { WorkflowJudge } from '../../governance/proposals/judge.ts';
import { letOthersGoFirst } from './thread-priority.ts';
import type { ThreadReply } from './work-thread.ts';
import type { WorkshopJob } from './workshop.ts';

function answer(job: WorkshopJob): ThreadReply {
  try {
    return { kind: 'done', answer: workOn(job) };
  } catch (error) {
    return { kind: 'thrown', message: error instanceof Error ? error.message : String(error) };
  }
}

function workOn(job: WorkshopJob): unknown {
  switch (job.kind) {
    case 'check':
      return checkWorkflowSource(job.source, job.core).problems;
    case 'examine':
      return examineWorkflow(job.name, job.sources, job.core);
    case 'ready':
      return readyEditOf(job.question);
    case 'judge':
      return judgeChange(job.change, judgeBy(job.impacts));
    case 'impact':
      letOthersGoFirst();
      return impactOfQuestion(job.question);
  }
}

/** Judges by impacts that others have found already, where there are. */
function judgeBy(impacts: readonly ArtefactImpact[] | undefined): WorkflowJudge {
  return impacts === undefined ? WORKFLOW_JUDGE : { ...WORKFLOW_JUDGE, impactOf: () => impacts };
}

const ready: ThreadReply = { kind: 'ready' };

parentPort?.on('message', (job: WorkshopJob) => {
  parentPort?.postMessage(answer(job));
});
parentPort?.postMessage(ready);
