import { expect } from 'chai';
import { visitorsOf } from './actors.ts';
import { LARGE, SMALL, askForPrice, caseOf } from './quote-journey.ts';
import type { Answer, Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('operations on many cases, on their pages', () => {
  const running = useHost();
  let operator: Visitor;
  let references: readonly string[];
  let ids: readonly string[];

  before('bring cases to their review', async function () {
    this.timeout(60_000);
    const offered = await askForPrice(running(), SMALL);
    operator = (await visitorsOf(running(), offered)).operator;
    references = [await askForPrice(running(), LARGE), await askForPrice(running(), LARGE)];
    ids = await Promise.all(
      references.map(async (reference) => (await caseOf(running(), reference)).id),
    );
  });

  /** Lets what is under way come to its end, and answers the page of an operation. */
  const pageOf = async ({ location }: Answer): Promise<Answer> => {
    await running().rest();
    return operator.get(location);
  };

  it('are chosen in the list, shown, started with a reason, and taken back', async () => {
    const list = await operator.get('/cases');
    expect(list.text)
      .to.contain(`value="${ids[0] ?? ''}"`)
      .and.to.contain('Call them off as');
    const ticked = ids.map((id) => ['case', id] as const);
    const asked = await operator.post('/operations', [...ticked, ['change', 'suspend']]);
    const { location } = asked;
    const shown = await pageOf(asked);
    expect(shown.text).to.contain('Suspend 2 cases').and.to.contain('It is suspended.');
    expect(shown.text).to.contain('At “Rep review”, version 1');
    expect((await caseOf(running(), references[0] ?? '')).status).to.equal('active');
    const refused = await operator.post(`${location}/start`, [['reason', '']]);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('<title>Error: Suspend cases');
    const started = await operator.post(`${location}/start`, [['reason', 'Stocktaking']]);
    expect((await pageOf(started)).text).to.contain('2 of 2 cases');
    for (const reference of references) {
      expect((await caseOf(running(), reference)).status).to.equal('suspended');
    }
    const page = await operator.get(`/cases/${ids[0] ?? ''}`);
    expect(page.text).to.contain('Stocktaking').and.to.contain(`href="${location}"`);
    expect((await operator.post(`${location}/start`, [['reason', 'x']])).status).to.equal(409);
    const undo = await operator.post(`${location}/undo`);
    expect((await pageOf(undo)).text).to.contain('Let 2 cases go on');
    await operator.post(`${undo.location}/start`, [['reason', 'Done counting']]);
    await running().rest();
    expect((await caseOf(running(), references[0] ?? '')).status).to.equal('active');
    expect((await operator.get('/operations')).text).to.contain('Done counting');
  });

  it('take all that fit the filters, and say why some cannot be changed', async () => {
    const all = [
      ['scope', 'all'],
      ['workflow', 'online-quote'],
      ['change', 'resume'],
    ] as const;
    const shown = await pageOf(await operator.post('/operations', all));
    expect(shown.text).to.contain('The case is not suspended.');
    expect(shown.text).to.contain('no case to which this could be done');
    const stopped = await operator.post('/operations');
    expect(stopped.status).to.equal(400);
    const none = await operator.post('/operations', [['change', 'suspend']]);
    expect(none.status).to.equal(422);
    expect((await operator.get('/operations/unknown')).status).to.equal(404);
  });

  it('change what cases carry, held against the types of its fields', async () => {
    const chosen = [...ids.map((id) => ['case', id] as const), ['change', 'modify'] as const];
    const asked = await operator.post('/operations', chosen);
    expect(asked.status).to.equal(200);
    expect(asked.text).to.contain('Change cases of Online quote');
    const change = (value: string) =>
      operator.post('/operations/modify', [...chosen, ['field:quote.discountPct', value]]);
    expect((await change('101')).text).to.contain('href="#field-quote-discountPct"');
    expect((await change('')).text).to.contain('Say what is to be changed.');
    const shown = await change('3');
    expect((await pageOf(shown)).text).to.contain('Change 2 cases');
    await operator.post(`${shown.location}/start`, [['reason', 'As agreed']]);
    await running().rest();
    const { data } = await running().host.engine.look(ids[0] ?? '');
    expect(data['quote']).to.include({ discountPct: 3 });
    const emptied = [['empty', 'quote.discountPct'] as const, ['empty', 'lines'] as const];
    const both = await operator.post('/operations/modify', [
      ...[...chosen, ...emptied],
      ['field:quote.discountPct', '4'],
    ]);
    expect(both.status).to.equal(422);
    expect(both.text).to.contain('not both').and.to.contain('value="lines" checked');
    const empty = await operator.post('/operations/modify', [...chosen, ...emptied]);
    await pageOf(empty);
    await operator.post(`${empty.location}/start`, [['reason', 'Begun anew']]);
    await running().rest();
    const after = (await running().host.engine.look(ids[0] ?? '')).data;
    expect(after['lines']).to.deep.equal([]);
    expect(after['quote']).not.to.have.property('discountPct', 3);
    const all = [['scope', 'all'] as const, ['change', 'modify'] as const];
    expect((await operator.post('/operations', all)).status).to.equal(422);
  });

  it('fill a field of a type where it is empty, and take it out again', async () => {
    const { engine, store } = running().host;
    const fill = { type: 'Quote', field: 'poNumber', set: '"<none>"' };
    const location = `/operations/${await engine.bulk.prepare({
      change: { kind: 'backfill', ...fill },
      selection: { kind: 'cases', ids },
      actor: { kind: 'staff', id: 'ian', name: 'Ian Core' },
    })}`;
    const look = async (): Promise<string> => (await pageOf({ location } as Answer)).text;
    const shown = await look();
    expect(shown).to.contain('Fill Quote.poNumber').and.to.contain('Fill it in 2 cases');
    expect(shown).to.contain('1 empty place filled').and.not.to.contain('<none>');
    await operator.post(`${location}/start`, [['reason', 'Every quote has one']]);
    expect(await look()).to.contain('Take out again what was filled');
    const quote = async (): Promise<unknown> => (await engine.look(ids[0] ?? '')).data['quote'];
    expect(await quote()).to.include({ poNumber: '<none>' });
    const undo = await operator.post(`${location}/undo`);
    expect((await pageOf(undo)).text).to.contain('Take it out of 2 cases');
    await operator.post(`${undo.location}/start`, [['reason', 'Not these']]);
    await running().rest();
    expect(await quote()).not.to.have.property('poNumber');
    const { rows } = await store.bulk.operations(undefined, 1);
    expect(rows[0]).to.include({ status: 'done' });
  });

  it('are shown anew by themselves while they are under way, and then no more', async () => {
    const change = [...ids.map((id) => ['case', id] as const), ['change', 'suspend'] as const];
    const asked = await operator.post('/operations', change);
    const over = await pageOf(asked);
    expect(over.headers['refresh']).to.equal(undefined);
    const { store } = running().host;
    const id = asked.location.split('/').at(-1) ?? '';
    const operation = await store.bulk.operation(id);
    if (operation === undefined) throw new Error('There is no operation.');
    await store.bulk.move(operation, { status: 'running', changedAt: 0 });
    const meanwhile = await operator.get(asked.location);
    expect(meanwhile.headers['refresh']).to.equal('5');
    await operator.post(`${asked.location}/stop`);
  });

  it('are chosen among the cases that are late', async () => {
    const page = await operator.get('/cases?status=late');
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('No case fits.').and.to.contain('value="late" selected');
    expect((await operator.get('/cases?status=early')).status).to.equal(400);
    const none = await operator.post('/operations', [
      ...([['scope', 'all'] as const, ['status', 'late'] as const] as const),
      ['change', 'suspend'],
    ]);
    expect((await pageOf(none)).text).to.contain('no case to which this could be done');
  });

  it('are not offered where only finished cases are shown', async () => {
    const offered = /See what would happen/u;
    expect((await operator.get('/cases?status=active')).text).to.match(offered);
    for (const status of ['finished', 'archived']) {
      expect((await operator.get(`/cases?status=${status}`)).text).not.to.match(offered);
    }
  });

  it('prepare a migration, with a mapping for states that changed', async () => {
    const page = await operator.get('/workflows/online-quote/migrate?to=1');
    expect(page.text).to.contain('No state in which a case may be has changed');
    const asked = await operator.post('/workflows/online-quote/migrate', [
      ['to', '1'],
      ['from', ''],
      ['map:rep-review', 'offered'],
    ]);
    const shown = await pageOf(asked);
    expect(shown.text).to.contain('Take cases to version 1');
    expect(shown.text).to.contain('href="/workflows/online-quote/migrate?to');
    expect((await operator.post(`${asked.location}/stop`)).location).to.equal(asked.location);
    expect((await operator.get(asked.location)).text).to.contain('Stopped');
    expect((await operator.get('/workflows/online-quote/migrate?to=x')).status).to.equal(400);
    expect((await operator.get('/workflows/nowhere/migrate')).status).to.equal(404);
  });
});
