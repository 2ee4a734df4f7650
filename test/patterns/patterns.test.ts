import { expect } from 'chai';
import { parse } from 'yaml';
import type { CaseFile } from '../../engine/kernel/rehearsal/case-file.ts';
import { readGuide, rowsUnder } from '../docs/guide.ts';
import { playCase } from '../runtime/play-case.ts';
import { readPatterns } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { LoadedCore } from '../../engine/index.ts';
import { patternCore, play } from './play.ts';
import { publishPatterns } from './publish-patterns.ts';
import { AIMS, TABLE_PAGE, countOf, rowOf } from './table.ts';

describe('the workflow control-flow patterns', function () {
  this.timeout(120_000);

  let patterns: readonly Pattern[];
  let core: LoadedCore;

  before(async () => {
    [patterns, core] = await Promise.all([readPatterns(), patternCore()]);
  });

  it('are all there, each once', () => {
    const numbers = Array.from({ length: 43 }, (_, index) => index + 1);
    expect(patterns.map(({ number }) => number)).to.deep.equal(numbers);
    expect(patterns.filter(({ how }) => how === '').map(({ folder }) => folder)).to.deep.equal([]);
  });

  it('are what their folders say', () => {
    const faults = patterns.flatMap((pattern) =>
      play(pattern, core).faults.map((fault) => `${pattern.folder}: ${fault}`),
    );
    expect(faults).to.deep.equal([]);
  });

  it('come out so on the engine too', async () => {
    const played = patterns.filter(({ cases }) => cases !== '');
    const published = await publishPatterns(played, core);
    const faults: string[] = [];
    for (const pattern of played) {
      for (const test of parse(pattern.cases) as CaseFile) {
        const found = await playCase(pattern.source.name, test, published);
        faults.push(...found.map((fault) => `${pattern.folder}: ${test.case}: ${fault}`));
      }
    }
    expect(faults).to.deep.equal([]);
  });

  it('would be found out if they were not', async () => {
    const first = patterns.find(({ number }) => number === 29);
    if (first === undefined) throw new Error('There is no WCP-29.');
    const text = first.source.text.replace('join: 1', 'join: all');
    const wrong = { ...first, source: { ...first.source, text } };
    const rehearsed = play(wrong, core).faults.find((fault) => fault.includes('state:'));
    const [test] = parse(wrong.cases) as CaseFile;
    const [played] = test
      ? await playCase(wrong.source.name, test, await publishPatterns([wrong], core))
      : [];
    for (const fault of [rehearsed, played]) {
      expect(fault).to.match(/at then 2: state: expected .*, found race\/left.*, race\/right\/two/);
    }
  });

  it('are there often enough', () => {
    const direct = countOf(patterns, 'direct');
    expect(direct).to.be.at.least(AIMS.direct);
    expect(direct + countOf(patterns, 'idiom')).to.be.at.least(AIMS.supported);
  });

  it('are told in the guide as they are', () => {
    const listed = rowsUnder(readGuide(TABLE_PAGE), '## The table');
    expect(listed).to.deep.equal(patterns.map(rowOf));
  });
});
