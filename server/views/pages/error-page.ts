import type { Page } from '../page.ts';
import { paths } from '../paths.ts';

/** The statuses that a person may be shown. */
export const ERROR_STATUSES = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503] as const;
export type ErrorStatus = (typeof ERROR_STATUSES)[number];

export interface ErrorModel {
  readonly status: ErrorStatus;
  /** What went wrong with this very request, in a sentence or two. (Default: what the status means) */
  readonly message?: string;
  /** Where to go on. (Default: the start page) */
  readonly action?: { readonly label: string; readonly href: string };
  /** What to name when asking for help: a request's id. */
  readonly requestId?: string;
}

interface Wording {
  readonly heading: string;
  readonly message: string;
  readonly advice: string;
}

const WORDS: Readonly<Record<ErrorStatus, Wording>> = {
  400: {
    heading: 'We could not read that request',
    message: 'Something in it is not as this page expects.',
    advice: 'Go back, reload the page and try again.',
  },
  403: {
    heading: 'You cannot open this page',
    message: 'It is kept for somebody else.',
    advice: 'If you think that you should have access, ask whoever looks after your account.',
  },
  404: {
    heading: 'There is no such page',
    message: 'The address may be incomplete, or what it led to is gone.',
    advice:
      'If you typed the address, check that it is right. If you pasted it, check that it is whole.',
  },
  409: {
    heading: 'Somebody else was first',
    message:
      'What you were looking at has changed in the meantime. Nothing of yours was saved over it.',
    advice: 'Look at what is there now before you decide what to do.',
  },
  410: {
    heading: 'This link has expired',
    message: 'Links in our mails work for a limited time, and an answer can be given only once.',
    advice:
      'If you still need something, answer the mail that the link came with or ask us for a new one.',
  },
  413: {
    heading: 'That is more than we can take at once',
    message: 'What you sent is too large.',
    advice: 'Send less, or in several parts.',
  },
  422: {
    heading: 'Some of that does not fit',
    message: 'We understood what you sent, but it cannot be used as it is.',
    advice: 'Go back, look at the marked fields and send it again.',
  },
  429: {
    heading: 'Too many tries',
    message: 'There were many attempts in a short time, so we pause them.',
    advice: 'Wait as long as it says, then try again.',
  },
  500: {
    heading: 'Something went wrong on our side',
    message: 'It is not your fault, and nothing was half saved.',
    advice: 'Try again in a moment. If it happens again, tell us when, and the number below.',
  },
  503: {
    heading: 'We are not ready just now',
    message: 'The service is starting or stopping.',
    advice: 'Wait a moment and load the page again.',
  },
};

/** Makes the page that says what went wrong and what to do about it. */
export function errorPage(error: ErrorModel): Page {
  const { heading, message, advice } = WORDS[error.status];
  const { requestId } = error;
  return {
    template: 'pages/error',
    title: heading,
    model: {
      status: error.status,
      heading,
      message: error.message ?? message,
      advice,
      action: error.action ?? { label: 'Go to the start page', href: paths.home },
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}
