import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeEnvironment } from './environment.ts';
import { withPrograms } from './with-program.ts';

describe('a change of the core, on the command line', () => {
  it('is made on the files of the release in force, and proposed with what it would break', () =>
    withPrograms(async (place) => {
      const { folder } = place;
      const { trellis } = await makeEnvironment(place, 'data', ['ian']);
      const exported = await trellis('core', 'export', 'mine');
      expect(exported.out).to.match(/Wrote \d+ files and the lock of release 1\.\d+/u);
      expect((await trellis('lock', 'verify', '--workspace', 'mine')).code).to.equal(0);

      const propose = (title: string) =>
        trellis(
          ...['core', 'propose', '--workspace', 'mine', '--as', 'ian@meridian.example'],
          ...['--title', title, '--why', 'We want it.'],
        );
      expect((await propose('Nothing')).err).to.include('Nothing of the core is changed.');
      const change = async (path: string, from: RegExp, to: string): Promise<void> => {
        const file = join(folder, 'mine', 'core-data', path);
        await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
      };
      await change('core.yaml', /^name: .*$/mu, 'name: Meridian Parts');
      const sound = await propose('Our new name');
      expect([sound.code, sound.err]).to.deep.equal([0, '']);
      expect(sound.out).to.match(/Proposal 1: Our new name, as release 1\.\d+\./u);
      expect(sound.out).to.include('1 with the role "it-core" approve it.');
      await change('types/Quote.yaml', /poNumber/gu, 'orderText');
      const breaking = await propose('Another name');
      expect(breaking.code).to.equal(1);
      expect(breaking.out).to.match(/online-quote\/workflow\.yaml:\d+:\d+ {2}error/u);
      expect(breaking.out).to.include('nobody can approve it as it is');
    })).timeout(120_000);
});
