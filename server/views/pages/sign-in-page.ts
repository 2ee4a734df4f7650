import type { Page } from '../page.ts';
import { paths } from '../paths.ts';

export interface SignInModel {
  readonly company: string;
  /** What was typed before, kept. */
  readonly email: string;
  /** Why the last try did not work. */
  readonly error?: string;
  /** The path to go on to afterwards. */
  readonly returnTo?: string;
  readonly demo: boolean;
}

/** The names of the fields that the page posts. */
const FIELDS = {
  email: 'email',
  password: 'password',
  returnTo: 'returnTo',
} as const;

/** Makes the page on which staff sign in. */
export function signInPage(model: SignInModel): Page {
  const heading = `Sign in to ${model.company}`;
  const { error } = model;
  return {
    template: 'pages/sign-in',
    title: error === undefined ? heading : `Error: ${heading}`,
    model: {
      ...model,
      heading,
      action: paths.signIn,
      fields: FIELDS,
      errors: error === undefined ? [] : [{ text: error, href: '#email' }],
    },
  };
}
