import { expect } from 'chai';
import {
  checkWorkflowSource,
  compileWorkflow,
  readEnvironment,
  testWorkflow,
} from '../../engine/index.ts';
import type { LoadedCore, WorkflowSource } from '../../engine/index.ts';
import { bundledCore, examplesIn } from './examples.ts';
import { blocksOf, readGuide } from './guide.ts';

describe('the examples in the guides', () => {
  let core: LoadedCore;

  before(async () => {
    core = await bundledCore();
  });

  function errorsIn(source: WorkflowSource): readonly string[] {
    return checkWorkflowSource(source, core.view)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ message, position }) => `line ${position?.line ?? 0}: ${message}`);
  }

  it('has a workflow of 15 lines in README.md, which passes the checker', () => {
    const [shown, ...others] = blocksOf(readGuide('README.md')).filter(
      ({ language }) => language === 'yaml',
    );
    const text = shown?.text ?? '';
    expect(others).to.deep.equal([]);
    expect(text.trimEnd().split('\n')).to.have.lengthOf(15);
    expect(
      checkWorkflowSource({ name: 'stock-request', text, files: {} }, core.view).problems,
    ).to.deep.equal([]);
  });

  it('pass the checker in workflows/README.md, in the frame that it shows', () => {
    const examples = examplesIn(blocksOf(readGuide('workflows/README.md')));
    expect(examples).to.have.lengthOf.above(12);
    for (const { source, line } of examples) {
      expect(errorsIn(source), `workflows/README.md:${line}`).to.deep.equal([]);
    }
  });

  it('show each kind of work', () => {
    const guide = readGuide('workflows/README.md');
    const shown = examplesIn(blocksOf(guide)).map(({ source }) => source.text);
    for (const kind of ['task', 'ask', 'call', 'run', 'wait', 'decide', 'parallel', 'states']) {
      expect(guide, kind).to.include(`### \`${kind}\``);
      expect(shown.join('\n'), kind).to.match(new RegExp(`^ +${kind}:`, 'm'));
    }
  });

  it('have a test case that passes', () => {
    const blocks = blocksOf(readGuide('workflows/README.md'));
    const example = examplesIn(blocks).find(({ heading }) => heading.includes('`call`'));
    const cases = blocks.filter(({ text }) => text.startsWith('- case: without stock'));
    expect(cases).to.have.lengthOf(1);
    const { workflow } = checkWorkflowSource(example?.source ?? missing(), core.view);
    const compiled = compileWorkflow(workflow ?? missing(), core.view, core.validator);
    const { view, validator } = core;
    const around = { core: view, validator, runnable: () => undefined };
    const report = testWorkflow(cases[0]?.text ?? '', compiled, around);
    expect(report.problems).to.deep.equal([]);
    expect(report.results.map(({ mismatches }) => mismatches)).to.deep.equal([[]]);
  });

  it('have a destinations file in server/README.md that can be read', () => {
    const shown = blocksOf(readGuide('server/README.md')).filter(({ text }) =>
      text.includes('environment:'),
    );
    expect(shown).to.have.lengthOf(1);
    const { value, problems } = readEnvironment(shown[0]?.text ?? '');
    expect(problems).to.deep.equal([]);
    const named = [...core.core.connectors.values()].flatMap((manifest) =>
      'destination' in manifest ? (manifest.destination['production'] ?? []) : [],
    );
    expect(Object.keys(value?.destinations ?? {}).sort()).to.deep.equal(named.sort());
  });
});

function missing(): never {
  throw new Error('The guide does not show what this test looks for.');
}
