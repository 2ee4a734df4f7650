import type { FormValues } from '../kernel/event.ts';
import type { AnswerError } from './answer-error.ts';
import type { Answers } from './answers.ts';
import type { FormChecks } from './check-answers.ts';
import type { Draft } from './draft.ts';
import type { FormContext } from './form-context.ts';
import type { Step } from './step.ts';

/** A form with its checks, and the case it is filled against. */
export interface Journey {
  readonly checks: FormChecks;
  readonly context: FormContext;
}

/** A step as it was sent, shown again with what is wrong. */
export interface ShowAgain {
  readonly kind: 'show';
  readonly step: Step;
  /** As it was typed. */
  readonly answers: Answers;
  readonly errors: readonly AnswerError[];
}

/** What happens after somebody sent a step. The host stores `draft` where there is one. */
export type Reply =
  | ShowAgain
  | { readonly kind: 'go'; readonly step: Step; readonly draft: Draft }
  | { readonly kind: 'saved'; readonly step: Step; readonly draft: Draft }
  | {
      readonly kind: 'submitted';
      readonly draft: Draft;
      readonly values: FormValues;
      readonly outcome?: string;
    };
