import { publishAll } from '../../engine/runtime/publish.ts';
import type { RunningHost } from './with-host.ts';

/** A workflow with buttons for staff and for the customer. */
const ERRAND = `workflow: errand
title: Errand
team: operations
core: 1
reference: ERR-{number}
data: { note: { kind: text, maxLength: 40, title: What to do }, count: { kind: whole number, default: 0 } }
start: { online: { form: request, audience: public } }
forms:
  request: { title: Ask for it, fields: [{ field: note, required: true }] }
  correct: { title: Correct it, fields: [{ field: note, required: true }] }
on: { withdraw: { by: customer, title: Never mind, to: withdrawn } }
states:
  waiting:
    on:
      correct: { by: { role: sales-rep }, form: correct, set: { count: 'orElse(count, 0) + 1' } }
      again: { by: { role: sales-rep }, to: waiting }
      mine: { by: { person: '"Rita@meridian.example"' }, set: { note: '"Taken by Rita"' } }
      finish: { by: { role: order-desk }, to: ended }
  ended: { final: completed }
  withdrawn: { final: withdrawn }
`;

/** Publishes the workflow with buttons, begins a case of it, and answers its id. */
export async function beginErrand({ host }: RunningHost): Promise<string> {
  const named = [{ name: 'errand', source: { name: 'errand', text: ERRAND, files: {} } }];
  const { refused } = await publishAll(named, host.core.view, host.store, 0);
  const problems = refused.flatMap((one) => one.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await host.catalogue.refresh();
  const form = { data: { note: 'Buy milk' }, own: {} };
  const actor = { kind: 'public', id: 'public', name: 'Somebody' } as const;
  return (await host.engine.startCase({ workflow: 'errand', start: 'online', form, actor })).caseId;
}
