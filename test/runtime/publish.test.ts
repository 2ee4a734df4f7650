import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSigner } from '../../engine/adapters/system/signer.ts';
import { verifyActs } from '../../engine/governance/acts.ts';
import type { CoreView } from '../../engine/kernel/core-view.ts';
import type { Store } from '../../engine/ports/store.ts';
import { createPassedChecks } from '../../engine/runtime/passed-checks.ts';
import type { PassedChecks } from '../../engine/runtime/passed-checks.ts';
import type { NamedSource } from '../../engine/forms/check-together.ts';
import { publishAll } from '../../engine/runtime/publish.ts';
import { meridianCore, meridianWorkflow } from './meridian.ts';
import { NOW } from './with-engine.ts';

const { view, core } = meridianCore();
const PROCESS = 'core/create-order';

function checksIn(store: Store, checker = 'this'): PassedChecks {
  const signer = createSigner(Buffer.alloc(32, 1));
  const clock = createSimulatedClock(NOW);
  return createPassedChecks({ vault: store.vault, signer, clock, checker });
}

function sources(change: (source: NamedSource) => NamedSource = (same) => same): NamedSource[] {
  return [
    ...[...core.processes].map(([name, source]) => ({ name, source })),
    { name: 'online-quote', source: meridianWorkflow('online-quote') },
  ].map(change);
}

/** The same source with a comment at its end, or with something wrong in it. */
function withText(one: NamedSource, text: string): NamedSource {
  return { ...one, source: { ...one.source, text: one.source.text + text } };
}

/** A core that says its release and nothing else: whoever checks against it fails. */
function closedCore(release = view.release): CoreView {
  return new Proxy({ release } as CoreView, {
    get: (target, name) => {
      if (name === 'release') return target.release;
      throw new Error(`"${String(name)}" of the core was looked at`);
    },
  });
}

/** A store that only reads. */
function readOnly(store: Store): Store {
  const commit = () => Promise.reject(new Error('Something was published.'));
  return { ...store, governance: { ...store.governance, commit } };
}

async function versions(store: Store): Promise<Readonly<Record<string, number>>> {
  const published = await store.registry.published();
  return Object.fromEntries(published.map(({ name, version }) => [name, version]));
}

describe('publishing', () => {
  let store: Store;
  beforeEach(async () => {
    store = createMemoryStore();
    const { refused } = await publishAll(sources(), view, store, NOW, checksIn(store));
    expect(refused).to.deep.equal([]);
  });

  const again = (given: readonly NamedSource[], checks = checksIn(store), against = view) =>
    publishAll(given, against, store, NOW + 1, checks);

  it('writes nothing and checks nothing where nothing changed', async () => {
    const before = await store.registry.published();
    const reading = readOnly(store);
    const checks = { ...checksIn(store), add: () => Promise.reject(new Error('noted')) };
    const { published, refused } = await publishAll(sources(), closedCore(), reading, NOW, checks);
    expect(published).to.deep.equal(before);
    expect(refused).to.deep.equal([]);
  });

  it('notes each version that it publishes as an act of the chain, in one step', async () => {
    const acts = await store.governance.acts(0, 10);
    expect(acts.map(({ kind, body }) => [kind, body['workflow'], body['version']])).to.deep.equal([
      ['published', PROCESS, 1],
      ['published', 'online-quote', 1],
    ]);
    expect(verifyActs(acts)).to.deep.include({ ok: true });
  });

  it('checks everything where no check is remembered, and still writes nothing', async () => {
    const before = await versions(store);
    await publishAll(sources(), view, store, NOW + 1);
    expect(await versions(store)).to.deep.equal(before);
    const looking = publishAll(sources(), closedCore(), store, NOW + 1);
    expect(await looking.then(String, String)).to.include('was looked at');
  });

  it('checks again what another checker, or the holder of another key, has passed', async () => {
    const signer = createSigner(Buffer.alloc(32, 2));
    const clock = createSimulatedClock(NOW);
    const forged = createPassedChecks({ vault: store.vault, signer, clock, checker: 'this' });
    for (const checks of [checksIn(store, 'another'), forged]) {
      const looking = again(sources(), checks, closedCore());
      expect(await looking.then(String, String)).to.include('was looked at');
    }
  });

  it('publishes a source that changed, and with it what runs it', async () => {
    const before = await versions(store);
    const changed = sources((one) => (one.name === PROCESS ? withText(one, '\n# again\n') : one));
    expect((await again(changed)).refused).to.deep.equal([]);
    const after = await versions(store);
    expect(after[PROCESS]).to.equal((before[PROCESS] ?? 0) + 1);
    expect(after['online-quote']).to.equal((before['online-quote'] ?? 0) + 1);
    const quote = await store.registry.version('online-quote', after['online-quote'] ?? 0);
    expect(quote?.pins[PROCESS]).to.equal(after[PROCESS]);
    await again(changed, checksIn(store), closedCore());
  });

  it('leaves what a changed source runs as it is', async () => {
    const before = await versions(store);
    const changed = sources((one) => (one.name === PROCESS ? one : withText(one, '\n# again\n')));
    expect((await again(changed)).refused).to.deep.equal([]);
    expect(await versions(store)).to.deep.equal({
      ...before,
      'online-quote': (before['online-quote'] ?? 0) + 1,
    });
  });

  it('refuses a wrong source again at every start; its older version stays', async () => {
    const before = await versions(store);
    const wrong = sources((one) => (one.name === PROCESS ? one : withText(one, '\nnonsense: 1\n')));
    for (let start = 0; start < 2; start += 1) {
      const { refused } = await again(wrong);
      expect(refused.map(({ name }) => name)).to.deep.equal(['online-quote']);
      expect(refused[0]?.problems[0]).to.include({ code: 'unknown-key' });
    }
    expect(await versions(store)).to.deep.equal(before);
  });

  it('checks and publishes against another release', async () => {
    const looking = again(sources(), checksIn(store), closedCore('1.2'));
    expect(await looking.then(String, String)).to.include('was looked at');
    const { published } = await again(sources(), checksIn(store), { ...view, release: '1.2' });
    expect(published.map(({ version, release }) => `${version} ${release}`)).to.include('2 1.2');
  });
});
