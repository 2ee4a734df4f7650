import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';

/** What is wrong with what was entered, and in which field. */
export interface OwnKeyError {
  readonly field: 'password' | 'passphrase';
  readonly text: string;
}

/** Makes the page on which somebody makes the key that they sign with. */
export function ownKeyPage(
  model: {
    readonly key?: { readonly key: string; readonly createdAt: number };
    readonly notice?: string;
    readonly error?: OwnKeyError;
  },
  moment: ViewMoment,
): Page {
  const { key, notice, error } = model;
  const wrong = (field: OwnKeyError['field']) => (error?.field === field ? error.text : undefined);
  return {
    template: 'pages/own-key',
    title: `${error === undefined ? '' : 'Error: '}Your key`,
    area: 'core',
    model: {
      tabs: itTabs('key'),
      action: paths.ownKey,
      ...(notice === undefined ? {} : { notice }),
      ...(key === undefined ? {} : { key: key.key, since: showTime(key.createdAt, moment) }),
      errors: error === undefined ? [] : [{ href: `#${error.field}`, text: error.text }],
      fields: [
        passwordField(wrong('password')),
        passphraseField(wrong('passphrase')),
        {
          ...{ id: 'again', name: 'again', label: 'The same passphrase again', type: 'password' },
          autocomplete: 'new-password',
        },
      ],
      button: key === undefined ? 'Make a key' : 'Make a new key',
    },
  };
}

function passwordField(error: string | undefined) {
  return {
    ...{ id: 'password', name: 'password', label: 'Your password', type: 'password' },
    ...{ hint: 'The one that you sign in with.', autocomplete: 'current-password' },
    ...said('password', error),
  };
}

function passphraseField(error: string | undefined) {
  return {
    ...{ id: 'passphrase', name: 'passphrase', label: 'Passphrase', type: 'password' },
    ...{ hint: 'At least 12 characters. Several words are easy to remember.' },
    ...{ autocomplete: 'new-password', ...said('passphrase', error) },
  };
}

function said(id: string, error: string | undefined) {
  if (error === undefined) return { describedBy: `${id}-hint` };
  return { describedBy: `${id}-hint ${id}-error`, error };
}
