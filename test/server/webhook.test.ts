import { expect } from 'chai';
import { SMALL, accept, askForPrice, caseOf, openLink, outcomeOf } from './quote-journey.ts';
import { tellHost } from './signed-message.ts';
import { storedBy } from './stored.ts';
import { useHost } from './with-host.ts';

describe('a message from order management', () => {
  const running = useHost();

  it('is taken once, however often it is told, and ends the wait of its case', async () => {
    const { demo, rest } = running();
    demo.faults.set('oms.orderConfirmed', { kind: 'hang' });
    const reference = await askForPrice(running(), SMALL);
    await accept(await openLink(running(), reference), 'PO-5');
    await rest();
    expect(await caseOf(running(), reference)).to.deep.include({
      states: ['awaiting-confirmation'],
    });
    const body = JSON.stringify({ quoteNo: reference, promisedDate: '2027-03-20' });
    const first = await tellHost(running(), 'orderConfirmed', body);
    expect(first.status).to.equal(202);
    expect(await outcomeOf(running(), reference)).to.equal('completed');
    const { id } = await caseOf(running(), reference);
    const { data } = await running().host.engine.look(id);
    expect(data).to.have.nested.property('order.promisedDate', '2027-03-20');

    const before = await storedBy(running());
    const again = await tellHost(running(), 'orderConfirmed', body);
    expect(again.status).to.equal(202);
    await rest();
    expect(await storedBy(running())).to.deep.equal(before);
  }).timeout(30_000);

  it('is kept for a case that comes to wait for it later', async () => {
    const { demo, rest } = running();
    demo.faults.set('oms.orderConfirmed', { kind: 'hang' });
    const reference = await askForPrice(running(), SMALL);
    const body = JSON.stringify({ quoteNo: reference, promisedDate: '2027-03-21' });
    expect((await tellHost(running(), 'orderConfirmed', body, { id: 'msg_2' })).status).to.equal(
      202,
    );
    await rest();
    expect(await caseOf(running(), reference)).to.deep.include({ states: ['offered'] });
    await accept(await openLink(running(), reference), 'PO-6');
    expect(await outcomeOf(running(), reference)).to.equal('completed');
  }).timeout(30_000);
});
