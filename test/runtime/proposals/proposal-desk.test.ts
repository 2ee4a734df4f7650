import { expect } from 'chai';
import { createSimulatedClock } from '../../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { createDirectWorkshop } from '../../../engine/adapters/memory/workshop.ts';
import { verifyActs } from '../../../engine/governance/acts.ts';
import { isSignedLock, signatureFaults, verifyLock } from '../../../engine/governance/lock.ts';
import { lockOfRelease } from '../../../engine/governance/release.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { User } from '../../../engine/ports/accounts.ts';
import type { Store } from '../../../engine/ports/store.ts';
import { createIds } from '../../../engine/adapters/system/ids.ts';
import { createSigner } from '../../../engine/adapters/system/signer.ts';
import { Catalogue } from '../../../engine/runtime/catalogue.ts';
import { openOperations } from '../../../engine/runtime/open-operations.ts';
import type { NewProposal } from '../../../engine/runtime/proposals/proposal-desk.ts';
import { ProposalDesk } from '../../../engine/runtime/proposals/proposal-desk.ts';
import { meridianFiles } from '../meridian.ts';
import { NOW, publishMeridian } from '../with-engine.ts';
import { createFakeSmith } from './fake-smith.ts';

const PASSPHRASE = 'a passphrase of several words';
const QUOTE = 'types/Quote.yaml';
const FILES = meridianFiles();

function changed(path: string, from: string, to: string): Record<string, string> {
  const text = FILES.get(path) ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { [path]: text.replace(from, to) };
}

/** Says something otherwise: of low risk. */
const TOLD = changed(QUOTE, 'owner: it-data', 'owner: it-core');
/** Has another name for a field that online-quote uses, and asks more of it. */
const BREAKING = changed(
  QUOTE,
  'poNumber: { type: string,',
  'orderText: { type: string, x-alias: poNumber, pattern: "^PO",',
);
/** Lets more out of the house: of high risk. */
const RISKY = changed('policies.yaml', 'upTo: public', 'upTo: internal');

describe('proposals', () => {
  let store: Store;
  let desk: ProposalDesk;
  let released: number;
  const clock = createSimulatedClock(NOW);
  const people = new Map<string, User>();

  const person = (name: string): User => {
    const found = people.get(name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  };

  beforeEach(async () => {
    store = createMemoryStore();
    released = 0;
    await publishMeridian(store, NOW);
    const onReleased = (): Promise<void> => {
      released += 1;
      return Promise.resolve();
    };
    const workshop = createDirectWorkshop();
    desk = new ProposalDesk({ store, clock, smith: createFakeSmith(), workshop, onReleased });
    for (const name of ['Anna', 'Bob', 'Carl', 'Rita']) {
      const email = `${name.toLowerCase()}@example.org`;
      const roles = name === 'Rita' ? ['sales-rep'] : ['it-core'];
      const user = { id: name, name, email, roles, teams: [], password: '', createdAt: NOW };
      await store.accounts.add(user);
      people.set(name, user);
      await desk.keys.make(user, PASSPHRASE);
    }
  });

  const propose = (change: NewProposal['change'], by = 'Anna', base = '1.1') =>
    desk.propose(person(by), {
      ...{ title: 'A change', why: 'It is needed.', base, change, passphrase: PASSPHRASE },
    });

  const approve = async (number: number, by: string): Promise<string> => {
    const { digest } = (await desk.look(number)).proposal;
    return outcome(
      desk
        .approve(number, person(by), { digest, passphrase: PASSPHRASE })
        .then((one) => one.status),
    );
  };

  const kinds = async (): Promise<readonly string[]> => {
    const acts = await store.governance.acts(0, 100);
    expect(verifyActs(acts)).to.deep.include({ ok: true });
    return acts.map(({ kind }) => kind).filter((kind) => !kind.endsWith('-key'));
  };

  it('become the next release with the approval of somebody else, signed and in the chain', async () => {
    const { number, release } = await propose(TOLD);
    expect([number, release]).to.deep.equal([1, '1.2']);
    expect((await desk.look(1)).route).to.deep.equal({ approvers: 1, role: 'it-core' });
    expect(await approve(1, 'Bob')).to.equal('released');
    const newest = await store.registry.newestRelease();
    expect(newest?.release).to.equal('1.2');
    expect(newest?.files[QUOTE]).to.equal(TOLD[QUOTE]);
    expect(released).to.equal(1);
    expect((await kinds()).slice(-3)).to.deep.equal(['proposed', 'approved', 'released']);
    if (newest === undefined) throw new Error('There is no release.');
    const lock = lockOfRelease(newest);
    if (!isSignedLock(lock)) throw new Error('It is not signed.');
    expect(signatureFaults(lock)).to.deep.equal([]);
    expect(verifyLock(new Map(Object.entries(newest.files)), lock)).to.deep.equal({ ok: true });
  });

  it('are never approved by their author, nor by somebody without the role', async () => {
    await propose(TOLD);
    expect(await approve(1, 'Anna')).to.equal('not-allowed');
    expect(await approve(1, 'Rita')).to.equal('not-allowed');
    expect((await store.registry.newestRelease())?.release).to.equal('1.1');
    expect((await desk.look(1)).proposal.approvals).to.deep.equal([]);
  });

  it('need two others where the risk is high', async () => {
    await propose(RISKY);
    expect(await approve(1, 'Bob')).to.equal('open');
    expect(await approve(1, 'Bob')).to.equal('not-allowed');
    expect(await approve(1, 'Carl')).to.equal('released');
  });

  it('do not count the approval of somebody who has left since', async () => {
    await propose(RISKY);
    expect(await approve(1, 'Bob')).to.equal('open');
    await store.accounts.change('Bob', { leftAt: NOW });
    expect(await approve(1, 'Carl')).to.equal('open');
    expect((await desk.look(1)).counting.map(({ name }) => name)).to.deep.equal(['Carl']);
    expect((await store.registry.newestRelease())?.release).to.equal('1.1');
  });

  it('do not count the key of somebody who has left, also not where they come back', async () => {
    const { leaving } = openOperations({
      ...{ store, clock, catalogue: new Catalogue(store.registry), ids: createIds(clock) },
      signer: createSigner(Buffer.alloc(32, 1)),
    });
    const actor = { kind: 'staff', id: 'Anna', name: 'Anna' } as const;
    await leaving.leave({ person: 'Bob', reason: 'Moved away', actor });
    await leaving.comeBack('Bob', actor);
    expect(await desk.keys.of('bob@example.org')).to.deep.equal([]);
    expect((await kinds()).slice(-2)).to.deep.equal(['left', 'came-back']);
    await propose(TOLD);
    expect(await approve(1, 'Bob')).to.equal('no-approval-key');
    await desk.keys.make(person('Bob'), PASSPHRASE);
    expect(await approve(1, 'Bob')).to.equal('released');
  });

  it('do not count an approval whose key was replaced since', async () => {
    await propose(RISKY);
    await approve(1, 'Bob');
    await desk.keys.make(person('Bob'), PASSPHRASE);
    expect(await approve(1, 'Carl')).to.equal('open');
  });

  it('are kept, but not approved, while they would break a workflow', async () => {
    await propose(BREAKING);
    const { judgement } = await desk.look(1);
    expect(judgement?.broken.map(({ name }) => name)).to.deep.equal(['online-quote']);
    expect(judgement?.broken[0]?.problems.length).to.be.greaterThan(0);
    expect(judgement?.forbidden.length).to.be.greaterThan(0);
    expect(await approve(1, 'Bob')).to.equal('proposal-breaks');
  });

  it('are approved anew where they were changed, and not unseen', async () => {
    await propose(RISKY);
    await approve(1, 'Bob');
    const { digest } = (await desk.look(1)).proposal;
    const change = { ...RISKY, ...TOLD };
    const words = { title: 'More', why: 'It is needed.', passphrase: PASSPHRASE };
    expect(await outcome(desk.amend(1, person('Carl'), { ...words, change }))).to.equal(
      'not-allowed',
    );
    const amended = await desk.amend(1, person('Anna'), { ...words, change });
    expect(amended.approvals).to.deep.equal([]);
    const late = desk.approve(1, person('Carl'), { digest, passphrase: PASSPHRASE });
    expect(await outcome(late)).to.equal('proposal-moved');
    expect(await approve(1, 'Bob')).to.equal('open');
    expect(await approve(1, 'Carl')).to.equal('released');
  });

  it('are brought up to date after another release, unless both touch a file', async () => {
    await propose(TOLD);
    await propose(RISKY, 'Bob');
    await propose(changed(QUOTE, 'owner: it-data', 'owner: it-sales'), 'Carl');
    expect(await approve(1, 'Carl')).to.equal('released');
    expect((await desk.look(2)).isOutdated).to.equal(true);
    expect(await approve(2, 'Anna')).to.equal('proposal-outdated');
    expect(await outcome(propose(RISKY))).to.equal('proposal-outdated');
    const words = { title: 'More', why: 'It is needed.', passphrase: PASSPHRASE };
    const { release } = await desk.amend(2, person('Bob'), { ...words, change: RISKY });
    expect(release).to.equal('1.3');
    const { files } = (await desk.look(3)).proposal;
    expect(await outcome(desk.amend(3, person('Carl'), { ...words, change: files }))).to.equal(
      'proposal-outdated',
    );
    expect(await approve(2, 'Anna')).to.equal('open');
    expect(await approve(2, 'Carl')).to.equal('released');
    const newest = await store.registry.newestRelease();
    expect([newest?.files[QUOTE], newest?.files['policies.yaml']]).to.deep.equal([
      TOLD[QUOTE],
      RISKY['policies.yaml'],
    ]);
  });

  it('end with a reason, withdrawn by their author or rejected by others', async () => {
    await propose(TOLD);
    await propose(TOLD);
    expect(await outcome(desk.end(1, person('Anna'), ' '))).to.equal('no-reason');
    expect((await desk.end(1, person('Anna'), 'Not now.')).status).to.equal('withdrawn');
    expect((await desk.end(2, person('Bob'), 'Not like this.')).status).to.equal('rejected');
    expect(await outcome(desk.end(2, person('Bob'), 'Again.'))).to.equal('proposal-over');
    expect(await approve(2, 'Carl')).to.equal('proposal-over');
  });

  it('are refused whole where they are empty, wrong, without a reason or without a key', async () => {
    const wrong = changed(QUOTE, 'type: Quote', 'type: Quotes');
    expect(await outcome(propose({}))).to.equal('nothing-changed');
    expect(await outcome(propose(wrong))).to.equal('core-refused');
    const words = { title: ' ', why: 'x', base: '1.1', change: TOLD, passphrase: PASSPHRASE };
    expect(await outcome(desk.propose(person('Anna'), words))).to.equal('no-reason');
    const guess = { ...words, title: 'T', passphrase: 'another passphrase' };
    expect(await outcome(desk.propose(person('Anna'), guess))).to.equal('wrong-passphrase');
    const nobody = { ...person('Anna'), email: 'new@example.org' };
    expect(await outcome(desk.propose(nobody, { ...guess, passphrase: PASSPHRASE }))).to.equal(
      'no-approval-key',
    );
    expect(await outcome(desk.keys.make(nobody, 'short'))).to.equal('bad-passphrase');
    expect(await store.governance.proposals(undefined, 10)).to.deep.equal([]);
  });

  it('come signed from another environment, and are approved by neither author nor bringer', async () => {
    const there = createMemoryStore();
    await publishMeridian(there, NOW);
    const parts = { clock, smith: createFakeSmith(), workshop: createDirectWorkshop() };
    const other = new ProposalDesk({ ...parts, store: there, onReleased: () => Promise.resolve() });
    for (const name of ['Anna', 'Bob']) {
      await there.accounts.add(person(name));
      await other.keys.make(person(name), PASSPHRASE);
    }
    const { number } = await other.propose(person('Anna'), {
      ...{ title: 'A change', why: 'It is needed.', base: '1.1', change: TOLD },
      passphrase: PASSPHRASE,
    });
    const { digest } = (await other.look(number)).proposal;
    await other.approve(number, person('Bob'), { digest, passphrase: PASSPHRASE });
    const found = await there.registry.newestRelease();
    if (found === undefined) throw new Error('There is no release.');

    const brought = { why: 'It is tested.', passphrase: PASSPHRASE };
    const wrong = { ...brought, passphrase: 'another passphrase' };
    expect(await outcome(desk.bring(person('Carl'), found, wrong).then(String))).to.equal(
      'wrong-passphrase',
    );
    expect(await desk.bring(person('Carl'), found, brought)).to.equal(1);
    expect(await desk.bring(person('Carl'), found, brought), 'once').to.equal(1);
    expect((await desk.look(1)).counting, 'keys of elsewhere').to.deep.equal([]);
    expect(await approve(1, 'Anna')).to.equal('not-allowed');
    expect(await approve(1, 'Carl')).to.equal('not-allowed');
    expect(await approve(1, 'Bob'), 'with a key of here').to.equal('released');
    expect((await store.registry.newestRelease())?.digest).to.equal(found.digest);
    expect(await outcome(desk.bring(person('Carl'), found, brought).then(String))).to.equal(
      'bundle-outdated',
    );
  });

  it('take two approvals at the same moment, and release once', async () => {
    await propose(RISKY);
    const ends = await Promise.all([approve(1, 'Bob'), approve(1, 'Carl')]);
    expect([...ends].sort()).to.deep.equal(['open', 'released']);
    expect((await kinds()).filter((kind) => kind === 'released')).to.have.length(2);
  });
});

async function outcome(doing: Promise<unknown>): Promise<string> {
  return doing.then(
    (done) => (typeof done === 'string' ? done : 'done'),
    (error: unknown) => (error instanceof TrellisError ? error.code : String(error)),
  );
}
