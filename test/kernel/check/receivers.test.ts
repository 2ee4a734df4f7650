import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { CoreView, RunnableView } from '../../../engine/kernel/core-view.ts';
import { applyEdits } from '../../../engine/kernel/definition/source-map.ts';
import { TEXT, objectOf } from '../../../engine/kernel/types/make-type.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

const HEAD = `workflow: sample
title: Sample
team: operations
core: 1
reference: S-{number}
data: { customer: Customer, quote: Quote, order: Order }
start: { online: { form: request, audience: public } }
forms: { request: { title: Request, fields: [{ field: customer.contactEmail, required: true }] } }
states:
`;

const PERSONAL = { level: 'internal', tags: ['personal'] } as const;

function check(states: string, core: CoreView = meridianCore) {
  const text = `${HEAD}${states}  ended: { final: completed }\n`;
  const { problems } = checkSource({ name: 'sample', text, files: {} }, core);
  return { text, problems, codes: problems.map(({ code }) => code) };
}

function withRunnable(runnable: Partial<RunnableView>, more: Partial<CoreView> = {}): CoreView {
  const view: RunnableView = {
    ...{ name: 'campaign', title: 'Campaign', team: 'marketing', outcomes: ['completed'] },
    input: objectOf({ email: { ...TEXT, classification: PERSONAL } }),
    output: objectOf({}),
    ...runnable,
  };
  const runnables = new Map([...meridianCore.runnables, [view.name, view]]);
  return { ...meridianCore, ...more, runnables };
}

describe('who receives a value', () => {
  const campaign = `  first:
    run: campaign
    with: { email: customer.contactEmail }
    done: ended
    failed: ended
`;
  const grants = meridianCore.grants.map((grant) => ({
    ...grant,
    operations: [...grant.operations, 'campaign'],
  }));

  it("needs a grant, and a clearance, where it is another team's workflow", () => {
    expect(check(campaign, withRunnable({})).codes).to.have.members([
      'not-granted',
      'too-sensitive',
    ]);
    expect(check(campaign, withRunnable({}, { grants })).codes).to.deep.equal(['too-sensitive']);
    const clearances = new Map([
      ...meridianCore.clearances,
      ['campaign', { upTo: 'internal', tags: ['personal'] }] as const,
    ]);
    expect(check(campaign, withRunnable({}, { grants, clearances })).codes).to.deep.equal([]);
  });

  it('needs neither within the same team', () => {
    expect(check(campaign, withRunnable({ team: 'operations' })).codes).to.deep.equal([]);
  });

  it('keeps what it is given in a field that is protected as well, whichever team it is of', () => {
    for (const team of ['operations', 'marketing']) {
      const clearances = new Map([
        ...meridianCore.clearances,
        ['campaign', { upTo: 'internal', tags: ['personal'] }] as const,
      ]);
      const core = withRunnable({ team, input: objectOf({ email: TEXT }) }, { grants, clearances });
      const [problem, ...others] = check(campaign, core).problems;
      expect(others).to.deep.equal([]);
      expect(problem?.code).to.equal('less-protected');
      expect(problem?.trace).to.deep.equal([
        ...['Customer.contactEmail', 'customer.contactEmail', 'email of campaign'],
      ]);
    }
  });

  it('may be a less protected field where the core releases exactly that', () => {
    const states = `  first: { next: { to: ended, set: { quote.poNumber: 'text(orElse(quote.discountPct, 0))' } } }\n`;
    const release = { field: 'Quote.poNumber', from: ['Quote.discountPct'], why: 'a test' };
    expect(check(states).codes).to.deep.equal(['less-protected']);
    expect(check(states, { ...meridianCore, releases: [release] }).codes).to.deep.equal([]);
    const other = { ...release, from: ['Quote.netTotal'] };
    expect(check(states, { ...meridianCore, releases: [other] }).codes).to.deep.equal([
      'less-protected',
    ]);
  });

  it('is warned of where a guard gives it away, or refused where IT wants that', () => {
    const states = `  first: { next: [{ when: customer.creditStatus == "ok", to: ended, set: { order.orderNo: reference } }, { to: ended }] }\n`;
    const [warned] = check(states).problems;
    expect([warned?.code, warned?.severity]).to.deep.equal(['tells-by-guard', 'warning']);
    expect(warned?.trace).to.deep.equal([
      ...['Customer.creditStatus', 'customer.creditStatus', '"order.orderNo" is set'],
    ]);
    const [refused] = check(states, { ...meridianCore, implicitFlows: 'error' }).problems;
    expect(refused).to.deep.equal({ ...warned, severity: 'error' });
  });

  it('compares a whole object field by field', () => {
    const states = `  first: { next: { to: ended, set: { order: order, quote: quote } } }\n`;
    expect(check(states).codes).to.deep.equal([]);
  });

  it('may, as a role, be shown the single fields that it has a right to', () => {
    const text = onlineQuote.text.replace(
      'title: Check {{reference}}',
      'title: Check {{quote.marginPct}}',
    );
    expect(checkSource({ ...onlineQuote, text }, meridianCore).problems).to.deep.equal([]);
    const core = { ...meridianCore, fieldRights: [] };
    const problems = checkSource({ ...onlineQuote, text }, core).problems.map(
      ({ code, trace }) => `${code} ${trace?.at(-1) ?? ''}`,
    );
    expect(problems).to.include('too-sensitive the role "sales-rep"');
  });
});

describe('the inputs of work', () => {
  it('are corrected by the fix for a name that is nearly right', () => {
    const { text, problems } = check(`  first:
    call: oms.findCustomer
    with: { emial: customer.contactEmail, legalName: '"Ada"' }
    done: ended
`);
    const fix = problems.find(({ code }) => code === 'unknown-input')?.fix;
    expect(fix?.title).to.equal('Write "email"');
    const fixed = fix === undefined ? text : applyEdits(text, fix);
    expect(
      checkSource({ name: 'sample', text: fixed, files: {} }, meridianCore).problems,
    ).to.deep.equal([]);
  });

  it('may come from one of several messages', () => {
    const waits = (save: string) => `  first:
    wait: { messages: [oms.orderConfirmed, oms.orderRejected], match: '"Q-1"' }
    save: { ${save} }
    done: ended
`;
    const granted = meridianCore.grants.map((grant) => ({
      ...grant,
      messages: ['oms.orderConfirmed', 'oms.orderRejected'],
    }));
    const core = { ...meridianCore, grants: granted };
    expect(check(waits('quote.poNumber: message.quoteNo'), core).codes).to.deep.equal([]);
    expect(check(waits('quote.poNumber: message.name'), core).codes).to.deep.equal([]);
    const guarded = (name: string) =>
      check(
        waits('quote.poNumber: message.name').replace(
          'done: ended',
          `done: [{ when: 'message.name == "${name}" && message.promisedDate > today()', to: ended }, ended]`,
        ),
        core,
      ).codes;
    expect(guarded('oms.orderConfirmed')).to.deep.equal([]);
    expect(guarded('oms.orderRejected')).to.deep.equal(['may-be-empty']);
    expect(check(waits('order.promisedDate: message.promisedDate'), core).codes).to.deep.equal([]);
    expect(check(waits('quote.poNumber: message.price'), core).codes).to.deep.equal([
      'unknown-field',
    ]);
  });
});
