import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { CaseFile } from '../../engine/kernel/rehearsal/case-file.ts';
import { meridianCore } from './meridian.ts';
import { playCase } from './play-case.ts';
import { NOW, publishMeridian } from './with-engine.ts';

describe('what trellis test says of the bundled workflow', () => {
  const cases = parse(readFileSync('workflows/online-quote/cases.yaml', 'utf8')) as CaseFile;

  for (const test of cases) {
    it(`comes out so on the engine: ${test.case}`, async () => {
      const store = createMemoryStore();
      const catalogue = await publishMeridian(store, NOW);
      const published = { store, catalogue, core: meridianCore() };
      expect(await playCase('online-quote', test, published)).to.deep.equal([]);
    });
  }
});
