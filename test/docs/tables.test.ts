import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { FUNCTIONS } from '../../engine/kernel/expressions/functions/functions.ts';
import { SETTINGS } from '../../server/settings.ts';
import { readGuide, rowsUnder } from './guide.ts';

const CODE = /new TrellisError\(\s*(?:'([a-z-]+)'|([^,]+)),/g;

/** The codes of errors whose code is not written out where they are thrown. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = {
  '`no-${what}`': ['no-role', 'no-team'],
  missing: ['no-core', 'no-workflows', 'no-workflow-file'],
  'error.code': [],
  'refusal.code': ['unknown-outcome', 'not-by', 'suspended'],
  'received.code': [
    'webhook-body',
    'webhook-not-json',
    'webhook-signature',
    'webhook-time',
    'webhook-unknown',
    'webhook-unsigned',
  ],
};

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

function thrownCodes(): readonly string[] {
  const sources = ['engine', 'server'].flatMap(sourceFiles);
  const found = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(CODE)].flatMap(([, code, expression = '']) => {
      if (code !== undefined) return [code];
      const codes = WORKED_OUT[expression];
      if (codes === undefined) throw new Error(`${path}: which codes has ${expression}?`);
      return codes;
    }),
  );
  return [...new Set(found)].sort();
}

describe('the tables in the guides', () => {
  it('list the functions of the expression language with their examples', () => {
    const listed = rowsUnder(readGuide('workflows/README.md'), '## Formulas');
    const expected = [...FUNCTIONS.values()].map(({ signature, description, example }) => [
      `\`${signature}\``,
      description,
      `\`${example.formula}\` → \`${JSON.stringify(example.result)}\``,
    ]);
    expect(listed).to.deep.equal(expected);
  });

  it('list what can be wrong with a file of test cases', () => {
    const guide = readGuide('workflows/README.md');
    const heading = '## Every message of the checker, with its cure';
    const listed = rowsUnder(guide, heading).map(([code = '']) => code);
    const sources = sourceFiles('engine/kernel/rehearsal').map((path) =>
      readFileSync(path, 'utf8'),
    );
    const used = [...sources.join('\n').matchAll(/'(case-[a-z]+)'/g)].map(([, code]) => code ?? '');
    expect(used).not.to.deep.equal([]);
    expect(used.filter((code) => !listed.includes(`\`${code}\``))).to.deep.equal([]);
  });

  it('list the settings of the host', () => {
    const listed = rowsUnder(readGuide('server/README.md'), '## Settings');
    const expected = SETTINGS.map(({ name, meaning, byDefault }) => [
      `\`${name}\``,
      meaning,
      byDefault,
    ]);
    expect(listed).to.deep.equal(expected);
  });

  it('list the code of every TrellisError, in the order of the alphabet', () => {
    const listed = rowsUnder(readGuide('engine/README.md'), '## Every error code');
    expect(listed.map(([code = '']) => code.slice(1, -1))).to.deep.equal(thrownCodes());
  });
});
