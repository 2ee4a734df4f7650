import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { CoreRelease, PublishedWorkflow } from '../../engine/ports/registry.ts';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { publishVersions } from './publish-versions.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

const CLOCK = { now: () => START };

/** The contract of the registry port, for any adapter. */
export function describeRegistry(useStore: UseStore): void {
  describe('registry', () => {
    const store = useStore();

    it('keeps releases, each number once, the newest by number', async () => {
      const { registry } = store();
      const add = (one: CoreRelease) => addRelease({ ...store(), clock: CLOCK }, one);
      expect(await registry.newestRelease()).to.equal(undefined);
      expect(await registry.newestReleaseName()).to.equal(undefined);
      for (const name of ['1.9', '1.10', '1.2']) {
        expect(await add(release(name))).to.equal(true);
      }
      expect(await registry.newestRelease()).to.deep.equal(release('1.10'));
      await add(release('2.0'));
      expect((await registry.newestRelease())?.release).to.equal('2.0');
      expect(await registry.newestReleaseName()).to.equal('2.0');
      expect(await add({ ...release('1.9'), digest: 'x' })).to.equal(false);
      expect(await registry.release('1.9')).to.deep.equal(release('1.9'));
      expect(await registry.release('7.7')).to.equal(undefined);
    });

    it('lists releases without their files, the newest first, a page at a time', async () => {
      const { registry } = store();
      const add = (one: CoreRelease) => addRelease({ ...store(), clock: CLOCK }, one);
      expect(await registry.releases(5)).to.deep.equal([]);
      for (const name of ['1.9', '2.1', '1.10', '1.2']) await add(release(name));
      const { release: name, digest, createdAt } = release('2.1');
      const first = await registry.releases(2);
      expect(first[0]).to.deep.equal({ release: name, digest, createdAt });
      expect(first.map((one) => one.release)).to.deep.equal(['2.1', '1.10']);
      const next = await registry.releases(2, '1.10');
      expect(next.map((one) => one.release)).to.deep.equal(['1.9', '1.2']);
      expect(await registry.releases(2, '1.2')).to.deep.equal([]);
    });

    it('refuses a release that is not named LINE.NUMBER', async () => {
      for (const name of ['1', '1.x', ' 1.1', '1.1.1', '']) {
        const adding = addRelease({ ...store(), clock: CLOCK }, release(name));
        const code = await adding.then(String, (error: unknown) =>
          error instanceof TrellisError ? error.code : 'another error',
        );
        expect(code, name).to.equal('bad-release');
      }
    });

    it('finds a version by its name and number', async () => {
      const one = version('quote', 1);
      const other = { ...version('quote', 2), release: '1.1' };
      await publishVersions(store(), one);
      await publishVersions(store(), other);
      const { registry } = store();
      expect(await registry.version('quote', 1)).to.deep.equal(one);
      expect(await registry.version('quote', 2)).to.deep.equal(other);
      expect(await registry.version('quote', 3)).to.equal(undefined);
      expect(await registry.version('other', 1)).to.equal(undefined);
    });

    it('lists the newest version of each workflow by name', async () => {
      const { registry } = store();
      await publishVersions(store(), version('b', 1), version('a', 1));
      await publishVersions(store(), version('b', 2));
      expect(await registry.published()).to.deep.equal([version('a', 1), version('b', 2)]);
      expect(await registry.newestVersions()).to.deep.equal([
        { name: 'a', version: 1 },
        { name: 'b', version: 2 },
      ]);
    });
  });
}

function release(name: string): CoreRelease {
  const files = { 'core.yaml': 'name: Meridian\n', 'types/Quote.yaml': `# ${name}` };
  return { release: name, digest: `digest-${name}`, files, createdAt: START };
}

function version(name: string, number: number): PublishedWorkflow {
  return {
    name,
    version: number,
    digest: `digest-${number}`,
    release: '1.0',
    source: { name, text: `workflow: ${name}\n`, files: { 'messages/offer.md': 'Dear {{name}}' } },
    pins: { 'core/create-order': 2 },
    publishedAt: START,
  };
}
