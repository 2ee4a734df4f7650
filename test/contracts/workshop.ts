import { expect } from 'chai';
import type { Problem } from '../../engine/kernel/problem.ts';
import type { Workshop } from '../../engine/ports/workshop.ts';
import { customer } from '../governance/evolution/states.ts';
import { DESK, deskFiles } from '../governance/upgrade/desk-workflow.ts';
import { sourceOf, workshopCore } from '../kernel/fixtures/workshop.ts';

/** A workflow that uses nothing of the core but a role. */
const OTHER = `workflow: other
title: Other
team: office
core: 1
reference: O-{number}
data: { seen: { kind: text, maxLength: 40 } }
start: { request: { form: ask, audience: { role: clerk } } }
forms: { ask: { title: Ask, fields: [seen] } }
states:
  last: { final: completed }
`;

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

  // Enough that a host looks at them on several threads.
  const VERSIONS = 100;

  it('tells of many workflows what a change does, in their order', async () => {
    const fields = '\n    id: { type: string }\n    vatNo: { type: string }';
    const segment = '\n    segment: { enum: [key, oem] }';
    const filesOf = (version: number, more: string) =>
      Object.fromEntries(deskFiles(customer(version, fields + more)));
    const versions = Array.from({ length: VERSIONS }, (_, number) => {
      const name = `desk-${String(number).padStart(3, '0')}`;
      // Every third says nothing of what goes.
      const text = number % 3 === 0 ? OTHER : DESK.source.text;
      const source = {
        ...DESK.source,
        name,
        text: text.replace(/^workflow: .*/u, `workflow: ${name}`),
      };
      return { name, version: 1, pins: {}, source };
    });
    const question = {
      before: { release: '1.1', files: filesOf(1, segment) },
      after: { release: '1.2', files: filesOf(2, '') },
      versions,
    };
    const found = await workshop.impact(question);
    expect(found.filter(({ kind }) => kind !== 'workflow')).to.deep.include({
      ...{ kind: 'type', name: 'Customer', verdict: 'affected', uses: [], problems: [] },
    });
    const verdicts = found.filter(({ kind }) => kind === 'workflow');
    expect(verdicts.map(({ name }) => name)).to.deep.equal(versions.map(({ name }) => name));
    expect(verdicts.map(({ verdict }) => verdict)).to.deep.equal(
      versions.map((_, number) => (number % 3 === 0 ? 'safe' : 'broken')),
    );
    const change = { 'types/Customer.yaml': question.after.files['types/Customer.yaml'] ?? '' };
    const judged = await workshop.judge({
      ...{ earlier: [question.before], change, release: '1.2', now: 0 },
      workflows: versions.map((one) => ({ ...one, release: '1.1' })),
    });
    const broken = verdicts.filter(({ verdict }) => verdict === 'broken');
    expect(judged.broken).to.deep.equal(broken);
  }).timeout(120_000);

  it('looks at several at once', async () => {
    const three = [STATES, STATES, STATES].map(errorsIn);
    expect(await Promise.all(three)).to.deep.equal([[], [], []]);
  }).timeout(60_000);
}
