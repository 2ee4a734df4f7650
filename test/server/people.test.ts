import { expect } from 'chai';
import { visitorsOf } from './actors.ts';
import { LARGE, SMALL, askForPrice, openTaskOf, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('people who are away, manage others, or leave', () => {
  const running = useHost();
  let administrator: Visitor;
  let reference: string;
  let address: string;

  before('bring a case to its review', async function () {
    this.timeout(60_000);
    administrator = (await visitorsOf(running(), await askForPrice(running(), SMALL)))
      .administrator;
    reference = await askForPrice(running(), LARGE);
    address = `/tasks/${encodeURIComponent((await openTaskOf(running(), reference)).id)}`;
  });

  async function idOf(email: string): Promise<string> {
    return (await running().host.store.accounts.byEmail(email))?.id ?? '';
  }

  it('a substitute finds the tasks of whoever is away, and takes them', async () => {
    const { accounts } = running().host.store;
    const [rita, olek] = [await idOf('rita@meridian.example'), await idOf('olek@meridian.example')];
    const reps = await signedIn(running(), 'rita@meridian.example');
    const desk = await signedIn(running(), 'olek@meridian.example');
    expect((await reps.post(`${address}/claim`)).location).to.equal(address);
    expect((await desk.get(address)).status).to.equal(403);
    await accounts.change(rita, {
      away: { from: '2000-01-01', until: '2999-01-01', substitute: olek },
    });
    expect((await desk.get('/inbox')).text)
      .to.contain(reference)
      .and.to.contain('who is away');
    expect((await desk.get(address)).text).to.contain('you stand in');
    expect((await desk.post(`${address}/claim`)).location).to.equal(address);
    expect((await desk.get(address)).text).to.contain('Give it back to whoever handed it on');
    expect((await reps.post(`${address}/claim`)).status).to.equal(409);
    await desk.post(`${address}/release`);
    expect((await openTaskOf(running(), reference)).assignee).to.equal(rita);
    await accounts.change(rita, { away: null });
  });

  it('a manager sees and reassigns the tasks of the roles that the core names', async () => {
    const hana = await signedIn(running(), 'hana@meridian.example');
    const olek = await signedIn(running(), 'olek@meridian.example');
    expect((await olek.get('/inbox/managed')).status).to.equal(403);
    expect((await hana.get('/inbox/managed')).text).to.contain(reference);
    expect((await hana.get(`${address}/reassign`)).status).to.equal(200);
    const to = await idOf('sam@meridian.example');
    await hana.post(`${address}/reassign`, [
      ['to', to],
      ['reason', 'Rita is busy.'],
    ]);
    expect((await openTaskOf(running(), reference)).assignee).to.equal(to);
  });

  it('somebody who leaves can do nothing any more, and their work goes back', async () => {
    const id = await idOf('sam@meridian.example');
    const sam = await signedIn(running(), 'sam@meridian.example');
    expect((await administrator.get('/people')).text).to.contain('Sam Seller');
    const page = `/people/${id}/leave`;
    expect((await administrator.get(page)).text).to.contain('Sam Seller has left');
    expect((await administrator.post(page, [['reason', '']])).status).to.equal(422);
    const wrong = [
      ['to', id],
      ['reason', 'A new job'],
    ] as const;
    expect((await administrator.post(page, wrong)).status).to.equal(422);
    const done = await administrator.post(page, [['reason', 'A new job']]);
    expect(done.text).to.contain('Tasks given back: 1.');
    expect(await openTaskOf(running(), reference)).not.to.have.property('assignee');
    expect((await sam.get('/inbox')).location).to.contain('/sign-in');
    expect((await administrator.get('/people')).text).to.contain('left on');
    expect((await administrator.get(`/people/${id}/return`)).status).to.equal(200);
    expect((await administrator.post(`/people/${id}/return`)).location).to.equal('/people');
    expect((await running().host.store.accounts.byId(id))?.leftAt).to.equal(undefined);
    expect((await administrator.get('/people/nobody/leave')).status).to.equal(404);
  });
});
