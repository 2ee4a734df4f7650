import { expect } from 'chai';
import { signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('the page of the audit', function () {
  this.timeout(60_000);
  const running = useHost();
  let keeper: Visitor;
  before(async () => {
    keeper = await signedIn(running(), 'ian@meridian.example');
  });

  it('shows what was done to the core, and finds it by what and by whom', async () => {
    const all = (await keeper.get('/it/audit')).text;
    expect(all).to.contain('released').and.to.contain('published');
    const released = (await keeper.get('/it/audit?kind=releas')).text;
    expect(released).to.contain('1 released').and.not.to.contain('published</span>');
    expect((await keeper.get('/it/audit?actor=nobody')).text).to.contain('No act fits.');
    expect((await keeper.get('/it/audit?from=x')).status).to.equal(200);
    expect((await keeper.get('/it/audit?from=1')).text).to.not.contain('published</span>');
  });

  it('finds what was done by the days of the company, and by what it names', async () => {
    const find = async (query: string): Promise<string> =>
      (await keeper.get(`/it/audit?${query}`)).text;
    expect(await find('since=2027-03-01&until=2027-03-01')).to.contain('released');
    expect(await find('until=2027-02-28')).to.contain('No act fits.');
    expect(await find('since=2027-03-02')).to.contain('No act fits.');
    const quote = await find('about=online-QUOTE');
    expect(quote).to.contain('workflow: online-quote').and.not.to.contain('released</span>');
    expect(quote).to.contain('value="online-QUOTE"');
    for (const day of ['2027-02-31', 'yesterday', '2027-3-1', '9999-99-99']) {
      const wrong = await keeper.get(`/it/audit?since=${day}`);
      expect([wrong.status, wrong.text.includes('is not a day')], day).to.deep.equal([400, true]);
    }
  });

  it('shows the checkpoints, and which of them does not hold', async () => {
    const { host } = running();
    expect((await keeper.get('/it/audit')).text).to.contain('There is none yet.');
    host.checkpointer.start();
    await host.checkpointer.stop();
    const page = (await keeper.get('/it/audit')).text;
    expect(page).to.contain('Checkpoint 1').and.to.contain('Signed');
    expect(page).to.contain((await host.store.checkpoints.newest())?.root);
  });
});
