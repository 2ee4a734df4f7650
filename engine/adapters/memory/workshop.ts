import { checkWorkflowSource } from '../../forms/check-workflow-source.ts';
import { WORKFLOW_JUDGE, readyEditOf } from '../../forms/workflow-judge.ts';
import { impactOfQuestion } from '../../forms/impact-of-core.ts';
import { judgeChange } from '../../governance/proposals/judge.ts';
import { examineWorkflow } from '../../forms/examine-workflow.ts';
import type { Workshop } from '../../ports/workshop.ts';

/** Makes a workshop on the thread of whoever asks: for tests, and where nobody else waits. */
export function createDirectWorkshop(): Workshop {
  return {
    check: (source, core) => Promise.resolve(checkWorkflowSource(source, core).problems),
    judge: (change) => Promise.resolve(judgeChange(change, WORKFLOW_JUDGE)),
    impact: (question) => Promise.resolve(impactOfQuestion(question)),
    ready: (question) => Promise.resolve(readyEditOf(question)),
    examine: (name, sources, core) => Promise.resolve(examineWorkflow(name, sources, core)),
    close: () => Promise.resolve(),
  };
}
