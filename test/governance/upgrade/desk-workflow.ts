import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import { filesWith } from '../evolution/states.ts';

const TEXT = `workflow: desk
title: Desk
team: office
core: 1
reference: D-{number}
data:
  customer: Customer
  others: 'Customer[]'
  seen: { kind: text, maxLength: 40 }
  picked: Customer
start:
  request: { form: ask, audience: { role: clerk } }
forms:
  ask:
    title: Ask
    fields:
      - { field: customer.id, required: true }
      - customer.vatNo
      - { field: customer.segment, title: vatNo or not }
      - { field: others, columns: [id, vatNo] }
  look:
    title: Look
    show: [customer.vatNo]
    fields: [seen]
decisions:
  which:
    hit: first
    inputs: { number: 'orElse(customer.vatNo, "vatNo")' }
    outputs: { seen: { kind: text, maxLength: 40 } }
    rules:
      - { number: '-', seen: nothing }
states:
  choose:
    decide: which
    save: { seen: result.seen }
    next:
      - { when: 'orElse(customer.vatNo, "") == "vatNo"', to: last }
      - { to: first }
  first:
    task: { title: 'Look at {{customer.vatNo}}', assign: { role: clerk }, form: look }
    on:
      done: { to: last, set: { picked.vatNo: 'orElse(customer.vatNo, "")' }, send: { message: told, to: { role: manager } } }
  last: { final: done }
messages:
  told: { subject: 'Of {{reference}}', body: told.hbs }
`;

const CASES = `- case: it is looked at
  start: { request: { customer: { id: c1, vatNo: IE1 } } }
  by: { role: clerk, id: u1 }
  expect: { state: first, data: { customer.vatNo: IE1 } }
  then:
    - do: done
      in: first
      by: { role: clerk, id: u1 }
      form: { seen: vatNo }
      expect: { state: last }

- case: of somebody else
  start:
    request:
      customer:
        id: c2
        vatNo: IE2
  by: { role: clerk, id: u1 }
  expect: { state: first }
`;

/** A workflow that uses a field of a customer wherever one can be used. */
export const DESK: { readonly name: string; readonly source: WorkflowSource } = {
  name: 'desk',
  source: {
    name: 'desk',
    text: TEXT,
    files: { 'told.hbs': 'Your number, vatNo, is {{customer.vatNo}}.\n', 'cases.yaml': CASES },
  },
};

/** The files of a core with this type, whose values the desk may write. */
export function deskFiles(type: string): Map<string, string> {
  const files = new Map(filesWith(type));
  const policies = files.get('policies.yaml') ?? '';
  return files.set('policies.yaml', policies.replace('write: [Item]', 'write: [Item, Customer]'));
}
