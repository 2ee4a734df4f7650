import { expect } from 'chai';
import { checkSource, checkWorkflow } from '../../../engine/kernel/check/check-workflow.ts';
import { presenceOf } from '../../../engine/kernel/check/presence.ts';
import { scopeOf } from '../../../engine/kernel/check/scopes.ts';
import { statechartOf } from '../../../engine/kernel/check/statechart.ts';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

const HEAD = `workflow: sample
title: Sample
team: operations
core: 1
reference: S-{number}
`;

function read(rest: string): Workflow {
  const source = { name: 'sample', text: `${HEAD}${rest}`, files: {} };
  const { workflow, problems } = readWorkflow(source, meridianCore);
  if (workflow === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return workflow;
}

function onEntry(workflow: Workflow, state: string): ReadonlySet<string> | undefined {
  return presenceOf(workflow, statechartOf(workflow), scopeOf(workflow, meridianCore)).onEntry(
    state,
  );
}

function messages(rest: string): string {
  const source = { name: 'sample', text: `${HEAD}${rest}`, files: {} };
  return checkSource(source, meridianCore)
    .problems.map(({ message }) => message)
    .join('\n');
}

describe('what is present', () => {
  it('is what every start fills: defaults, forms, and what a caller gives whole', () => {
    const workflow = read(`
data: { customer: Customer, order: Order, size: { kind: whole number, default: 3 }, note: { kind: text } }
start:
  online: { form: request, audience: public, set: { note: '"online"' } }
  calling: { run: [customer, order], set: { note: '"called"' } }
forms: { request: { title: Request, fields: [{ field: customer.legalName, required: true }] } }
states: { ended: { final: completed } }
`);
    const filled = onEntry(workflow, 'ended');
    expect([...(filled ?? [])].sort()).to.deep.equal([
      'customer',
      'customer.legalName',
      'note',
      'size',
    ]);
  });

  it('is nothing where no case can come', () => {
    const workflow = read(`
data: { note: { kind: text } }
start: { online: { form: request, audience: public } }
forms: { request: { title: Request, fields: [note] } }
states: { ended: { final: completed }, never: { next: ended } }
`);
    expect(onEntry(workflow, 'never')).to.equal(undefined);
  });

  it('is the same by both ways of pricing', () => {
    const { workflow } = readWorkflow(onlineQuote, meridianCore);
    const filled = workflow && onEntry(workflow, 'deciding');
    expect(filled?.has('quote.netTotal')).to.equal(true);
    expect(filled?.has('quote.discountPct')).to.equal(false);
  });

  it('counts a field under a condition only where the condition is sure to hold', () => {
    const workflow = read(`
data: { note: { kind: text }, reason: { kind: text } }
start: { online: { form: request, audience: public } }
forms:
  request: { title: Request, fields: [{ field: note, required: true }] }
  answer:
    title: Answer
    outcomes: { yes: Yes, no: No }
    fields:
      - { field: reason, required: true, when: 'outcome == "no" || outcome == "yes" && 1 > 2' }
      - { field: note, when: 'outcome == "yes"' }
states:
  asking:
    task: { assign: { role: sales-rep }, form: answer }
    on: { yes: agreed, no: refused }
  agreed: { final: agreed }
  refused: { final: refused }
`);
    expect([...(onEntry(workflow, 'agreed') ?? [])]).to.deep.equal([]);
    expect([...(onEntry(workflow, 'refused') ?? [])].sort()).to.deep.equal(['note', 'reason']);
  });
});

describe('why something may be empty', () => {
  it('counts the columns that a form wants in every item', () => {
    const asking = (columns: string, then = ''): string => `
data:
  receipts: { kind: list, of: { kind: object, fields: { what: { kind: text }, amount: { kind: decimal } } } }
  total: { kind: decimal }
start: { online: { form: claim, audience: { role: sales-rep } } }
forms:
  claim:
    title: Claim
    fields: [{ field: receipts, columns: ${columns} }]
    rules: [{ must: 'receipts.all(r, r.amount > 0)', say: More than nothing, at: receipts }]
states:
  adding: { ${then}next: { to: ended, set: { total: 'sum(receipts.map(r, r.amount))' } } }
  ended: { final: completed }
`;
    expect(messages(asking('[what, { field: amount, required: true }]'))).to.equal('');
    const sorted = 'entry: { set: { receipts: "receipts.filter(r, r.amount > 1)" } }, ';
    expect(messages(asking('[what, { field: amount, required: true }]', sorted))).to.equal('');
    for (const columns of ['[what, amount]', '[what, { field: amount }]']) {
      expect(messages(asking(columns))).to.include('"r.amount" may be empty here');
    }
    expect(messages(asking('[what, { field: ammount, required: true }]'))).to.include('"amount"');
  });

  it('names the start that leaves it empty', () => {
    const text = messages(`
data: { note: { kind: text } }
start:
  online: { form: request, audience: public }
  by-phone: { form: call, audience: { role: sales-rep } }
forms:
  request: { title: Request, fields: [{ field: note, required: true }] }
  call: { title: Call, fields: [note] }
states:
  first: { next: [{ when: 'size(note) > 3', to: ended }, { to: ended }] }
  ended: { final: completed }
`);
    expect(text).to.match(/"note" is empty here when the case began with the start “by-phone”/);
  });

  it('names the form that has just emptied it', () => {
    const text = messages(`
data: { note: { kind: text } }
start: { online: { form: request, audience: public } }
forms:
  request: { title: Request, fields: [{ field: note, required: true }] }
  again: { title: Again, fields: [note] }
states:
  first:
    title: { en: Once more, de: Noch einmal }
    task: { assign: { role: sales-rep }, form: again }
    on: { done: [{ when: 'size(note) > 3', to: ended }, { to: ended }] }
  ended: { final: completed }
`);
    expect(text).to.match(/"note" is empty here when “Once more” has just left it empty/);
  });

  it('says nothing of a way where no way fills it', () => {
    const text = messages(`
data: { note: { kind: text }, other: { kind: text } }
start: { online: { form: request, audience: public } }
forms: { request: { title: Request, fields: [other] } }
states:
  first: { next: [{ when: 'size(note) > 3', to: ended }, { to: ended }] }
  ended: { final: completed }
`);
    expect(text)
      .to.match(/"note"/)
      .and.not.to.match(/when/);
  });
});

describe('checkWorkflow', () => {
  it('needs no source text, and gives no positions without one', () => {
    const { workflow } = readWorkflow(onlineQuote, meridianCore);
    if (workflow === undefined) throw new Error('online-quote cannot be read');
    const problems = checkWorkflow({ ...workflow, team: 'marketing' }, meridianCore);
    expect(problems.map(({ code }) => code)).to.include('not-granted');
    expect(problems.some(({ position }) => position !== undefined)).to.equal(false);
  });
});
