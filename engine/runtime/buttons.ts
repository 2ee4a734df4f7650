import { TrellisError } from '../kernel/errors.ts';

/** What whoever presses a button of an earlier visit is told. */
export function buttonGone(): TrellisError {
  return new TrellisError(
    'button-gone',
    'The case has gone on since this page was shown, so this cannot be done any more. Look at the case again.',
  );
}
