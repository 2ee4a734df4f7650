import { publishAll } from '../../engine/runtime/publish.ts';
import type { RunningHost } from './with-host.ts';

/** A workflow that asks a customer for a drawing and photographs, and staff for a report. */
const PERMIT = `workflow: permit
title: Building permit
team: operations
core: 1
reference: PER-{number}
data:
  customer: Customer
  site: { kind: text, maxLength: 60, title: Where is it }
  plan: { kind: file, accept: [application/pdf], maxSize: 300 kB, title: Drawing }
  photos: { kind: list, of: { kind: file, accept: ['image/*'] }, title: Photographs }
  report: { kind: file, accept: [application/pdf, text/plain], title: Our report }
  memo: { kind: file, classification: restricted, title: Memo }
  consent: { kind: file, title: Signed consent }
start: { online: { form: request, audience: public } }
forms:
  request:
    title: Ask for a permit
    pages:
      - title: Your site
        fields: [{ field: site, required: true }, { field: customer.contactEmail, required: true }, { field: plan, required: true, hint: A PDF }, photos]
    summary: true
    saveAndReturn: 14 days
  review:
    title: Look at the drawing
    show: [plan, photos]
    fields: [{ field: report, required: true }, { field: note, kind: text, maxLength: 40 }, { field: scan, kind: file }]
  answer:
    title: Sign here
    show: [report]
    fields: [{ field: consent, required: true }]
states:
  reviewing:
    task: { assign: { role: sales-rep }, form: review }
    on: { approve: asking }
  asking:
    ask: { form: answer, to: customer.contactEmail, message: sign }
    on: { done: ended }
  ended: { final: completed }
messages:
  sign: { subject: 'Your permit {{reference}}', body: sign.hbs }
`;

/** Where the form of the permit begins. */
export const PERMIT_FORM = '/start/permit/online';

/** Publishes the workflow with files; under another title, another version of it. */
export async function publishPermit(
  { host }: Pick<RunningHost, 'host'>,
  title = 'Building permit',
): Promise<void> {
  const text = PERMIT.replace('title: Building permit', `title: ${title}`);
  const files = { 'sign.hbs': 'We looked at {{plan.name}}. Please sign: {{link}}' };
  const named = [{ name: 'permit', source: { name: 'permit', text, files } }];
  const { refused } = await publishAll(named, host.core.view, host.store, 0);
  const problems = refused.flatMap((one) => one.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await host.catalogue.refresh();
}

/** A PDF of about so many bytes, no two of which have the same. */
export function pdf(length = 2_000, mark = 'a'): Buffer {
  const head = Buffer.from(`%PDF-1.4\n% ${mark}\n`);
  return Buffer.concat([head, Buffer.alloc(length, mark), Buffer.from('\n%%EOF\n')]);
}

/** The smallest picture that is one. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
