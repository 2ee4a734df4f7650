import { expect } from 'chai';
import fc from 'fast-check';
import {
  buildForm,
  checkTogether,
  checkWorkflowSource,
  impactOfCore,
  loadCore,
  readCore,
} from '../../../engine/index.ts';
import type {
  CheckedTogether,
  CoreView,
  ImpactVerdict,
  ImpactVersion,
} from '../../../engine/index.ts';
import { checkEverything } from '../../../engine/forms/impact-of-core.ts';
import type { CheckSource } from '../../../engine/governance/impact/impact.ts';
import { judgeImpact } from '../../../engine/governance/impact/judge-impact.ts';
import { coreFiles, randomCore, randomWorkflow, workflowText } from './random-company.ts';
import type { RandomCore, RandomWorkflow } from './random-company.ts';

const SIZES: Readonly<Record<string, number>> = { full: 2_000, nightly: 20_000 };
const RUNS = SIZES[process.env['TRELLIS_TEST_SIZE'] ?? ''] ?? 200;
const NAMES = ['first', 'second', 'third'];

describe('the impact of a change of the core', function () {
  this.timeout(900_000);
  const counts: Record<ImpactVerdict, number> = { broken: 0, affected: 0, safe: 0 };

  it('is what checking everything again finds', () => {
    fc.assert(
      fc.property(changes, (change) => {
        holdAgainstEverything(change, counts);
      }),
      { numRuns: RUNS, examples: [[NEVER_FILLED]] },
    );
    // Otherwise the law would hold of nothing.
    for (const count of Object.values(counts)) expect(count).to.be.greaterThan(0);
  });
});

interface Change {
  readonly before: RandomCore;
  readonly after: RandomCore;
  readonly workflows: readonly RandomWorkflow[];
  readonly older: RandomWorkflow;
}

const changes: fc.Arbitrary<Change> = fc
  .record({
    before: randomCore,
    other: randomCore,
    workflows: fc.array(randomWorkflow, { minLength: 3, maxLength: 3 }),
    older: randomWorkflow,
  })
  .chain((made) =>
    fc
      .subarray(Object.keys(made.before), { minLength: 1, maxLength: 3 })
      .map((keys) => ({ ...made, after: { ...made.before, ...taken(made.other, keys) } })),
  );

const TYPE = {
  title: 'A type',
  fields: ['amount', 'day', 'kind', 'note'],
  required: false,
  secret: true,
  amount: '{ type: number }',
  choices: ['x', 'y', 'z'],
  holds: true,
};
const CORE: RandomCore = {
  Asset: TYPE,
  Bill: { ...TYPE, fields: [], secret: false },
  Cargo: { ...TYPE, holds: false },
  ...{ operations: ['ask'], input: 'text', wanted: false, delivery: 'idempotent' },
  ...{ level: 'confidential', correlate: 'id', told: ['open'] },
  ...{ deskMay: ['out.say', 'out.ask', 'core/keep'], marketMay: ['out.say'] },
  ...{ writes: ['Asset', 'Bill', 'Cargo'], roles: ['guest', 'boss'] },
  ...{ staff: 'restricted', guest: 'internal', open: 'internal', hours: '08:00-12:00' },
  ...{ keeps: 'Cargo', processOutcome: 'completed', implicitFlows: 'error' },
};

/**
 * A workflow gives another one a value of which a part is never filled. With the part it would not fit
 * under the new core; it was told as no use for that.
 */
const NEVER_FILLED: Change = {
  before: CORE,
  after: { ...CORE, Cargo: { ...CORE.Cargo, required: true } },
  workflows: [
    { team: 'desk', type: 'Bill', role: 'guest', parts: [], fields: TYPE.fields },
    { team: 'desk', type: 'Asset', role: 'clerk', parts: ['wait', 'lend'], fields: TYPE.fields },
  ],
  older: { team: 'desk', type: 'Cargo', role: 'clerk', parts: [], fields: TYPE.fields },
};

function taken(other: RandomCore, keys: readonly string[]): Partial<RandomCore> {
  return Object.fromEntries(Object.entries(other).filter(([key]) => keys.includes(key)));
}

function holdAgainstEverything(change: Change, counts: Record<ImpactVerdict, number>): void {
  const [before, after] = [stateOf(change.before), stateOf(change.after)];
  if (before === undefined || after === undefined) return;
  const sources = change.workflows.map((made, index) => sourceOf(index, made, change.before));
  const all = checkTogether(sources, before.view);
  const standing = all.passed.map(({ name, source }) => ({ name, source }));
  const newest = standing.map(({ name, source }): ImpactVersion => ({
    name,
    source,
    version: 2,
    pins: pinsOf(source.text),
  }));
  const older = olderOf(change, before.view);
  const impacts = impactOfCore(before, after, [...older, ...newest]).filter(
    ({ kind }) => kind === 'workflow',
  );
  const readAnew = judgeImpact(before, after, [...older, ...newest], withoutOutline).filter(
    ({ kind }) => kind === 'workflow',
  );
  expect(impacts, 'uses as they are read anew').to.deep.equal(readAnew);
  const was = all.refused.length === 0 ? all : checkTogether(standing, before.view);
  const is = checkTogether(standing, after.view);
  for (const { name, version, verdict } of impacts) {
    counts[verdict] += 1;
    const isRefused =
      version === 2
        ? is.refused.some((one) => one.name === name)
        : older.some(
            ({ source }) => checkWorkflowSource(source, after.view).workflow === undefined,
          );
    expect(verdict === 'broken', `${name}@${String(version)} is ${verdict}`).to.equal(isRefused);
    if (verdict !== 'safe' || version !== 2) continue;
    expect(lookOf(is, name, after.view), name).to.deep.equal(lookOf(was, name, before.view));
  }
}

/** What a check went by is not given on, so that uses are read from the source as it was before. */
const withoutOutline: CheckSource = (source, core, isChecked) => {
  const { workflow, problems, map } = checkEverything(source, core, isChecked);
  return { problems, ...(workflow && { workflow }), ...(map && { map }) };
};

function stateOf(made: RandomCore): ReturnType<typeof loadCore> | undefined {
  const { core, problems } = readCore(coreFiles(made));
  // What is taken out of a core is missing in what names it: such a core is no release.
  expect(problems.filter(({ code }) => !/^unknown-|^correlate|^not-/.test(code))).to.deep.equal([]);
  return core && loadCore(core, '1.1');
}

type Named = Parameters<typeof checkTogether>[0][number];

function sourceOf(index: number, made: RandomWorkflow, core: RandomCore): Named {
  const name = NAMES[index] ?? '';
  return { name, source: { name, text: workflowText(name, made, core), files: {} } };
}

function pinsOf(text: string): Readonly<Record<string, number>> {
  const runs = [...text.matchAll(/ run: ([\w/]+)\n/g)].map(([, name = '']) => name);
  return Object.fromEntries(runs.map((name) => [name, 2]));
}

/** An earlier version that passes alone; of one that cases would still be running. */
function olderOf({ older, before }: Change, view: CoreView): readonly ImpactVersion[] {
  const { name, source } = sourceOf(0, older, before);
  const { workflow } = checkWorkflowSource(source, view);
  return workflow === undefined ? [] : [{ name, source, version: 1, pins: pinsOf(source.text) }];
}

/** All that is known of a workflow: what its check says, its data and its forms. */
function lookOf({ passed }: CheckedTogether, name: string, core: CoreView): unknown {
  const found = passed.find((one) => one.name === name);
  if (found === undefined) return undefined;
  const { problems, workflow } = found;
  const forms = workflow.forms.map((form) =>
    buildForm(form, workflow, core, { audience: 'staff', mayRead: () => true }),
  );
  return JSON.parse(JSON.stringify({ problems, workflow, forms })) as unknown;
}
