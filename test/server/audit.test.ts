import { expect } from 'chai';
import { HistoryChecks } from '../../server/desk/history-checks.ts';
import { historyCheckPage } from '../../server/views/pages/history-check-page.ts';
import { until } from '../until.ts';
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

  it('verifies the history once at a time, and says how far it is', async () => {
    const { site } = running();
    expect((await keeper.get('/it/audit/verify')).text).to.contain('Verify the history</button>');
    site.historyChecks.begin('Ian Core');
    const begun = site.historyChecks.last;
    site.historyChecks.begin('Somebody else');
    expect(site.historyChecks.last).to.equal(begun);
    const page = historyCheckPage(begun, { now: 0, timeZone: 'Europe/Dublin' });
    expect(page.refresh).to.equal(2);
    expect(page.model).to.deep.include({ progress: '0 cases with 0 entries', by: 'Ian Core' });
    await until('it is over', () => site.historyChecks.last.kind === 'over');
    const over = (await keeper.get('/it/audit/verify')).text;
    expect(over).to.contain('Everything holds').and.to.contain('Ian Core asked for it');
  });

  it('says where the anchor file is not there, instead of passing it over', async () => {
    const { host } = running();
    const settings = { ...host.settings, anchorFile: '/nowhere/anchor.jsonl' };
    const { store, clock, checkpointKey } = host;
    const checks = new HistoryChecks({ store, clock, checkpointKey, settings });
    checks.begin('Ian Core');
    await until('it has failed', () => checks.last.kind === 'failed');
    expect(checks.last).to.have.property('message').that.contains('/nowhere/anchor.jsonl');
    const page = historyCheckPage(checks.last, { now: 0, timeZone: 'Europe/Dublin' });
    expect(page.model).to.have.property('problem').that.contains('cannot be read');
    expect(page.model).to.include({ button: 'Verify it again', isLooking: false });
  });

  it('shows the first of many findings, and how many more there are', () => {
    const found = Array.from({ length: 100 }, (_, index) => ({
      ...{ of: 'case' as const, name: `Q-${index}`, caseId: `c${index}`, seq: 3 },
      ...{ kind: index === 0 ? 'missing' : 'edited', message: 'was edited' },
    }));
    const summary = { cases: 1200, entries: 9000, unstated: 1, checkpoints: 0, acts: 4 };
    const page = historyCheckPage(
      {
        ...{ kind: 'over', by: 'Ian Core', since: 0, summary, found },
        ...{ notHolding: 1101, anchored: true },
      },
      { now: 0, timeZone: 'Europe/Dublin' },
    );
    const { model } = page as { readonly model: { readonly found: readonly object[] } };
    expect(model).to.deep.include({
      tag: { text: '1,101 not as written', tone: 'red' },
      looked:
        '1,200 cases with 9,000 entries, 4 governance acts, 0 checkpoints, and the anchor file',
      more: '1,001 more are not shown.',
    });
    expect(model.found[0]).not.to.have.property('href');
    expect(model.found[1]).to.include({ title: 'Q-1, entry 3', href: '/cases/c1' });
  });
});
