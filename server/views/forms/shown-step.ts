import type { AnswerError, Answers, Step } from '../../../engine/index.ts';

/** What is shown of a form: a step, what stands in its fields, and what is wrong with it. */
export interface ShownStep {
  readonly step: Step;
  readonly answers: Answers;
  readonly errors: readonly AnswerError[];
}
