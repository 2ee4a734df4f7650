import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { GUIDES, blocksOf, proseOf, readGuide } from './guide.ts';

const DECISIONS = readdirSync('engine/decisions').map((name) => `engine/decisions/${name}`);
const LINK = /\]\(([^)\s]+)\)/g;
/** A path as the guides write one, between backticks. */
const PATH = /`((?:engine|server|test|core-data|workflows|templates)\/[\w./-]*)`/g;
const MOST_LINES = 150;
const MOST_LINES_OF_A_DECISION = 40;

function anchorsOf(guide: string): readonly string[] {
  return [...proseOf(guide).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isThere(link: string, from: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsOf(readGuide(target)).includes(anchor);
}

function numberIn(line: string): number {
  return Number(/decisions\/(\d{4})-/.exec(line)?.[1]);
}

describe('the guides', () => {
  for (const path of [...GUIDES, ...DECISIONS]) {
    it(`lead somewhere with every link: ${path}`, () => {
      const links = [...proseOf(readGuide(path)).matchAll(LINK)].map(([, link = '']) => link);
      const ours = links.filter((link) => !/^https?:/.test(link));
      expect(ours.filter((link) => !isThere(link, path))).to.deep.equal([]);
    });

    it(`name no file that is not there: ${path}`, () => {
      const named = [...proseOf(readGuide(path)).matchAll(PATH)].map(([, name = '']) => name);
      expect(named.filter((name) => !existsSync(name))).to.deep.equal([]);
    });
  }

  it('begin with a README.md of one sentence, two commands and at most 150 lines', () => {
    const readme = readGuide('README.md');
    expect(readme.trimEnd().split('\n').length).to.be.at.most(MOST_LINES);
    const [, sentence = ''] = readme.split('\n\n');
    expect(sentence).to.match(/^Trellis [^.]+\.$/);
    const [commands] = blocksOf(readme).filter(({ language }) => language === 'sh');
    expect(commands?.text).to.equal('npm ci\nnpm start\n');
  });

  it('list every decision, each by its title, in the guide of the engine', () => {
    const titles = DECISIONS.map((path) => {
      const title = readGuide(path).replace(/^# \d{4}:? (.*)\n[^]*$/u, '$1');
      return `- [${title}](${path.replace('engine/', '')})`;
    });
    const listed = readGuide('engine/README.md')
      .split('\n')
      .filter((line) => line.includes('](decisions/'));
    expect(listed).to.deep.equal(titles.sort((a, b) => numberIn(a) - numberIn(b)));
  });

  it('have decisions that are numbered once each, of a page each', () => {
    const numbers = DECISIONS.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
    expect(numbers).to.deep.equal([...new Set(numbers)].sort((a, b) => a - b));
    for (const path of DECISIONS) {
      const decision = readGuide(path);
      expect(decision.split('\n').length, path).to.be.at.most(MOST_LINES_OF_A_DECISION + 1);
      const headings = [...decision.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings, path).to.deep.equal(['Context', 'Decision', 'Consequences']);
    }
  });
});
