import type { StepMoment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { TrellisError } from '../errors.ts';
import type { Refusal, StepResult } from './step-result.ts';
import { refusal } from './step-result.ts';

/** Errors that say: what this event brings, or leads to, does not fit; and as what it is refused. */
const REFUSALS: ReadonlyMap<string, Refusal['code']> = new Map([
  ['form-refused', 'refused-data'],
  ['data-unfit', 'refused-data'],
  ['start-refused', 'refused-data'],
  ['fuel', 'refused-data'],
  ['arithmetic', 'refused-data'],
  ['empty-value', 'refused-data'],
  ['stored-value', 'refused-data'],
  ['text-too-big', 'refused-data'],
  ['too-many-items', 'refused-data'],
  ['endless', 'endless'],
  ['stuck', 'stuck'],
]);

/** Runs a step at a moment; an error that the event brought becomes a refusal, others are thrown. */
export function attempt(
  compiled: CompiledWorkflow,
  moment: StepMoment,
  step: () => StepResult | Refusal,
): StepResult | Refusal {
  try {
    return compiled.compilation.during(moment, step);
  } catch (caught) {
    compiled.scope.take();
    const error = isEndlessLoop(caught) ? endless() : caught;
    const code = error instanceof TrellisError ? REFUSALS.get(error.code) : undefined;
    if (code === undefined || !(error instanceof TrellisError)) throw error;
    const errors = error.code === 'form-refused' ? error.data['errors'] : undefined;
    return refusal(code, error.message, errors as Refusal['errors']);
  }
}

/** The error of rules that never come to rest. */
export function endless(): TrellisError {
  return new TrellisError(
    'endless',
    'The rules of this workflow lead on without ever waiting. Add a state that waits.',
  );
}

/** XState tells an endless loop by its message alone. */
function isEndlessLoop(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Infinite loop detected');
}
