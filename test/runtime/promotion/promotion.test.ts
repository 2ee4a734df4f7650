import { expect } from 'chai';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import { lockContent } from '../../../engine/governance/lock.ts';
import type { Release } from '../../../engine/governance/release.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import type { CoreRelease } from '../../../engine/ports/registry.ts';
import { addRelease } from '../../../engine/runtime/add-release.ts';
import { coreEntry } from '../../../engine/runtime/promotion/core-entry.ts';
import { gatherWorkflows } from '../../../engine/runtime/promotion/gather-workflows.ts';
import { publishVersions } from '../../contracts/publish-versions.ts';
import { signedRelease, somebody } from '../../governance/proposals/keys.ts';

const CORE = { 'core.yaml': 'name: Desk\n', 'policies.yaml': 'clearances: {}\n' };

function releaseOf(name: string, files: Readonly<Record<string, string>>): CoreRelease {
  const { digest } = lockContent(new Map(Object.entries(files)), name);
  return { release: name, digest, files, createdAt: 1 };
}

/** A release that two people have signed as the one after another. */
function signed(name: string, files: Readonly<Record<string, string>>, previous: string): Release {
  const { release, author, approvals } = signedRelease(
    ...([somebody('Anna'), [somebody('Bob')], new Map(Object.entries(files))] as const),
    ...([name, previous] as const),
  );
  const { title } = release;
  return { ...releaseOf(name, files), signed: { previous, title, author, approvals } };
}

describe('a release of another environment', () => {
  const inForce = releaseOf('1.3', CORE);
  const changed = { ...CORE, 'core.yaml': 'name: Another\n' };
  const registry = createMemoryStore().registry;
  const way = async (release: Release, from = registry): Promise<string> =>
    (await coreEntry({ release, isSigned: release.signed !== undefined }, inForce, from)).way;

  it('is there already where its files are those in force, whatever it is called', async () => {
    expect(await way(releaseOf('1.3', CORE))).to.equal('in-force');
    expect(await way(releaseOf('4.7', CORE))).to.equal('in-force');
  });

  it('keeps its name and its signatures where it was signed as the next one', async () => {
    expect(await way(signed('1.4', changed, inForce.digest))).to.equal('follows');
    expect(await way(signed('1.5', changed, inForce.digest))).to.equal('own');
    expect(await way(signed('1.4', changed, 'b'.repeat(64)))).to.equal('own');
    expect(await way(releaseOf('1.4', changed)), 'without signatures').to.equal('own');
  });

  it('is not brought back by accident where others have followed it', async () => {
    const store = createMemoryStore();
    const earlier = releaseOf('1.2', changed);
    await addRelease({ ...store, clock: { now: () => 1 } }, earlier);
    expect(await way(earlier, store.registry)).to.equal('earlier');
  });

  it('leaves here what says how to come from another release', async () => {
    const upgrade = { 'upgrade.yaml': "from: '1.6'\n" };
    const release = releaseOf('1.7', { ...changed, ...upgrade });
    const entry = await coreEntry({ release, isSigned: false }, inForce, registry);
    expect(entry).to.deep.equal({
      ...{ way: 'own', leftOut: ['upgrade.yaml'] },
      change: { 'core.yaml': 'name: Another\n' },
    });
    const alone = releaseOf('1.7', { ...CORE, ...upgrade });
    expect(await way(alone)).to.equal('in-force');
  });
});

describe('workflows for another environment', () => {
  const version = (name: string, number: number, pins: Readonly<Record<string, number>> = {}) => ({
    ...{ name, version: number, digest: `${name}${number}`, release: '1.1', pins, publishedAt: 1 },
    source: { name, text: `workflow: ${name}\n`, files: {} },
  });
  const store = createMemoryStore();
  const gathered = async (...wanted: { name: string; version?: number }[]): Promise<string[]> =>
    (await gatherWorkflows(store.registry, wanted)).map(
      (one) => `${one.name}@${String(one.version)}`,
    );

  before(async () => {
    await publishVersions(store, version('leaf', 1));
    await publishVersions(store, version('leaf', 2));
    await publishVersions(store, version('middle', 1, { leaf: 1, 'core/order': 1 }));
    await publishVersions(store, version('top', 1, { middle: 1, leaf: 1 }));
    await publishVersions(store, version('beside', 1, { leaf: 2 }));
  });

  it('come with the versions of all that they run, which stand before them', async () => {
    expect(await gathered({ name: 'top' })).to.deep.equal(['leaf@1', 'middle@1', 'top@1']);
  });

  it('come once each: as it was asked for, else in the newest version that others run', async () => {
    const both = await gathered({ name: 'top' }, { name: 'beside' });
    expect(both).to.have.members(['leaf@2', 'middle@1', 'top@1', 'beside@1']);
    expect(both.indexOf('leaf@2')).to.equal(0);
    const asked = await gathered({ name: 'leaf', version: 1 }, { name: 'beside' });
    expect(asked).to.deep.equal(['leaf@1', 'beside@1']);
  });

  it('are refused by a name or a version that there is not', async () => {
    for (const wanted of [{ name: 'none' }, { name: 'leaf', version: 9 }, { name: 'core/order' }]) {
      const code = await gathered(wanted).then(String, (error: unknown) =>
        error instanceof TrellisError ? error.code : 'another error',
      );
      expect(code).to.equal('no-workflow');
    }
  });
});
