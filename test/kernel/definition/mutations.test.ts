import { expect } from 'chai';
import fc from 'fast-check';
import { checkWorkflowSource } from '../../../engine/forms/check-workflow-source.ts';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import type { Subject } from '../../mutations/operator.ts';
import { bundledCore, readSubjects } from '../../mutations/subjects.ts';
import { writeTree } from '../../mutations/tree.ts';
import type { TextEdit } from './text-edits.ts';
import { textEdits } from './text-edits.ts';
import type { TreeEdit } from './tree-edits.ts';
import { TREE_EDITS } from './tree-edits.ts';

const SIZES: Readonly<Record<string, number>> = { full: 3000, nightly: 200_000 };
const RUNS = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 200;
/** The longest that a text may take, in milliseconds of the processor. */
const LONGEST = 1000;

interface Edits {
  readonly subject: number;
  readonly trees: readonly TreeEdit[];
  readonly texts: readonly TextEdit[];
}

function edited(subjects: readonly Subject[], { subject, trees, texts }: Edits): WorkflowSource {
  const chosen = subjects[subject % subjects.length];
  if (chosen === undefined) throw new Error('There is no workflow to change.');
  const { source, tree } = chosen;
  const written =
    trees.length === 0 ? source.text : writeTree(trees.reduce((made, edit) => edit(made), tree));
  return { ...source, text: texts.reduce((text, edit) => edit(text), written) };
}

function expectPlaced({ code, message, position, file }: Problem, source: WorkflowSource): void {
  const text = file === undefined ? source.text : (source.files[file] ?? source.text);
  expect(code).to.match(/^[a-z]+(-[a-z]+)*$/);
  expect(message).not.to.match(/undefined|\[object|NaN/);
  expect(position?.line, `the line of: ${message}`).to.be.within(1, text.split('\n').length);
}

describe('definition: broken texts', () => {
  it(`${String(RUNS)} mutations of workflows are checked without a crash, each problem placed`, async function () {
    this.timeout(7_200_000);
    const [core, subjects] = await Promise.all([bundledCore(), readSubjects()]);
    const words = [
      ...new Set(subjects.flatMap(({ source }) => source.text.match(/[\w.^-]+/g) ?? [])),
    ];
    const edits: fc.Arbitrary<Edits> = fc
      .record({
        subject: fc.nat(1000),
        trees: fc.array(TREE_EDITS, { maxLength: 3 }),
        texts: fc.array(textEdits(words), { maxLength: 3 }),
      })
      .filter(({ trees, texts }) => trees.length + texts.length > 0);
    let refused = 0;
    const property = fc.property(edits, (list) => {
      const source = edited(subjects, list);
      const before = process.cpuUsage();
      const { workflow, problems } = checkWorkflowSource(source, core);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000, source.text).to.be.lessThan(LONGEST);
      const isRefused = problems.some(({ severity }) => severity === 'error');
      refused += isRefused ? 1 : 0;
      expect(workflow === undefined).to.equal(isRefused);
      for (const problem of problems) expectPlaced(problem, source);
    });
    fc.assert(property, { numRuns: RUNS });
    expect(refused).to.be.greaterThan(RUNS / 2);
  });
});
