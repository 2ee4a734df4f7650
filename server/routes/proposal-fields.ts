import { TrellisError } from '../../engine/index.ts';
import type { ChangeField } from '../views/pages/change-page.ts';

/** Reads the number of a proposal; one that is none is of no proposal. */
export function numberOf(text: string): number {
  if (/^[1-9][0-9]{0,8}$/u.test(text)) return Number(text);
  throw new TrellisError('no-proposal', `There is no proposal "${text}".`);
}

/** The field in which somebody enters the passphrase of their key. */
export function passphraseField(error?: string): ChangeField {
  return {
    ...{ id: 'passphrase', name: 'passphrase', label: 'The passphrase of your key', value: '' },
    hint: 'You sign with it.',
    secret: true,
    ...(error === undefined ? {} : { error }),
  };
}

/** The message of what is wrong with what was entered; anything else is thrown on. */
export function enteredWrong(error: unknown, codes: readonly string[]): string {
  if (error instanceof TrellisError && codes.includes(error.code)) return error.message;
  throw error;
}
