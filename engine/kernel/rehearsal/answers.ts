import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { SELF } from '../definition/self.ts';
import { MOST_DEPTH, TOO_DEEP } from '../transition/run-depth.ts';
import type { MockAnswer, Mocks } from './mocks.ts';
import { misfitOf } from './mocks.ts';
import type { Rehearsed, Surroundings } from './rehearsed.ts';

/** What the world around a rehearsal answers; without an answer, the work is an incident. */
export type Answer =
  MockAnswer | { readonly kind: 'incident'; readonly code: string; readonly message: string };

/** Answers a call of an operation by its mock. */
export function answerToCall(
  operation: string,
  mocks: Mocks,
  { core, validator }: Surroundings,
): Answer {
  const answer = mocks.next(operation);
  if (answer === undefined) {
    return noMock(`There is no mock for this call of ${operation}.`);
  }
  if (answer.kind === 'failure') return answer;
  const misfit = misfitOf(answer.value, operation, core, validator);
  return misfit === undefined ? answer : { kind: 'incident', code: 'mock-unfit', message: misfit };
}

/** Answers for a child case by its mock; one without a mock is played, as deep as cases may run. */
export function answerToRun(
  workflow: string,
  of: Rehearsed,
  mocks: Mocks,
  { runnable }: Surroundings,
): Answer | { readonly kind: 'case'; readonly compiled: CompiledWorkflow } {
  const answer = mocks.next(workflow);
  if (answer !== undefined) return answer;
  if (depthOf(of) >= MOST_DEPTH) return { kind: 'failure', error: TOO_DEEP };
  const compiled = workflow === SELF ? of.compiled : runnable(workflow);
  return compiled === undefined
    ? noMock(`There is no mock for ${workflow}, and it cannot be run here.`)
    : { kind: 'case', compiled };
}

function depthOf({ parent }: Rehearsed): number {
  return parent === undefined ? 0 : depthOf(parent.of) + 1;
}

function noMock(message: string): Answer {
  return { kind: 'incident', code: 'no-mock', message };
}
