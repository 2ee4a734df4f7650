import { itTabs } from '../it-tabs.ts';
import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ViewMoment } from '../texts/moment.ts';
import { showTime } from '../texts/moment.ts';

/** Makes the page on which somebody makes the key that they sign with. */
export function ownKeyPage(
  model: {
    readonly key?: { readonly key: string; readonly createdAt: number };
    readonly notice?: string;
    readonly error?: string;
  },
  moment: ViewMoment,
): Page {
  const { key, notice, error } = model;
  const hint = 'At least 12 characters. Several words are easy to remember.';
  return {
    template: 'pages/own-key',
    title: `${error === undefined ? '' : 'Error: '}Your key`,
    area: 'core',
    model: {
      tabs: itTabs('key'),
      action: paths.ownKey,
      ...(notice === undefined ? {} : { notice }),
      ...(key === undefined ? {} : { key: key.key, since: showTime(key.createdAt, moment) }),
      errors: error === undefined ? [] : [{ href: '#passphrase', text: error }],
      fields: [
        {
          ...{ id: 'passphrase', name: 'passphrase', label: 'Passphrase', hint, type: 'password' },
          ...{ autocomplete: 'new-password' },
          describedBy: `passphrase-hint${error === undefined ? '' : ' passphrase-error'}`,
          ...(error === undefined ? {} : { error }),
        },
        {
          ...{ id: 'again', name: 'again', label: 'The same passphrase again', type: 'password' },
          autocomplete: 'new-password',
        },
      ],
      button: key === undefined ? 'Make a key' : 'Make a new key',
    },
  };
}
