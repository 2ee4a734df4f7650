import { expect } from 'chai';
import { chartOf, flatten } from '../../../server/views/statechart/chart.ts';
import type { Chart } from '../../../server/views/statechart/chart.ts';
import { edgeLabel } from '../../../server/views/statechart/edge-label.ts';
import { chartRows } from '../../../server/views/statechart/rows.ts';
import { onlineQuoteWorkflow, withEverywhere, workflowWith } from './sample-workflow.ts';

const NOWHERE = { current: [], visited: [] };

describe('what a statechart shows', () => {
  const chart = chartOf(onlineQuoteWorkflow(), 'Online quote');

  it('has a node for each state, with its work in words', () => {
    expect(node(chart, 'matching')).to.include({ kind: 'call', caption: 'Calls oms.findCustomer' });
    expect(node(chart, 'offered')).to.include({ kind: 'ask', name: 'Waiting for your answer' });
    expect(node(chart, 'ordered')).to.include({ kind: 'final', caption: 'End: completed' });
    expect(node(chart, 'declined').caption, 'an end named like its outcome').to.equal('End');
    expect(node(chart, 'evaluating/pricing/by-hand').caption).to.equal('Task for sales rep');
  });

  it('uses the name of a state whose title is filled in for one case', () => {
    expect(node(chart, 'rep-review').name).to.equal('Rep review');
  });

  it('draws a region that was written as one piece of work as that work', () => {
    const stock = node(chart, 'evaluating/stock');
    expect(stock).to.include({ kind: 'call', caption: 'Calls oms.reserveStock' });
    expect(stock.children).to.deep.equal([]);
    expect(flatten(chart.nodes).map(({ id }) => id)).not.to.include('evaluating/stock/work');
  });

  it('draws a group that its author wrote out as a group', () => {
    const written = chartOf(
      workflowWith(
        'group: { states: { work: { task: { assign: { role: sales-rep }, form: ask }, on: { yes: done, no: done } }, done: { final: true } }, done: over }\nover: { final: over }',
      ),
      'x',
    );
    expect(node(written, 'group').children.map(({ id }) => id)).to.deep.equal([
      'group/work',
      'group/done',
    ]);
  });

  it('notes what belongs to a state beside its work', () => {
    const sample = chartOf(
      workflowWith(`
waiting:
  parallel:
    first:
      when: count > 3
      task: { assign: { role: sales-rep }, form: ask }
      forEach: { item: l, in: lines, mode: sequence, until: 'results.exists(r, r.outcome == "no")' }
    second: { task: { assign: { role: sales-rep }, form: ask } }
  join: 1
  done: over
over: { final: over }`),
      'x',
    );
    expect(node(sample, 'waiting').notes).to.deep.equal(['until one is done']);
    expect(node(sample, 'waiting/first').notes).to.deep.equal([
      'for each of lines',
      'one after another',
      'until results.exists(r, r.outcome == "no")',
      'only if count > 3',
    ]);
    expect(node(chart, 'evaluating/stock').notes).to.deep.equal([
      'taken back by oms.releaseReservation',
    ]);
    const rows = chartRows(chart, NOWHERE).map(({ kind }) => kind);
    expect(rows).to.include('Calls oms.reserveStock, taken back by oms.releaseReservation');
  });

  it('makes one arrow of all ways from one state to another', () => {
    const sample = chartOf(
      workflowWith(
        'asking: { task: { assign: { role: sales-rep }, form: ask }, on: { yes: over, no: over }, after: { 1 days: over } }\nover: { final: over }',
      ),
      'x',
    );
    expect(sample.edges).to.have.length(1);
    expect(lines(sample, 'asking', 'over')).to.deep.equal(['Yes please', 'No', 'After 1 day']);
  });

  it('says nothing on an arrow that simply follows', () => {
    expect(lines(chart, 'matching', 'evaluating')).to.deep.equal([]);
  });

  it('shortens a long guard, and keeps the whole of it as a hint', () => {
    const edge = edgeOf(chart, 'deciding', 'rep-review');
    expect(lines(chart, 'deciding', 'rep-review')).to.deep.equal([
      'If quote.discountPct > 10 || …',
    ]);
    expect(edgeLabel(edge)?.hint).to.equal('quote.discountPct > 10 || quote.netTotal > 25000');
    expect(lines(chart, 'deciding', 'offered')).to.deep.equal(['Otherwise']);
  });

  it('keeps a short guard as it is', () => {
    const sample = chartOf(
      workflowWith(
        'asking: { next: [{ when: count > 3, to: one }, { to: two }] }\none: { final: one }\ntwo: { final: two }',
      ),
      'x',
    );
    expect(lines(sample, 'asking', 'one')).to.deep.equal(['If count > 3']);
    expect(edgeLabel(edgeOf(sample, 'asking', 'one'))).not.to.have.property('hint');
  });

  it('marks what takes back', () => {
    const undone = edgeOf(chart, 'rep-review', 'declined');
    expect(edgeLabel(undone)?.lines).to.deep.equal([{ text: 'Reject', undo: true }]);
    expect(edgeLabel(undone)?.hint).to.contain('taken back');
  });

  it('leaves out of the picture a transition that stays, and tells it in words', () => {
    expect(chart.edges.some(({ from, to }) => from === to)).to.equal(false);
    const row = chartRows(chart, NOWHERE).find(({ state }) => state === 'Waiting for your answer');
    expect(row?.leadsTo).to.deep.equal([
      'Accept: Ordering',
      'Ask for a change: Evaluating, taking back what was done',
      'No thank you: Declined, taking back what was done',
      'After 3 days: stays here',
      'After 14 days: Expired, taking back what was done',
    ]);
  });

  it('tells the whole guard, and where inside a group a state lies, in words', () => {
    const rows = chartRows(chart, NOWHERE);
    expect(rows.find(({ state }) => state === 'Deciding')?.leadsTo[0]).to.equal(
      'If quote.discountPct > 10 || … (quote.discountPct > 10 || quote.netTotal > 25000): Rep review',
    );
    expect(rows.map(({ state }) => state)).to.include('Evaluating › Pricing › By hand');
    expect(rows.every((row) => row.mark === undefined)).to.equal(true);
  });

  it('says where a case is, has been, and has ended', () => {
    const rows = chartRows(chart, {
      current: ['evaluating/pricing/by-hand', 'evaluating/stock/done'],
      visited: ['matching', 'evaluating/pricing/asking', 'evaluating/stock/work'],
    });
    const marks = Object.fromEntries(rows.map(({ state, mark }) => [state, mark]));
    expect(marks['Matching']).to.equal('Done');
    expect(marks['Evaluating']).to.equal('Now');
    expect(marks['Evaluating › Pricing › By hand']).to.equal('Now');
    expect(marks['Evaluating › Stock'], 'finished, waiting for pricing').to.equal('Done');
    expect(marks['Ordered']).to.equal(undefined);
    const ended = chartRows(chart, { current: ['ordered'], visited: [] });
    expect(ended.find(({ state }) => state === 'Ordered')?.mark).to.equal('Reached');
  });

  it('tells what holds in every state in a row of its own', () => {
    const everywhere = chartOf(withEverywhere(onlineQuoteWorkflow()), 'x');
    expect(chartRows(everywhere, NOWHERE).at(-1)).to.deep.equal({
      state: 'In every state',
      kind: 'The whole workflow',
      leadsTo: ['After 24 hours: Order desk'],
    });
  });
});

function node(chart: Chart, id: string): Chart['nodes'][number] {
  const found = flatten(chart.nodes).find((other) => other.id === id);
  if (found === undefined) throw new Error(`There is no node ${id}.`);
  return found;
}

function edgeOf(chart: Chart, from: string, to: string): Chart['edges'][number] {
  const found = chart.edges.find((edge) => edge.from === from && edge.to === to);
  if (found === undefined) throw new Error(`There is no arrow from ${from} to ${to}.`);
  return found;
}

function lines(chart: Chart, from: string, to: string): readonly string[] {
  return (edgeLabel(edgeOf(chart, from, to))?.lines ?? []).map(({ text }) => text);
}
