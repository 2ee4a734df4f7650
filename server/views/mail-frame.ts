import { TrustedHtml } from './html.ts';
import type { Renderer } from './render.ts';

/** What stands in a mail: its subject, and its body as markup that is escaped already. */
export interface FramedMail {
  readonly subject: string;
  readonly body: string;
}

/** Puts mails into the company's frame, `templates/mails/frame.hbs`. */
export function mailFrame(renderer: Renderer, company: () => string): (mail: FramedMail) => string {
  return ({ subject, body }) =>
    renderer.part('mails/frame', { subject, company: company(), content: new TrustedHtml(body) });
}
