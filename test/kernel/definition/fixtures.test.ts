import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readWorkflow } from '../../../engine/kernel/definition/read-workflow.ts';
import { applyEdits } from '../../../engine/kernel/definition/source-map.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { readFixtures } from './read-fixtures.ts';

const fixtures = readFixtures();
const show = ({ code, position }: Problem): string => `${code} in line ${position?.line ?? '?'}`;

describe('definition: one fixture a rule', () => {
  for (const { file, source, expected } of fixtures) {
    it(file, () => {
      const { problems, workflow } = readWorkflow(source, meridianCore);
      expect(problems.map(show)).to.deep.equal(expected);
      expect(workflow === undefined).to.equal(expected.length > 0);
    });
  }

  it('has every code in the table of workflows/README.md', () => {
    const table = readFileSync('workflows/README.md', 'utf8');
    const codes = new Set(
      fixtures.flatMap(({ expected }) => expected.map((line) => line.split(' ')[0])),
    );
    const missing = [...codes].filter((code) => !table.includes(`| \`${code ?? ''}\` `));
    expect(missing).to.deep.equal([]);
  });
});

describe('definition: the ready fixes', () => {
  const fixable = fixtures.flatMap(({ file, source }) =>
    readWorkflow(source, meridianCore)
      .problems.filter(({ fix }) => fix !== undefined)
      .map((problem) => ({ file, source, problem })),
  );

  it('exist for misspelt names and for the traps of YAML', () => {
    const codes = new Set(fixable.map(({ problem }) => problem.code));
    expect([...codes]).to.include.members(['unknown-state', 'unknown-field', 'unknown-key']);
    expect([...codes]).to.include.members(['yaml-tag', 'yaml-comma', 'yaml-quotes', 'yaml-anchor']);
  });

  for (const { file, source, problem } of fixable) {
    it(`${file}: ${problem.fix?.title ?? ''}`, () => {
      const text = problem.fix === undefined ? '' : applyEdits(source.text, problem.fix);
      const { problems } = readWorkflow({ ...source, text }, meridianCore);
      expect(problems.map(({ code, path }) => [code, ...path])).not.to.deep.include([
        problem.code,
        ...problem.path,
      ]);
      expect(problems.filter(({ code }) => code.startsWith('yaml-'))).to.deep.equal([]);
    });
  }
});
