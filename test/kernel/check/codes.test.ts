import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { CHECK_CODES } from '../../../engine/kernel/check/codes.ts';

const table = readFileSync('workflows/README.md', 'utf8');
const listed = [...table.matchAll(/^\| `([a-z-]+)` /gm)].map(([, code]) => code ?? '');

describe('the codes of the checker', () => {
  it('each have a line in the table of workflows/README.md', () => {
    expect(CHECK_CODES.filter((code) => !listed.includes(code))).to.deep.equal([]);
  });

  it('stand in that table once each, in the order of the alphabet', () => {
    expect(listed).to.deep.equal([...new Set(listed)].sort());
  });

  it('are each shown by a fixture, by a change to online-quote, or by a size', () => {
    const fixtures = readdirSync('test/kernel/check/fixtures').map((file) =>
      readFileSync(`test/kernel/check/fixtures/${file}`, 'utf8'),
    );
    const tests = ['online-quote', 'effort-check', 'read-only', 'recipients', 'files'].map((name) =>
      readFileSync(`test/kernel/check/${name}.test.ts`, 'utf8'),
    );
    const shown = [...fixtures, ...tests].join('\n');
    const unshown = CHECK_CODES.filter(
      (code) => !new RegExp(`expect: ${code} |'${code}'`).test(shown),
    );
    expect(unshown).to.deep.equal([]);
  });
});
