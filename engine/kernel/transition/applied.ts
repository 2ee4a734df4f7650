import type { CaseContext } from '../compile/case-context.ts';
import type { Refusal } from './step-result.ts';

/** An event made ready for the machine: the context with what it brought, and what to send. */
export interface Applied {
  readonly kind: 'applied';
  readonly context: CaseContext;
  /** The machine's event. */
  readonly type: string;
  /** The refusal, where no rule of the state answers the event. */
  readonly otherwise?: Refusal;
  /** The paths of the rules that answer it, where no work ends with it. */
  readonly answers?: readonly string[];
}
