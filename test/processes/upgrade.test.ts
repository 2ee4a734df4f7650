import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeEnvironment } from './environment.ts';
import { withPrograms } from './with-program.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
const by = (who: string) => ['--as', `${who}@meridian.example`] as const;

describe('a workflow that a release leaves behind, on the command line', () => {
  if (!FULL) return;
  it('is listed with its day, and its edit is shown and saved as a draft', () =>
    withPrograms(async (place) => {
      const { trellis } = await makeEnvironment(place, 'data', ['ian', 'iris', 'ada']);
      expect((await trellis('upgrade')).out).to.contain('Every workflow stands on the release');
      const exported = await trellis('core', 'export', 'mine');
      const [, base = ''] = /release (\d+\.\d+) into/u.exec(exported.out) ?? [];
      const file = (path: string): string => join(place.folder, 'mine', 'core-data', path);
      const change = async (path: string, edit: (text: string) => string): Promise<void> =>
        writeFile(file(path), edit(await readFile(file(path), 'utf8')));
      await change('types/Customer.yaml', (text) =>
        text
          .replace('version: 1', 'version: 2')
          .replace(
            'vatNo:\n      type: string',
            'taxId:\n      type: string\n      x-alias: vatNo',
          ),
      );
      await change('policies.yaml', (text) => text.replaceAll('Customer.vatNo', 'Customer.taxId'));
      const behind = `from: '${base}'\nbehind: { until: '2099-12-31', workflows: [online-quote] }\n`;
      await writeFile(file('upgrade.yaml'), behind);
      const words = ['--title', 'The tax number', '--why', 'The law asks for it.'];
      const proposed = await trellis(
        'core',
        'propose',
        '--workspace',
        'mine',
        ...by('ian'),
        ...words,
      );
      expect([proposed.code, proposed.err]).to.deep.equal([0, '']);
      expect(proposed.out).to.contain('online-quote may stay behind until 2099-12-31.');
      const shown = await trellis('core', 'approve', '1', ...by('iris'));
      const [, digest = ''] = /--digest (\S+)/u.exec(shown.out) ?? [];
      for (const who of ['iris', 'ada'])
        await trellis('core', 'approve', '1', ...by(who), '--digest', digest);

      expect((await trellis('upgrade')).out).to.match(/^online-quote {2}version 1 on release /u);
      const edit = await trellis('upgrade', 'online-quote');
      expect([edit.code, edit.err]).to.deep.equal([0, '']);
      expect(edit.out)
        .to.match(/- .*customer\.vatNo/u)
        .and.to.match(/\+ .*customer\.taxId/u)
        .and.to.contain('Nothing was saved.');
      const saved = await trellis('upgrade', 'online-quote', ...by('ines'));
      expect([saved.code, saved.err]).to.deep.equal([0, '']);
      expect(saved.out).to.contain('Saved as draft ');
      const nobody = await trellis('upgrade', 'online-quote', ...by('rita'));
      expect(nobody.code).to.equal(2);
    })).timeout(120_000);
});
