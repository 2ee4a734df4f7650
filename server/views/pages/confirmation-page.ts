import type { Page } from '../page.ts';

export interface ConfirmationModel {
  /** What was achieved: `Your request is with us`. */
  readonly heading: string;
  readonly reference: string;
  /** What happens now, a paragraph each. */
  readonly next: readonly string[];
  readonly links: readonly { readonly label: string; readonly href: string }[];
}

/** Makes the page after something was sent. */
export function confirmationPage(model: ConfirmationModel): Page {
  return { template: 'pages/confirmation', title: model.heading, model };
}
