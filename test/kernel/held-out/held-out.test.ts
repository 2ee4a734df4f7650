import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import {
  checkWorkflowSource,
  compileWorkflow,
  testWorkflow,
  workflowSchema,
} from '../../../engine/index.ts';
import type { LoadedCore } from '../../../engine/index.ts';
import type { Written } from './company.ts';
import { companyCore, companyWorkflows } from './company.ts';

describe('workflows written from the description of the language alone', () => {
  let core: LoadedCore;
  let workflows: readonly Written[];

  before(async () => {
    core = await companyCore();
    workflows = await companyWorkflows();
  });

  it('are many', () => {
    expect(workflows).to.have.lengthOf.at.least(32);
  });

  it('pass the checker without a word, but for one that pays by a result that is restricted', () => {
    for (const { source } of workflows) {
      const problems = checkWorkflowSource(source, core.view).problems.map(
        ({ code, message, position }) => `${position?.line ?? 0}: ${message} [${code}]`,
      );
      const isToldByPay = source.name === 'dispute';
      expect(problems, source.name).to.have.length(isToldByPay ? 1 : 0);
      if (isToldByPay) expect(problems[0]).to.match(/"result.pay".*erp.pay.*\[tells-by-guard\]$/u);
    }
  });

  it('fit the schema that editors are given', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      workflowSchema as Readonly<Record<string, unknown>>,
    );
    for (const { source } of workflows) {
      validate(parse(source.text));
      expect(validate.errors ?? [], source.name).to.deep.equal([]);
    }
  });

  it('do in their test cases what their authors expect', () => {
    const { view, validator } = core;
    const around = { core: view, validator, runnable: () => undefined };
    for (const { source, cases } of workflows) {
      const { workflow } = checkWorkflowSource(source, view);
      if (workflow === undefined) throw new Error(`${source.name} is refused.`);
      const report = testWorkflow(cases, compileWorkflow(workflow, view, validator), around);
      expect(report.problems, source.name).to.deep.equal([]);
      for (const { name, mismatches } of report.results) {
        expect(mismatches, `${source.name}: ${name}`).to.deep.equal([]);
      }
    }
  });
});
