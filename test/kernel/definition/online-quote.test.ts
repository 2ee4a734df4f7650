import { expect } from 'chai';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import type { State } from '../../../engine/kernel/definition/state.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

function read(): Workflow {
  const { workflow, problems } = readWorkflow(onlineQuote, meridianCore);
  expect(problems).to.deep.equal([]);
  if (workflow === undefined) throw new Error('online-quote was not read');
  return workflow;
}

function stateOf(workflow: Workflow, id: string): State {
  const search = (state: State): State | undefined => {
    if (state.id === id) return state;
    const children = 'children' in state ? state.children : [];
    return children.map(search).find((found) => found !== undefined);
  };
  const found = search(workflow.root);
  if (found === undefined) throw new Error(`no state ${id}`);
  return found;
}

describe('definition: online-quote, the bundled workflow', () => {
  const workflow = read();

  it('is read without a problem', () => {
    expect(workflow.name).to.equal('online-quote');
    expect(workflow.root.initial).to.equal('matching');
    expect(workflow.root.children.map(({ name }) => name)).to.have.length(11);
  });

  it('makes drafts of locked types, and schemas that refer to them', () => {
    const [customer, lines] = workflow.data;
    expect(customer).to.deep.include({ name: 'customer', schema: { $ref: 'Customer' } });
    expect(customer?.type).to.include({ kind: 'object', name: 'Customer', mayBeEmpty: true });
    expect(lines?.type).to.include({ kind: 'list', mayBeEmpty: false });
    expect(lines?.schema).to.deep.equal({ type: 'array', items: { $ref: 'QuoteLine' } });
  });

  it('generates the schema of an inline type', () => {
    const comment = workflow.data.find(({ name }) => name === 'comment');
    expect(comment?.schema).to.deep.equal({
      type: 'string',
      maxLength: 2000,
      title: 'Anything we should know?',
    });
  });

  it('writes a region of one piece of work out as a state with its end', () => {
    const stock = stateOf(workflow, 'evaluating/stock');
    expect(stock).to.deep.include({ kind: 'states', initial: 'evaluating/stock/work' });
    const work = stateOf(workflow, 'evaluating/stock/work');
    expect(work).to.include({ kind: 'call', operation: 'oms.reserveStock' });
    expect(work.path).to.deep.equal(['states', 'evaluating', 'parallel', 'stock']);
    expect(work.done.map(({ to }) => to)).to.deep.equal(['evaluating/stock/done']);
    expect(stateOf(workflow, 'evaluating/stock/done')).to.include({ kind: 'final' });
    expect(work.undo).to.include({ kind: 'call', operation: 'oms.releaseReservation' });
  });

  it('resolves targets to state ids', () => {
    const asking = stateOf(workflow, 'evaluating/pricing/asking');
    expect(asking.done[0]?.to).to.equal('evaluating/pricing/priced');
    expect(asking.failed[0]?.to).to.equal('evaluating/pricing/by-hand');
    expect(stateOf(workflow, 'deciding').next.map(({ to }) => to)).to.deep.equal([
      'rep-review',
      'offered',
    ]);
  });

  it('reads handlers with their actions', () => {
    const [approve, reject] = stateOf(workflow, 'rep-review').on;
    expect(approve).to.deep.include({ event: 'approve' });
    expect(approve?.rules[0]).to.deep.include({ to: 'offered', set: [] });
    expect(reject?.rules[0]).to.include({ to: 'declined', undo: '' });
    expect(reject?.rules[0]?.set[0]).to.deep.equal({
      path: ['states', 'rep-review', 'on', 'reject', 'set', 'comment'],
      target: ['comment'],
      value: {
        path: ['states', 'rep-review', 'on', 'reject', 'set', 'comment'],
        source: 'orElse(form.note, "")',
      },
    });
  });

  it('reads timers, with what is sent while the case stays', () => {
    const [reminder, expiry] = stateOf(workflow, 'offered').after;
    expect(reminder?.timing).to.deep.equal({ kind: 'span', span: { amount: 3, unit: 'days' } });
    expect(reminder?.rules[0]?.to).to.equal(undefined);
    expect(reminder?.rules[0]?.send[0]).to.deep.include({ message: 'reminder' });
    expect(expiry?.rules[0]).to.include({ to: 'expired', undo: '' });
  });

  it('reads a task with its people and times', () => {
    const task = stateOf(workflow, 'rep-review');
    expect(task.kind === 'task' && task.assign).to.deep.include({
      kind: 'role',
      role: 'sales-rep',
    });
    expect(task.kind === 'task' && task).to.deep.include({
      due: { amount: 8, unit: 'business hours' },
      notBy: ['starter'],
    });
    const [escalation] = task.kind === 'task' ? task.escalate : [];
    expect(escalation?.assign).to.deep.include({ kind: 'role', role: 'head-of-operations' });
  });

  it('keeps early messages for 7 days unless the author says otherwise', () => {
    const wait = stateOf(workflow, 'awaiting-confirmation');
    expect(wait.kind === 'wait' && wait.keep).to.deep.equal({ amount: 7, unit: 'days' });
    expect(wait.kind === 'wait' && wait.messages).to.deep.equal(['oms.orderConfirmed']);
  });

  const form = (name: string) => workflow.forms.find((other) => other.name === name);

  it('reads forms: pages and columns', () => {
    expect(form('request')?.pages.map(({ title }) => title)).to.deep.equal([
      'About you',
      'What do you need?',
    ]);
    expect(form('request')?.pages[1]?.fields[0]).to.deep.include({
      scope: 'data',
      target: ['lines'],
      columns: [
        { name: 'sku', required: false },
        { name: 'qty', required: false },
      ],
      required: true,
    });
  });

  it('reads forms: own fields, conditions and outcomes', () => {
    const [discount, note] = form('review')?.pages[0]?.fields ?? [];
    expect(discount).to.deep.include({ scope: 'data', target: ['quote', 'discountPct'] });
    expect(note).to.deep.include({ scope: 'form', target: ['note'] });
    expect(note?.own?.schema).to.deep.equal({ type: 'string', maxLength: 500 });
    const [poNumber] = form('answer')?.pages[0]?.fields ?? [];
    expect(poNumber?.when?.source).to.equal('outcome == "accept"');
    expect(form('answer')?.outcomes.map(({ name }) => name)).to.deep.equal([
      'accept',
      'change',
      'decline',
    ]);
  });

  it('reads a decision as rows of cells', () => {
    const [decision] = workflow.decisions;
    expect(decision?.inputs.map(({ name }) => name)).to.deep.equal(['segment', 'total']);
    expect(decision?.rules.map(({ cells, results }) => [...cells, ...results])).to.deep.equal([
      ['key', '>= 10000', 15],
      ['key, oem', '[1000..10000)', 8],
      ['-', '-', 0],
    ]);
  });

  it('reads the messages with the texts beside the workflow', () => {
    expect(workflow.messages.map(({ name, bodyFile }) => [name, bodyFile])).to.deep.equal([
      ['quote-sent', 'quote-sent.hbs'],
      ['reminder', 'reminder.hbs'],
    ]);
    expect(workflow.messages[0]?.body).to.include('{{link}}');
  });
});
