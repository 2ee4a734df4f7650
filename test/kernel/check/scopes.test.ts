import { expect } from 'chai';
import { isQuestion } from '../../../engine/kernel/expressions/state-questions.ts';
import { scopeOf } from '../../../engine/kernel/check/scopes.ts';
import { statechartOf } from '../../../engine/kernel/check/statechart.ts';
import type { State } from '../../../engine/kernel/definition/state.ts';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import { fieldOf } from '../../../engine/kernel/types/make-type.ts';
import type { ValueType } from '../../../engine/kernel/types/value-type.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

const { workflow } = readWorkflow(onlineQuote, meridianCore);
if (workflow === undefined) throw new Error('online-quote cannot be read');
const scopes = scopeOf(workflow, meridianCore);
const chart = statechartOf(workflow);
const DATA = ['comment', 'customer', 'lines', 'order', 'quote', 'reference', 'starter'];

function state(id: string): State {
  const found = chart.states.get(id);
  if (found === undefined) throw new Error(`no state ${id}`);
  return found;
}

/** What a place names beside the case's data. */
function added(variables: Readonly<Record<string, ValueType>>): readonly string[] {
  const names = Object.keys(variables).filter((name) => !isQuestion(name));
  expect(names).to.include.members(DATA);
  return names.filter((name) => !DATA.includes(name)).sort();
}

describe('the names in scope', () => {
  it('are the data, the starter and the reference everywhere', () => {
    expect(added(scopes.case)).to.deep.equal([]);
  });

  it('are the very same wherever a place has none of its own', () => {
    const offered = state('offered');
    expect(scopes.begun(offered)).to.equal(scopes.case);
    expect(scopes.done(offered)).to.equal(scopes.case);
    expect(scopes.outcome(offered, 'accept')).to.equal(scopes.outcome(offered, 'accept'));
    expect(scopes.outcome(offered, 'accept')).not.to.equal(scopes.outcome(offered, 'change'));
  });

  it('have the result of a call, a child case or a decision', () => {
    for (const id of ['matching', 'ordering', 'deciding']) {
      expect(added(scopes.work(state(id))), id).to.deep.equal(['result']);
    }
    expect(added(scopes.done(state('matching')))).to.deep.equal(['result']);
    expect(added(scopes.done(state('ordering')))).to.deep.equal(['outcome', 'result']);
  });

  it('have the error where work failed, and no result', () => {
    const failed = scopes.failed(state('ordering'));
    expect(added(failed)).to.deep.equal(['error']);
    expect(
      Object.keys(failed['error']?.kind === 'object' ? failed['error'].fields : {}),
    ).to.have.members(['code', 'message']);
  });

  it('have the message that came, with its name', () => {
    const { message } = scopes.work(state('awaiting-confirmation'));
    expect(message && fieldOf(message, 'promisedDate')?.kind).to.equal('date');
    expect(message && fieldOf(message, 'name')).to.deep.include({
      choices: ['oms.orderConfirmed'],
    });
  });

  it('have form, outcome and actor where a person has finished', () => {
    const rejected = scopes.outcome(state('rep-review'), 'reject');
    expect(added(rejected)).to.deep.equal(['actor', 'form', 'outcome']);
    expect(rejected['outcome']).to.deep.include({ literal: 'reject' });
    const { form } = rejected;
    expect(form && fieldOf(form, 'note')).to.deep.include({ kind: 'text', mayBeEmpty: true });
  });

  it('have the outcomes of a form that several states share', () => {
    const review = workflow.forms.find(({ name }) => name === 'review');
    const outcome = review && scopes.form(review)['outcome'];
    expect(outcome).to.deep.include({ choices: ['approve', 'reject', 'retry', 'give-up'] });
  });

  it('make the result of a decision as sensitive as what it was decided on', () => {
    const { result } = scopes.work(state('deciding'));
    expect(result && fieldOf(result, 'pct')?.classification.level).to.equal('internal');
  });

  it('have the form of a start', () => {
    const [start] = workflow.starts;
    expect(start && added(scopes.start(start))).to.deep.equal(['form']);
  });
});
