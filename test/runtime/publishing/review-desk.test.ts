import { expect } from 'chai';
import { verifyActs } from '../../../engine/governance/acts.ts';
import type { Bench } from './with-publishing.ts';
import { looking, openBench, person, quote, refusalOf } from './with-publishing.ts';

const INES = person('ines');
const IAN = person('ian');
const PIA = person('pia');
const ROLF = person('rolf');
const IT = { actor: IAN, roles: ['it-core'] } as const;
const WHY = 'It says what it does.';

describe('reviews of workflows', function () {
  this.timeout(20_000);
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });

  const kinds = async (): Promise<readonly string[]> =>
    (await bench.store.governance.acts(3, 50)).map(({ kind }) => kind);

  /** Publishes the quote with another remark in it. */
  const publishAgain = async (remark: string): Promise<void> => {
    const { publishing } = bench;
    const changed = quote((text) => `${text}\n# ${remark}\n`);
    const { id } = await publishing.begin(changed, INES);
    await publishing.reviews.send(id, INES);
    const { token } = await publishing.reviews.look(id);
    await publishing.reviews.approve(id, IT, { token, reason: WHY });
  };

  it('go to IT for what writes orders, and publish what IT approves', async () => {
    const { publishing, store, catalogue } = bench;
    const { reviews } = publishing;
    const { id } = await publishing.begin(quote(), INES);
    const sent = await reviews.send(id, INES);
    expect(sent.draft).to.include({ status: 'in-review', base: 1 });
    expect(sent).not.to.have.property('version');
    const { open, token, facts } = await reviews.look(id);
    expect(open).to.deep.equal(['it']);
    expect(facts).to.deep.include({ newest: 1, release: '1.1', impact: [] });
    expect(
      await refusalOf(
        reviews.approve(id, { actor: ROLF, roles: ['reviewer'] }, { token, reason: WHY }),
      ),
    ).to.equal('not-reviewer');
    const done = await reviews.approve(id, IT, { token, reason: WHY });
    expect(done.version).to.equal(2);
    expect(done.draft).to.include({ status: 'published', version: 2 });
    expect((await catalogue.newest('online-quote')).published.version).to.equal(2);
    expect(await kinds()).to.deep.equal(['sent-for-review', 'approved-workflow', 'published']);
    const acts = await store.governance.acts(0, 50);
    expect(verifyActs(acts)).to.deep.include({ ok: true });
    expect(acts.at(-1)).to.deep.include({ actor: IAN });
    expect(acts.at(-1)?.body).to.include({ draft: id, version: 2, release: '1.1' });
    expect(await refusalOf(reviews.approve(id, IT, { token, reason: WHY }))).to.equal(
      'draft-moved',
    );
  });

  it('are not needed where a workflow only reads: it is published at once', async () => {
    const { publishing } = bench;
    const { id } = await publishing.begin(looking(), INES);
    expect(await publishing.reviews.send(id, INES)).to.include({ version: 1 });
    expect(await kinds()).to.deep.equal(['sent-for-review', 'published']);
  });

  it('are never by the author, whatever other role they have', async () => {
    const { publishing } = bench;
    const { id } = await publishing.begin(quote(), INES);
    await publishing.reviews.send(id, INES);
    const { token } = await publishing.reviews.look(id);
    const own = { actor: INES, roles: ['it-core', 'author', 'reviewer'] };
    expect(await refusalOf(publishing.reviews.approve(id, own, { token, reason: WHY }))).to.equal(
      'not-reviewer',
    );
    expect(await refusalOf(publishing.reviews.reject(id, own, WHY))).to.equal('not-reviewer');
  });

  it('need a word of IT and one of data protection where both have to look', async () => {
    const { publishing } = bench;
    const source = quote();
    const files = { ...source.files };
    files['reminder.hbs'] = `${files['reminder.hbs'] ?? ''}\n{{customer.contactEmail}}\n`;
    const { id } = await publishing.begin({ ...source, files }, INES);
    await publishing.reviews.send(id, INES);
    const first = await publishing.reviews.look(id);
    expect(first.open).to.deep.equal(['it', 'dataProtection']);
    const { token } = first;
    const half = await publishing.reviews.approve(id, IT, { token, reason: WHY });
    expect(half).not.to.have.property('version');
    expect((await publishing.reviews.look(id)).open).to.deep.equal(['dataProtection']);
    expect(await refusalOf(publishing.reviews.approve(id, IT, { token, reason: WHY }))).to.equal(
      'not-reviewer',
    );
    const privacy = { actor: PIA, roles: ['privacy-officer'] };
    const whole = await publishing.reviews.approve(id, privacy, { token, reason: WHY });
    expect(whole.version).to.equal(2);
  });

  it('refuse a token of other facts, and say what has changed', async () => {
    const { publishing, store } = bench;
    const { id } = await publishing.begin(quote(), INES);
    await publishing.reviews.send(id, INES);
    const { token } = await publishing.reviews.look(id);
    store.worklist.running = () => Promise.resolve([{ version: 1, states: ['offered'], count: 4 }]);
    const stale = await publishing.reviews.approve(id, IT, { token, reason: WHY }).catch(String);
    expect(stale).to.contain('changed since it was shown: what it means for running cases.');
    const shown = await publishing.reviews.look(id);
    expect(shown.facts.impact).to.deep.equal([
      { version: 1, states: ['offered'], count: 4, verdict: 'can-move' },
    ]);
    store.worklist.running = () => Promise.resolve([{ version: 1, states: ['offered'], count: 9 }]);
    const done = await publishing.reviews.approve(id, IT, { token: shown.token, reason: WHY });
    expect(done.version, 'cases came and went, and nothing else').to.equal(2);
  });

  it('say of running cases which need a mapping', async () => {
    const { publishing, store } = bench;
    const renamed = quote((text) => text.replaceAll('rep-review', 'rep-check'));
    const files = { ...renamed.files };
    files['cases.yaml'] = files['cases.yaml']?.replaceAll('rep-review', 'rep-check') ?? '';
    const { id } = await publishing.begin({ ...renamed, files }, INES);
    await publishing.reviews.send(id, INES);
    store.worklist.running = () =>
      Promise.resolve([
        { version: 1, states: ['offered'], count: 1 },
        { version: 1, states: ['rep-review'], count: 2 },
      ]);
    const { facts } = await publishing.reviews.look(id);
    expect(facts.impact.map(({ verdict }) => verdict)).to.deep.equal(['can-move', 'needs-mapping']);
  });

  it('are not begun for what the checker, its own tests or the gate refuse', async () => {
    const { publishing, store } = bench;
    const send = async (source: ReturnType<typeof quote>): Promise<string> => {
      const { id } = await publishing.begin(source, INES);
      return refusalOf(publishing.reviews.send(id, INES));
    };
    expect(await send(quote((text) => text.replace('sku, qty', 'sku, qtty')))).to.equal(
      'draft-refused',
    );
    const source = quote();
    const cases = source.files['cases.yaml'] ?? '';
    const without = { ...source.files };
    delete without['cases.yaml'];
    expect(await send({ ...source, files: without })).to.equal('coverage-low');
    const wrong = cases.replace(/state: expired/u, 'state: declined');
    expect(wrong).not.to.equal(cases);
    expect(await send({ ...source, files: { ...source.files, 'cases.yaml': wrong } })) //
      .to.equal('tests-failed');
    expect(await send({ ...source, name: 'other' }).catch(String)).to.contain('names its workflow');
    expect((await store.governance.newestAct()).seq).to.equal(3);
  });

  it('end where the draft is withdrawn or rejected, or another version came between', async () => {
    const { publishing } = bench;
    const { reviews } = publishing;
    const [first, second, third] = [
      await publishing.begin(quote(), INES),
      await publishing.begin(quote(), INES),
      await publishing.begin(quote(), INES),
    ];
    for (const { id } of [first, second, third]) await reviews.send(id, INES);
    expect((await reviews.withdraw(first.id, INES)).draft.status).to.equal('withdrawn');
    expect(await refusalOf(reviews.look(first.id))).to.equal('draft-moved');
    expect((await reviews.reject(second.id, IT, 'no')).draft).to.deep.include({
      status: 'rejected',
    });
    expect(await refusalOf(reviews.reject(third.id, IT, ' '))).to.equal('no-reason');
    const rolled = await publishing.begin(quote(), INES);
    await reviews.send(rolled.id, INES);
    const { token } = await reviews.look(rolled.id);
    await reviews.approve(rolled.id, IT, { token, reason: WHY });
    const later = await reviews.look(third.id);
    expect(
      await refusalOf(reviews.approve(third.id, IT, { token: later.token, reason: WHY })),
    ).to.equal('draft-outdated');
  });

  it('are rolled back by publishing an old version anew', async () => {
    const { publishing, store } = bench;
    const which = { workflow: 'online-quote', version: 1 };
    expect(await refusalOf(publishing.lookBack(which))).to.equal('already-newest');
    await publishAgain('again');
    const { token, needed, facts } = await publishing.lookBack(which);
    expect(needed).to.deep.equal(['it']);
    expect(facts).to.deep.include({ newest: 2, impact: [] });
    const back = { ...which, token, reason: 'The new one is wrong.' };
    expect(await refusalOf(publishing.rollBack(back, { actor: INES, roles: ['author'] }))).to.equal(
      'not-reviewer',
    );
    expect(await publishing.rollBack(back, IT)).to.equal(3);
    const [first, third] = await Promise.all(
      [1, 3].map((n) => store.registry.version('online-quote', n)),
    );
    expect(third?.source).to.deep.equal(first?.source);
    expect((await store.governance.acts(0, 50)).at(-1)?.body).to.include({ as: 1, version: 3 });
  });

  it('are not rolled back on what was shown before somebody else published', async () => {
    const { publishing, store } = bench;
    const which = { workflow: 'online-quote', version: 1 };
    await publishAgain('again');
    const { token } = await publishing.lookBack(which);
    await publishAgain('and again');
    const back = { ...which, token, reason: WHY };
    expect(await refusalOf(publishing.rollBack(back, IT))).to.equal('review-stale');
    expect(await store.registry.version('online-quote', 4)).to.equal(undefined);
  });

  it('let a draft be written until it is sent', async () => {
    const { publishing } = bench;
    const draft = await publishing.begin(quote(), INES);
    const again = await publishing.rewrite(
      draft,
      quote((text) => `${text}\n# more\n`),
    );
    expect(again.revision).to.equal(2);
    expect(await refusalOf(publishing.rewrite(draft, quote()))).to.equal('draft-moved');
    await publishing.reviews.send(draft.id, INES);
    expect(await refusalOf(publishing.rewrite(again, quote()))).to.equal('draft-moved');
    expect(
      await publishing.teamsOf(
        quote((text) => text.replace('team: operations', 'team: marketing')),
      ),
    ).to.deep.equal({ team: 'marketing', teams: ['marketing', 'operations'] });
  });

  it('take workflows out of force and put them back, each once', async () => {
    const { publishing, store } = bench;
    const change = {
      key: { kind: 'workflow', name: 'online-quote', part: '' },
      actor: IAN,
      reason: WHY,
    } as const;
    expect(await refusalOf(publishing.force.putBack(change))).to.equal('not-out');
    await publishing.force.takeOut(change);
    expect(await refusalOf(publishing.force.takeOut(change))).to.equal('already-out');
    const { id } = await publishing.begin(quote(), INES);
    await publishing.reviews.send(id, INES);
    const { token } = await publishing.reviews.look(id);
    await publishing.reviews.approve(id, IT, { token, reason: WHY });
    expect(await store.outOfForce.all(), 'a new version is in force').to.deep.equal([]);
  });
});
