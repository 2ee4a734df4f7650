import { LINK } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Job } from '../ports/step.ts';

/** The operation by which every mail leaves the house. */
export const MAIL_OPERATION = 'mail.send';

/** Puts the body of a mail, markup that is escaped already, into the company's frame. */
export type FrameMail = (mail: { readonly subject: string; readonly body: string }) => string;

/**
 * The input of `mail.send` for a mail job: its texts with the link put where they have its place,
 * the HTML one in the company's frame.
 */
export function mailOf(job: Pick<Job, 'payload'>, link: string, frame: FrameMail): JsonObject {
  const { payload } = job;
  const subject = textOf(payload['subject']);
  const anchor = `<a href="${link}">${link}</a>`;
  return {
    to: textOf(payload['to']),
    subject,
    text: textOf(payload['text']).replaceAll(LINK, link),
    html: frame({ subject, body: textOf(payload['html']).replaceAll(LINK, anchor) }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
