import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { CoreRelease, PublishedWorkflow } from '../../engine/ports/registry.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the registry port, for any adapter. */
export function describeRegistry(useStore: UseStore): void {
  describe('registry', () => {
    const store = useStore();

    it('keeps releases, each number once, the newest by number', async () => {
      const { registry } = store();
      expect(await registry.newestRelease()).to.equal(undefined);
      for (const name of ['1.9', '1.10', '1.2']) {
        expect(await registry.addRelease(release(name))).to.equal(true);
      }
      expect(await registry.newestRelease()).to.deep.equal(release('1.10'));
      await registry.addRelease(release('2.0'));
      expect((await registry.newestRelease())?.release).to.equal('2.0');
      expect(await registry.addRelease({ ...release('1.9'), digest: 'x' })).to.equal(false);
      expect(await registry.release('1.9')).to.deep.equal(release('1.9'));
      expect(await registry.release('7.7')).to.equal(undefined);
    });

    it('refuses a release that is not named LINE.NUMBER', async () => {
      for (const name of ['1', '1.x', ' 1.1', '1.1.1', '']) {
        const adding = store().registry.addRelease(release(name));
        const code = await adding.then(String, (error: unknown) =>
          error instanceof TrellisError ? error.code : 'another error',
        );
        expect(code, name).to.equal('bad-release');
      }
    });

    it('publishes the next version, and none where nothing changed', async () => {
      const { registry } = store();
      const one = await registry.publish(workflow('quote', 'd1'));
      expect(one).to.deep.equal({ ...workflow('quote', 'd1'), version: 1 });
      const same = await registry.publish({ ...workflow('quote', 'd1'), publishedAt: START + 9 });
      expect(same).to.deep.equal(one);
      expect((await registry.publish(workflow('quote', 'd2'))).version).to.equal(2);
      expect((await registry.publish(workflow('quote', 'd1'))).version).to.equal(3);
      const other = { ...workflow('quote', 'd1'), release: '1.1' };
      expect((await registry.publish(other)).version).to.equal(4);
      expect(await registry.version('quote', 1)).to.deep.equal(one);
      expect(await registry.version('quote', 5)).to.equal(undefined);
      expect(await registry.version('other', 1)).to.equal(undefined);
    });

    it('lists the newest version of each workflow by name', async () => {
      const { registry } = store();
      await registry.publish(workflow('b', 'd1'));
      await registry.publish(workflow('a', 'd1'));
      await registry.publish(workflow('b', 'd2'));
      expect(await registry.published()).to.deep.equal([
        { ...workflow('a', 'd1'), version: 1 },
        { ...workflow('b', 'd2'), version: 2 },
      ]);
      expect(await registry.newestVersions()).to.deep.equal([
        { name: 'a', version: 1 },
        { name: 'b', version: 2 },
      ]);
    });

    it('gives each of several that publish at once a version of its own', async () => {
      const { registry } = store();
      const digests = Array.from({ length: 6 }, (_, index) => `d${index}`);
      const all = await Promise.all(digests.map((one) => registry.publish(workflow('a', one))));
      expect(all.map(({ version }) => version).sort()).to.deep.equal([1, 2, 3, 4, 5, 6]);
    });
  });
}

function release(name: string): CoreRelease {
  const files = { 'core.yaml': 'name: Meridian\n', 'types/Quote.yaml': `# ${name}` };
  return { release: name, digest: `digest-${name}`, files, createdAt: START };
}

function workflow(name: string, digest: string): Omit<PublishedWorkflow, 'version'> {
  return {
    name,
    digest,
    release: '1.0',
    source: { name, text: `workflow: ${name}\n`, files: { 'messages/offer.md': 'Dear {{name}}' } },
    pins: { 'core/create-order': 2 },
    publishedAt: START,
  };
}
