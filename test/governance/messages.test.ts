import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';

const SOURCES = [
  ...filesIn('engine/governance/core'),
  ...filesIn('engine/governance/evolution'),
  ...filesIn('engine/governance/upgrade'),
  'engine/governance/connector-faults.ts',
  ...filesIn('engine/kernel/validator'),
  ...filesIn('engine/kernel/definition').filter((path) => /\/(source|yaml-[a-z]+)\.ts$/.test(path)),
];
/** What `unknownName` makes codes of. */
const NAMED = /(?:nameFaults|unknownName)\(\s*'([a-z]+)'/g;
const CODED =
  /'((?:yaml|schema|lookup|core-file)-[a-z-]+)'|code: '([a-z-]+)'|return '([a-z]+-[a-z]+)'/g;
/** Codes of errors that are thrown, which `engine/README.md` lists. */
const THROWN = ['schema-refused'];

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

function codesIn(source: string): string[] {
  const coded = [...source.matchAll(CODED)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const named = [...source.matchAll(NAMED)].map(([, what]) => `unknown-${what ?? ''}`);
  return [...coded, ...named];
}

describe('the table of messages in core-data/README.md', () => {
  const whole = readFileSync('core-data/README.md', 'utf8');
  const guide = whole.slice(whole.indexOf('## Every message, with its cure'));
  const listed = [...guide.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code ?? '');

  it('lists every code that a core can be refused with, and no other', () => {
    const used = new Set(SOURCES.flatMap((path) => codesIn(readFileSync(path, 'utf8'))));
    for (const code of THROWN) used.delete(code);
    expect([...used].sort()).to.deep.equal([...listed].sort());
  });

  it('is sorted, and has each code once', () => {
    expect(listed).to.deep.equal([...new Set(listed)].sort());
  });
});
