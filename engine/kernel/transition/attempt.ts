import type { StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { TrellisError } from '../errors.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

/** Codes of errors that say: what this event brings does not fit the case. */
const DATA_ERRORS: readonly string[] = [
  'form-refused',
  'data-unfit',
  'start-refused',
  'fuel',
  'arithmetic',
  'empty-value',
  'stored-value',
  'text-too-big',
];

/** Runs a step at a moment; an error that the event brought becomes a refusal, others are thrown. */
export function attempt(
  compiled: CompiledWorkflow,
  moment: StepMoment,
  step: () => StepResult | Refusal,
): StepResult | Refusal {
  try {
    return compiled.compilation.during(moment, step);
  } catch (error) {
    compiled.scope.take();
    if (!(error instanceof TrellisError) || !DATA_ERRORS.includes(error.code)) throw error;
    const errors = error.code === 'form-refused' ? error.data['errors'] : undefined;
    return refusal('refused-data', error.message, errors as Refusal['errors']);
  }
}
