import { expect } from 'chai';
import type { Problem } from '../../engine/kernel/problem.ts';
import type { Workshop } from '../../engine/ports/workshop.ts';
import { sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';

const STATES = `
  waiting: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`;

/** What every workshop does. */
export function workshopContract(create: () => Workshop): void {
  let workshop: Workshop;
  before(() => {
    workshop = create();
  });
  after(() => workshop.close());

  /** What keeps a workflow from going live. */
  const errorsIn = async (states: string): Promise<readonly Problem[]> => {
    const problems = await workshop.check(sourceOf({ states }), workshopCore().view);
    return problems.filter(({ severity }) => severity === 'error');
  };

  it('finds nothing wrong with a right workflow', async () => {
    expect(await errorsIn(STATES)).to.deep.equal([]);
  }).timeout(60_000);

  it('gives the problems of a wrong one, with code, place and fix', async () => {
    const [problem] = await errorsIn(STATES.replace('done: ended', 'done: endd'));
    expect(problem?.code).to.equal('unknown-state');
    expect(problem?.position?.line).to.be.a('number');
    expect(problem?.fix?.edits).to.have.length(1);
  }).timeout(60_000);

  it('says what a workflow may do, and how its test cases went', async () => {
    const { view } = workshopCore();
    const source = sourceOf({ states: STATES });
    const wrong = { ...source, files: { 'cases.yaml': '- { case: none }' } };
    const examine = (one: typeof source) =>
      workshop.examine(one.name, [{ name: one.name, source: one }], view);
    const { passed } = await examine(source);
    expect(passed?.risk.tiers).to.deep.equal(['peer']);
    expect(passed?.tests).to.deep.equal({ cases: 0, problems: [], failed: [], coverage: 0 });
    expect((await examine(wrong)).passed?.tests.problems[0]).to.have.property('code', 'case-form');
    const broken = sourceOf({ states: STATES.replace('done: ended', 'done: endd') });
    expect(await examine(broken)).not.to.have.property('passed');
  }).timeout(60_000);

  it('looks at several at once', async () => {
    const three = [STATES, STATES, STATES].map(errorsIn);
    expect(await Promise.all(three)).to.deep.equal([[], [], []]);
  }).timeout(60_000);
}
