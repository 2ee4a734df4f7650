import { LINK } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Job } from '../ports/step.ts';

/** The input of `mail.send` for a mail job, with the link put where the texts have its place. */
export function mailOf(job: Job, link: string): JsonObject {
  const { to, subject, text, html } = job.payload;
  const withLink = (value: unknown): string => String(value ?? '').replaceAll(LINK, link);
  return {
    to: String(to),
    subject: String(subject),
    text: withLink(text),
    html: withLink(html),
  };
}
