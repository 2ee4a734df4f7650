import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { checkEffort } from '../../../engine/kernel/check/effort-check.ts';
import { statechartOf } from '../../../engine/kernel/check/statechart.ts';
import type { Workflow } from '../../../engine/kernel/definition/workflow.ts';
import type { State } from '../../../engine/kernel/definition/state.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';
import { Builder } from './random-statechart.ts';
import type { Plan } from './random-statechart.ts';

const LEAF: Plan = { kind: 'plain', entry: [], exit: [], rules: [], fields: [], children: [] };

function build(plans: readonly Plan[]): Workflow {
  return new Builder({ intoRegions: false }).build(plans);
}

function codes(workflow: Workflow): readonly string[] {
  return checkEffort(workflow, statechartOf(workflow)).map(({ code }) => code);
}

describe('the effort of a workflow', () => {
  it('is measured before anything else, and named with its limit', () => {
    const states = Array.from({ length: 201 }, (_, index) => `  s${index}: { final: completed }`);
    const head = onlineQuote.text.slice(0, onlineQuote.text.indexOf('states:'));
    const text = [head, 'states:', ...states].join('\n').replace(/decisions:[^]*?\n\n/, '\n');
    const { problems } = checkSource({ ...onlineQuote, text }, meridianCore);
    expect(problems.map(({ code }) => code)).to.deep.equal(['too-many-states']);
    expect(problems[0]?.message).to.match(/has 201 states; 200 at most/);
    expect(problems[0]?.position?.line).to.be.greaterThan(30);
  });

  it('counts no workflow that is small', () => {
    expect(codes(build([LEAF]))).to.deep.equal([]);
  });

  it('bounds how deep states lie inside each other', () => {
    let plan = LEAF;
    for (let depth = 0; depth < 33; depth++) plan = { ...LEAF, kind: 'states', children: [plan] };
    expect(codes(build([plan]))).to.deep.equal(['too-deep']);
  });

  it('bounds expressions', () => {
    const entry = Array.from({ length: 501 }, () => ({ field: 0, fills: true }));
    expect(codes(build([{ ...LEAF, entry }]))).to.deep.equal(['too-many-expressions']);
  });

  it('bounds data fields, form fields and decision rules', () => {
    const workflow = build([LEAF]);
    const data = Array.from({ length: 41 }, () => workflow.data).flat();
    const asked = Array.from({ length: 501 }, (_, index) => ({
      ...{ path: [], scope: 'form' as const, required: false },
      target: [`f${index}`],
    }));
    const form = {
      ...{
        path: [],
        name: 'big',
        title: 'Big',
        show: [],
        outcomes: [],
        rules: [],
        summary: false,
        items: [],
      },
      pages: [{ path: [], fields: asked }],
    };
    const rules = Array.from({ length: 501 }, () => ({ path: [], cells: [], results: [] }));
    const decision = {
      ...{
        path: ['decisions', 'big'],
        name: 'big',
        hit: { kind: 'first' as const },
        inputs: [],
        outputs: [],
      },
      rules,
    };
    const found = codes({ ...workflow, data, forms: [form], decisions: [decision] });
    expect(found).to.deep.equal(['too-many-fields', 'too-many-fields', 'too-many-rules']);
  });

  it('lets the root of a statechart be no state of its own', () => {
    const leaves = Array.from({ length: 199 }, () => LEAF);
    const workflow = build(leaves);
    expect(statechartOf(workflow).states.size).to.equal(201);
    expect((workflow.root as State).id).to.equal('');
    expect(codes(workflow)).to.deep.equal([]);
  });
});
