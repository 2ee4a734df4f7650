import { expect } from 'chai';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import type { State } from '../../../engine/kernel/definition/state.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

const HEAD = `
workflow: small
title: { en: Small, de: Klein }
team: operations
core: 1
data: { quote: Quote, lines: 'QuoteLine[]', comment: { kind: text } }
start:
  online: { form: request, audience: public, set: { comment: { value: [1, x] } } }
  called: { run: [quote] }
  known: { form: request, audience: customer }
forms:
  request: { title: Request, fields: [comment] }
  answer: { title: Answer, outcomes: { yes: Yes, no: No } }
decisions:
  rating:
    inputs: { total: quote.discountPct, urgent: 'lines.size() > 3' }
    outputs: { pct: { kind: number }, grade: { kind: one of, choices: [a, b] } }
    rules: [{ total: 5, urgent: true, pct: 1, grade: a }, { pct: 0, grade: b }]
messages:
  reminder: { subject: { en: Still there, de: Noch da }, body: reminder.hbs }
`;

function read(states: string): Workflow {
  const source = { name: 'small', text: HEAD + states, files: { 'reminder.hbs': 'Hello' } };
  const { workflow, problems } = readWorkflow(source, meridianCore);
  expect(problems).to.deep.equal([]);
  if (workflow === undefined) throw new Error('not read');
  return workflow;
}

/** All states by id. */
function statesOf(states: string): Readonly<Record<string, State>> {
  const all: Record<string, State> = {};
  const add = (state: State): void => {
    all[state.id] = state;
    if ('children' in state) state.children.forEach(add);
  };
  add(read(states).root);
  return all;
}

/** The targets of all rules, by event. */
function exits(
  state: State | undefined,
): readonly (readonly [string, ...(string | undefined)[]])[] {
  return (state?.on ?? []).map(({ event, rules }) => [event, ...rules.map(({ to }) => to)]);
}

describe('normalise: a region that is one piece of work', () => {
  const states = statesOf(`
states:
  both:
    parallel:
      price: { milestone: Priced, title: Pricing, decide: rating, save: { quote.discountPct: result.pct } }
      answer: { ask: { form: answer, to: customer.contactEmail, message: reminder } }
      look: { task: { assign: { role: sales-rep }, form: request } }
      own: { task: { assign: { role: sales-rep }, form: answer }, on: { yes: { set: { comment: reference } }, no: ^ended } }
      wait: { wait: { messages: [oms.orderConfirmed, oms.orderRejected], match: reference, keep: 2 days } }
      call: { call: oms.reserveStock, with: { lines: lines }, done: { set: { comment: '"x"' } }, failed: ^ended }
      inner: { parallel: { one: { wait: { message: oms.orderConfirmed, match: reference } } } }
    done: ended
  ended: { final: true }
`);

  it('ends where its work ends', () => {
    expect(states['both/price/work']?.next.map(({ to }) => to)).to.deep.equal(['both/price/done']);
    expect(states['both/wait/work']?.done.map(({ to }) => to)).to.deep.equal(['both/wait/done']);
    expect(states['both/inner/work']?.done.map(({ to }) => to)).to.deep.equal(['both/inner/done']);
    expect(states['both/inner/work/one/work']).to.include({ kind: 'wait' });
  });

  it('ends by every outcome of its form, or by `done`', () => {
    expect(exits(states['both/answer/work'])).to.deep.equal([
      ['yes', 'both/answer/done-yes'],
      ['no', 'both/answer/done-no'],
    ]);
    expect(exits(states['both/look/work'])).to.deep.equal([['done', 'both/look/done']]);
  });

  it('ends by rules without a target, and may leave outwards', () => {
    expect(exits(states['both/own/work'])).to.deep.equal([
      ['yes', 'both/own/done-yes'],
      ['no', 'ended'],
    ]);
    const call = states['both/call/work'];
    expect(call?.done.map(({ to, set }) => [to, set.length])).to.deep.equal([
      ['both/call/done', 1],
    ]);
    expect(call?.failed.map(({ to }) => to)).to.deep.equal(['ended']);
  });

  it('has the milestone; region and work share the title', () => {
    expect(states['both/price']).to.include({ milestone: 'Priced', title: 'Pricing' });
    expect(states['both/price/work']).to.include({ title: 'Pricing' });
    expect(states['both/price/work']).not.to.have.property('milestone');
  });
});

describe('normalise: targets', () => {
  const states = statesOf(`
initial: outer
states:
  ended: { final: completed }
  outer:
    initial: second
    states:
      first: { next: ^ended }
      second:
        states:
          first: { next: ^first, after: { 2 weeks: ^other } }
          last: { next: ^ended }
        next: [{ when: true, to: second/last }, first]
    after: { 1 hour: outer/second/last, 3 months: { send: { message: reminder, to: starter.email } } }
  other: { next: outer/second }
`);

  it('finds siblings, states inside, and outer levels, the nearest first', () => {
    const next = (id: string) => states[id]?.next.map(({ to }) => to);
    expect(next('outer/first')).to.deep.equal(['ended']);
    expect(next('outer/second/first')).to.deep.equal(['outer/first']);
    expect(next('outer/second/last')).to.deep.equal(['ended']);
    expect(next('outer/second')).to.deep.equal(['outer/second/last', 'outer/first']);
    expect(next('other')).to.deep.equal(['outer/second']);
    expect(states['outer/second/first']?.after[0]?.rules[0]?.to).to.equal('other');
    expect(states['outer']?.after[0]?.rules[0]?.to).to.equal('outer/second/last');
  });

  it('begins in `initial`, else in the first state', () => {
    expect(states['']).to.include({ initial: 'outer' });
    expect(states['outer']).to.include({ initial: 'outer/second' });
    expect(states['outer/second']).to.include({ initial: 'outer/second/first' });
  });

  it('reads delays in one unit', () => {
    expect(states['outer']?.after.map(({ timing }) => timing)).to.deep.equal([
      { kind: 'span', span: { amount: 1, unit: 'hours' } },
      { kind: 'span', span: { amount: 3, unit: 'months' } },
    ]);
  });

  it('keeps literals beside expressions', () => {
    expect(states['outer/second']?.next[0]?.when).to.deep.include({
      source: 'true',
      literal: true,
    });
  });
});

describe('normalise: the rest', () => {
  const workflow = read(
    'states: { ended: { final: completed, entry: { set: { comment: reference } } } }',
  );

  it('keeps texts in several languages', () => {
    expect(workflow.title).to.deep.equal({ en: 'Small', de: 'Klein' });
    expect(workflow.messages[0]?.subject).to.deep.equal({ en: 'Still there', de: 'Noch da' });
  });

  it('names cases by their number where the author says nothing', () => {
    expect(workflow.reference).to.equal('{number}');
  });

  it('reads the kinds of start', () => {
    expect(workflow.starts.map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['online', 'form'],
      ['called', 'run'],
      ['known', 'form'],
    ]);
    expect(workflow.starts[0]?.set[0]?.value).to.deep.include({ literal: [1, 'x'] });
    expect(workflow.starts[1]).to.deep.include({ fields: ['quote'] });
    expect(workflow.starts[2]).to.deep.include({ audience: { kind: 'customer' } });
  });

  it('gives a form without fields one empty page', () => {
    expect(workflow.forms[1]?.pages.map(({ fields }) => fields)).to.deep.equal([[]]);
  });

  it('reads cells as texts, and leaves out as anything', () => {
    expect(
      workflow.decisions[0]?.rules.map(({ cells, results }) => [cells, results]),
    ).to.deep.equal([
      [
        ['5', 'true'],
        [1, 'a'],
      ],
      [
        ['-', '-'],
        [0, 'b'],
      ],
    ]);
  });
});

describe('normalise: inline types', () => {
  it('become schemas and types', () => {
    const text = `${HEAD.replace(
      'comment: { kind: text }',
      `comment: { kind: text }, price: { kind: decimal, minimum: 0, maximum: '9.99', default: '1.00' },
        many: { kind: list, maxLength: 3, of: { kind: object, fields: { on: { kind: date }, ok: { kind: yes/no } } } },
        level: { kind: one of, choices: [low, high], classification: confidential, title: { en: Level } },
        span: { kind: duration }, n: { kind: whole number, minimum: 1, default: 2 }, at: { kind: date-time }`,
    )}\nstates: { ended: { final: completed } }`;
    const source = { name: 'small', text, files: { 'reminder.hbs': 'Hello' } };
    const { workflow, problems } = readWorkflow(source, meridianCore);
    expect(problems).to.deep.equal([]);
    const field = (name: string) => workflow?.data.find((other) => other.name === name);
    expect(field('price')).to.deep.include({
      default: '1.00',
      schema: { type: 'string', format: 'decimal', 'x-minimum': 0, 'x-maximum': '9.99' },
    });
    expect(field('many')?.schema).to.deep.equal({
      type: 'array',
      maxItems: 3,
      items: {
        type: 'object',
        properties: { on: { type: 'string', format: 'date' }, ok: { type: 'boolean' } },
        additionalProperties: false,
      },
    });
    expect(field('level')).to.deep.include({ title: { en: 'Level' } });
    expect(field('level')?.schema).to.deep.equal({
      enum: ['low', 'high'],
      'x-classification': 'confidential',
    });
    expect(field('level')?.type.classification.level).to.equal('confidential');
    expect(['span', 'n', 'at'].map((name) => field(name)?.type.kind)).to.deep.equal([
      'duration',
      'whole number',
      'date-time',
    ]);
  });
});
