import { expect } from 'chai';
import { addRelease } from '../../engine/runtime/add-release.ts';
import { verifyCases } from '../../engine/runtime/verify.ts';
import { WORKSHOP_FILES } from '../kernel/fixtures/workshop.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  DAY,
  MINUTE,
  NOW,
  complete,
  load,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const CHECKED = {
  states: `
  checking: { ${TASK}, on: { done: ended } }
  ended: { final: completed }`,
};
const HELPER = {
  name: 'helper',
  start: 'calling: { run: [email] }',
  states: `
  taking: { call: depot.take, with: { what: email }, done: good }
  good: { final: completed }`,
};
const CALLER = {
  states: `
  helping: { run: helper, with: { email: email }, done: checking }
  checking: { ${TASK}, on: { done: ended } }
  ended: { final: completed }`,
};

/** Makes a release with rules for the archive the newest. */
async function rule({ store }: Workshop, ...lines: readonly string[]): Promise<void> {
  const policies = WORKSHOP_FILES.get('policies.yaml') ?? '';
  const retention = ['retention:', ...lines.map((line) => `  - ${line}`)].join('\n');
  const files = {
    ...Object.fromEntries(WORKSHOP_FILES),
    'policies.yaml': `${policies}${retention}\n`,
  };
  await addRelease(
    { ...store, clock: { now: () => NOW } },
    {
      ...{ release: '1.2', digest: '1'.repeat(64), files, createdAt: NOW },
    },
  );
}

/** Lets the archiver come round, move what it finds, and pause as long as it likes. */
async function comeRound(workshop: Workshop): Promise<void> {
  for (let times = 0; times < 6; times += 1) await pass(workshop, 5 * MINUTE);
}

async function isArchived(workshop: Workshop, id: string): Promise<boolean> {
  return (await load(workshop, id)).archivedAt !== undefined;
}

describe('the archive of an engine', () => {
  it('is given what rests for longer than the newest release says, and nothing else', () =>
    withWorkshop({ workflows: [CHECKED] }, async (workshop) => {
      const [old, young, running] = [
        await startSample(workshop),
        await startSample(workshop),
        await startSample(workshop),
      ];
      await complete(workshop, old, 'done');
      await pass(workshop, 60 * DAY);
      await complete(workshop, young, 'done');
      await pass(workshop, 31 * DAY);
      expect(await isArchived(workshop, old), 'before there is a rule').to.equal(false);
      await rule(workshop, '{ archiveAfter: 90 days }');
      await comeRound(workshop);
      expect(await isArchived(workshop, old)).to.equal(true);
      expect(await isArchived(workshop, young)).to.equal(false);
      expect(await isArchived(workshop, running)).to.equal(false);
      await pass(workshop, 60 * DAY);
      await comeRound(workshop);
      expect(await isArchived(workshop, young)).to.equal(true);
    }));

  it('is not given the cases of a workflow with a line that says so', () =>
    withWorkshop({ workflows: [CHECKED] }, async (workshop) => {
      const id = await startSample(workshop);
      await complete(workshop, id, 'done');
      await rule(workshop, '{ archiveAfter: 1 day }', '{ workflow: sample, archiveAfter: never }');
      await pass(workshop, 9 * DAY);
      await comeRound(workshop);
      expect(await isArchived(workshop, id)).to.equal(false);
    }));

  it('has parents before their children, and no child of one that runs', () =>
    withWorkshop({ workflows: [HELPER, CALLER] }, async (workshop) => {
      const id = await startSample(workshop);
      const { rows } = await workshop.store.worklist.cases({ workflow: 'helper' }, undefined, 9);
      const child = rows[0]?.id ?? '';
      expect(rows[0]?.status).to.equal('finished');
      await rule(workshop, '{ archiveAfter: 1 day }');
      await pass(workshop, 2 * DAY);
      await comeRound(workshop);
      expect(await isArchived(workshop, child)).to.equal(false);
      await complete(workshop, id, 'done');
      await pass(workshop, 2 * DAY);
      await comeRound(workshop);
      await comeRound(workshop);
      expect(await isArchived(workshop, id)).to.equal(true);
      expect(await isArchived(workshop, child)).to.equal(true);
    }));

  it('keeps what can be read, and lets nothing change', () =>
    withWorkshop({ workflows: [CHECKED] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const submissionKey = 'once';
      const form = { data: { email: 'a@ada.example' }, own: {} };
      const command = { workflow: 'sample', start: 'online', form, actor: CLERK, submissionKey };
      const started = await engine.startCase(command);
      const { caseId } = started;
      const [task] = await store.worklist.tasksOfCase(caseId);
      const done = { taskId: task?.id ?? '', outcome: 'done', form: { data: {}, own: {} } };
      await engine.completeTask({ ...done, actor: CLERK, submissionKey: 'done' });
      const before = await engine.look(caseId);
      await rule(workshop, '{ archiveAfter: 1 day }');
      await pass(workshop, 2 * DAY);
      await comeRound(workshop);

      const after = await engine.look(caseId);
      expect(after.stored.archivedAt).to.be.a('number');
      expect(after.data).to.deep.equal(before.data);
      await expectFold(store, catalogue, caseId);
      expect(await engine.startCase(command)).to.deep.equal(started);
      const again = await engine.completeTask({ ...done, actor: CLERK, submissionKey: 'done' });
      expect(again).to.deep.equal({ caseId });
      for (const [change, code] of [
        [() => engine.teamwork.comment(caseId, 'Too late', CLERK), 'not-possible'],
        [() => engine.operations.suspend({ caseId, reason: 'x', actor: CLERK }), 'not-possible'],
        [() => engine.completeTask({ ...done, actor: CLERK }), 'task-over'],
      ] as const) {
        const refused = await change().catch((error: unknown) => error);
        expect(refused).to.have.property('code', code);
      }
      expect(await store.cases.history(caseId)).to.have.length(before.stored.version);
      const verified = [];
      for await (const one of verifyCases({ store, catalogue })) verified.push(one);
      expect(verified).to.deep.equal([{ caseId, reference: before.stored.reference }]);
    }));
});
