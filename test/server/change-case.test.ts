import { expect } from 'chai';
import { visitorsOf } from './actors.ts';
import { LARGE, SMALL, askForPrice, caseOf } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('changing a case on its pages', () => {
  const running = useHost();
  let operator: Visitor;
  let reference: string;
  let address: string;

  before('bring a case to its review', async function () {
    this.timeout(60_000);
    const offered = await askForPrice(running(), SMALL);
    operator = (await visitorsOf(running(), offered)).operator;
    reference = await askForPrice(running(), LARGE);
    address = `/cases/${(await caseOf(running(), reference)).id}`;
  });

  it('says what it comes to, wants a reason, and is done then', async () => {
    const asked = await operator.get(`${address}/change/suspend`);
    expect(asked.text).to.contain(`Suspend ${reference}`).and.to.contain('Why?');
    const refused = await operator.post(`${address}/change/suspend`, [['reason', ' ']]);
    expect(refused.status).to.equal(422);
    const done = await operator.post(`${address}/change/suspend`, [['reason', 'Wait.']]);
    expect(done.location).to.equal(address);
    const page = await operator.get(address);
    expect(page.text).to.contain('Suspended the case').and.to.contain('Let it go on');
    const again = await operator.get(`${address}/change/suspend`);
    expect(again.text).to.contain('The case is suspended already.');
    const twice = await operator.post(`${address}/change/suspend`, [['reason', 'Wait.']]);
    expect(twice.status).to.equal(409);
    await operator.post(`${address}/change/resume`, [['reason', 'Enough.']]);
    expect((await caseOf(running(), reference)).status).to.equal('active');
  });

  it('is entered, shown and confirmed where its data or its place change', async () => {
    const page = await operator.get(`${address}/modify`);
    expect(page.text).to.contain('Skip “Rep review” with “Approve”');
    const move = JSON.stringify(['move', 'rep-review']);
    const entered = [
      ['work', move],
      ['to', 'declined'],
      ['field:quote.discountPct', '101'],
      ['field:comment', ' '],
      ['reason', 'They called.'],
    ] as const;
    const wrong = await operator.post(`${address}/modify`, entered);
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('href="#field-quote-discountPct"');
    const right = entered.map(([name, value]) => [name, value === '101' ? '5' : value] as const);
    const shown = await operator.post(`${address}/modify`, right);
    expect(shown.text).to.contain('“Quote: Discount pct” becomes “5”; it was “15”.');
    expect(shown.text).not.to.contain('“Comment” is emptied');
    expect(shown.text).to.contain('The case ends as “Declined”.');
    expect((await caseOf(running(), reference)).states).to.deep.equal(['rep-review']);
    const done = await operator.post(`${address}/modify`, [...right, ['confirmed', 'yes']]);
    expect(done.location).to.equal(address);
    expect(await caseOf(running(), reference)).to.include({ outcome: 'declined' });
    expect((await operator.get(`${address}/modify`)).status).to.equal(200);
    for (const nonsense of ['[1', '{}', '["repeat","constructor"]']) {
      const answer = await operator.post(`${address}/modify`, [['work', nonsense]]);
      expect(answer.status).to.equal(422);
    }
  });

  it('changes the entries of a list by rows', async () => {
    const other = await askForPrice(running(), LARGE);
    const { id } = await caseOf(running(), other);
    const path = `/cases/${id}/modify`;
    const page = await operator.get(path);
    expect(page.text)
      .to.contain('Entry 1')
      .and.to.contain('Another entry')
      .and.to.contain('name="row:lines/0/sku"');
    expect(page.text).not.to.contain('Written as JSON');
    const row = (index: number, sku: string, qty: string) =>
      [
        [`row:lines/${String(index)}/sku`, sku],
        [`row:lines/${String(index)}/qty`, qty],
      ] as const;
    const reason = ['reason', 'They called.'] as const;
    const wrong = await operator.post(path, [...row(0, '', ''), ...row(1, 'B2', 'many'), reason]);
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('href="#field-lines-0-qty"').and.to.contain('value="many"');
    const right = [...row(0, '', ''), ...row(1, 'B2', '7'), ...row(2, 'C3', '1'), reason];
    const shown = await operator.post(path, right);
    expect(shown.text).to.contain('“Lines” becomes “B2, 7; C3, 1”');
    const hidden = [
      ...shown.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu),
    ];
    const again = hidden.map(([, name = '', value = '']) => {
      return [name, value.replaceAll('&quot;', '"')] as const;
    });
    const done = await operator.post(path, [...again, reason]);
    expect(done.location).to.equal(`/cases/${id}`);
    expect((await running().host.engine.look(id)).data['lines']).to.deep.equal([
      { sku: 'B2', qty: 7 },
      { sku: 'C3', qty: 1 },
    ]);
  });

  it('moves a time limit, with a reason', async () => {
    const other = await askForPrice(running(), SMALL);
    const { id } = await caseOf(running(), other);
    const page = await operator.get(`/cases/${id}`);
    expect(page.text).to.contain('Time limits').and.to.contain('After 14 days');
    const [, href = ''] = /href="([^"]*\/timers\/1[^"]*)"/u.exec(page.text) ?? [];
    const move = href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    expect((await operator.get(move)).text).to.contain('At present it is up on');
    const send = (to: string, reason: string) =>
      operator.post(move, [
        ['to', to],
        ['reason', reason],
      ]);
    expect((await send('soon', 'They asked.')).status).to.equal(422);
    expect((await send('2001-01-01 10:00', 'They asked.')).status).to.equal(422);
    expect((await send('2099-01-01 10:00', '')).status).to.equal(422);
    expect((await send('2099-01-01 10:00', 'They asked.')).location).to.equal(`/cases/${id}`);
    const after = await operator.get(`/cases/${id}`);
    expect(after.text).to.contain('1 January 2099, 10:00').and.to.contain('Moved a time limit of');
    const gone = await operator.get(move.replace('visit=1', 'visit=9'));
    expect(gone.text).to.contain('This time limit is not running.');
  });

  it('calls a case off, and shows first what is taken back', async () => {
    const other = await askForPrice(running(), LARGE);
    const { id } = await caseOf(running(), other);
    const asked = await operator.get(`/cases/${id}/change/cancel`);
    expect(asked.text).to.contain('is taken back by oms.releaseReservation');
    const fields = [
      ['way', 'undo'],
      ['reason', 'They called.'],
    ] as const;
    await operator.post(`/cases/${id}/change/cancel`, fields);
    await running().rest();
    expect(await caseOf(running(), other)).to.include({ outcome: 'called off' });
    expect((await operator.get(`/cases/${id}/change/nonsense`)).status).to.equal(404);
  });
});
