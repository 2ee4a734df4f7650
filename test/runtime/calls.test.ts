import { expect } from 'chai';
import type { ConnectorAnswer } from '../../engine/ports/connector.ts';
import { ok } from './fake-connectors.ts';
import {
  CLERK,
  DAY,
  callsOf,
  complete,
  load,
  openTask,
  pass,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';

/** A case that leaves a call with an undo when a day is over, or when a person says so. */
const LEAVING = {
  states: `
  both:
    parallel:
      taking: { call: depot.take, with: { what: email }, undo: { call: depot.give, with: { id: result.id } } }
      people: { states: { first: { ${TASK}, on: { stop: { to: ^checking, undo: all }, done: over } }, over: { final: true } } }
    done: checking
  checking: { ${TASK}, on: { done: ended } }
  ended: { final: completed }`,
};

/** Long enough for a job that was put back to be due, and shorter than a lease. */
const RETRY = 6_000;

/** An answer that comes when the test lets it. */
function held() {
  let give: (answer: ConnectorAnswer) => void = () => undefined;
  const answer = new Promise<ConnectorAnswer>((resolve) => {
    give = resolve;
  });
  return {
    answer: () => answer,
    give: (value: ConnectorAnswer) => {
      give(value);
    },
  };
}

const DOWN = { kind: 'retry', code: 'down', message: 'The depot is down.' } as const;

describe('a call that is left while it runs', () => {
  it('is undone when it turns out to have succeeded', () =>
    withWorkshop({ workflows: [LEAVING] }, async (workshop) => {
      const { engine, connectors, store } = workshop;
      const call = held();
      connectors.answer('depot.take', call.answer);
      const form = { data: { email: 'a@ada.example' }, own: {} };
      const { caseId } = await engine.startCase({
        workflow: 'sample',
        start: 'online',
        form,
        actor: CLERK,
      });
      while (connectors.calls.length === 0) await new Promise(setImmediate);
      const task = await openTask(workshop, caseId);
      await engine.completeTask({
        taskId: task.id,
        outcome: 'stop',
        form: { data: {}, own: {} },
        actor: CLERK,
      });
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      call.give(ok({ id: 'LATE' }));
      await engine.idle();
      const given = connectors.calls.filter(({ operation }) => operation === 'depot.give');
      expect(given.map(({ input }) => input)).to.deep.equal([{ id: 'LATE' }]);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      await complete(workshop, caseId, 'done');
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));

  it('goes on when it may have succeeded, until that is known', () =>
    withWorkshop({ workflows: [LEAVING] }, async (workshop) => {
      const { connectors } = workshop;
      connectors.answer('depot.take', DOWN);
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'stop');
      connectors.answer('depot.take', ok({ id: 'LATE' }));
      await pass(workshop, RETRY);
      expect(callsOf(workshop, 'depot.take')).to.have.length(2);
      expect(new Set(callsOf(workshop, 'depot.take')).size).to.equal(1);
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
    }));

  it('does not begin where nobody has tried it yet', () =>
    withWorkshop({ workflows: [LEAVING] }, async (workshop) => {
      const { connectors, store } = workshop;
      const keptBack = { ...DOWN, certainly: 'not tried' } as const;
      connectors.answer('depot.take', keptBack);
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'stop');
      connectors.answer('depot.take', ok({ id: 'NEVER' }));
      await pass(workshop, RETRY);
      expect(callsOf(workshop, 'depot.take')).to.have.length(1);
      expect(callsOf(workshop, 'depot.give')).to.have.length(0);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));

  it('is an incident where nobody can say whether it succeeded, also when the case has ended', () =>
    withWorkshop({ workflows: [LEAVING] }, async (workshop) => {
      const { connectors, engine, store } = workshop;
      connectors.answer('depot.take', DOWN);
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'stop');
      await complete(workshop, caseId, 'done');
      for (let tries = 0; tries < 3; tries += 1) await pass(workshop, RETRY);
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'down', state: 'both/taking/work' });
      connectors.answer('depot.take', ok({ id: 'LATE' }));
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect(callsOf(workshop, 'depot.give')).to.have.length(1);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      expect((await load(workshop, caseId)).status).to.equal('finished');
    }));

  it('is over where it certainly failed', () =>
    withWorkshop({ workflows: [LEAVING] }, async (workshop) => {
      const { connectors, store } = workshop;
      connectors.answer('depot.take', DOWN);
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'stop');
      connectors.answer('depot.take', { kind: 'final', code: 'NO', message: 'No.' });
      await pass(workshop, RETRY);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));
});

describe('an incident', () => {
  const WAITING = {
    states: `
  taking: { call: depot.take, with: { what: email }, done: ended, after: { 1 days: checking } }
  checking: { ${TASK}, on: { done: ended } }
  ended: { final: completed }`,
  };

  it('is resolved when the case leaves the work that it is about', () =>
    withWorkshop({ workflows: [WAITING] }, async (workshop) => {
      const { connectors, store } = workshop;
      connectors.answer('depot.take', { kind: 'broken', code: 'wrong-answer', message: 'What?' });
      const caseId = await startSample(workshop);
      expect(await store.incidents.ofCase(caseId)).to.have.length(1);
      await pass(workshop, DAY);
      expect((await load(workshop, caseId)).states).to.deep.equal(['checking']);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
    }));

  it('lets its work run again once, however many ask for it', () =>
    withWorkshop({ workflows: [WAITING] }, async (workshop) => {
      const { connectors, engine, store } = workshop;
      connectors.answer('depot.take', { kind: 'final', code: 'NO', message: 'No.' });
      const caseId = await startSample(workshop);
      const [incident] = await store.incidents.ofCase(caseId);
      connectors.answer('depot.take', ok({ id: 'X' }));
      const asked = await Promise.allSettled(
        [1, 2, 3].map(() => engine.retryIncident(incident?.id ?? '', CLERK)),
      );
      await engine.idle();
      expect(asked.map(({ status }) => status).sort()).to.deep.equal([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      expect(callsOf(workshop, 'depot.take')).to.have.length(2);
      const again = await engine.retryIncident('nothing', CLERK).catch((error: unknown) => error);
      expect(again).to.include({ code: 'no-incident' });
    }));

  it('is opened with the words of the failure where no rule of `failed` holds', () => {
    const guarded = {
      states: `
  taking: { call: depot.take, with: { what: email }, done: ended, failed: { when: 'error.code == "NO"', to: ended } }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [guarded] }, async (workshop) => {
      const { connectors, store } = workshop;
      connectors.answer('depot.take', { kind: 'final', code: 'OTHER', message: 'Other.' });
      const caseId = await startSample(workshop);
      expect((await store.incidents.ofCase(caseId))[0]).to.include({
        code: 'OTHER',
        message: 'Other.',
      });
    });
  });

  it('says that an answer does not fit the case, and that a timer leads nowhere', () => {
    const unfit = {
      states: `
  taking:
    call: depot.take
    with: { what: email }
    save: { note: result.id }
    done: waiting
  waiting:
    next: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 1 days: { set: { other: 1 } } }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [unfit] }, async (workshop) => {
      const { connectors, store, engine } = workshop;
      connectors.answer('depot.take', ok({ id: 'x'.repeat(50) }));
      const caseId = await startSample(workshop);
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'refused-data', state: 'taking' });
      expect(incident?.message).to.contain('"note"');
      connectors.answer('depot.take', ok({ id: 'x' }));
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      await pass(workshop, DAY);
      expect((await store.incidents.ofCase(caseId))[0]).to.include({ code: 'stuck' });
    });
  });
});

describe('the mail of an ask', () => {
  it('is not sent any more when the ask is over', () => {
    const asking = {
      states: `
  asking:
    ask: { form: answer, to: email, message: question }
    on: { accept: ended, refuse: ended }
    after: { 1 days: ended }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [asking] }, async (workshop) => {
      const { connectors, store } = workshop;
      connectors.answer('mail.send', { ...DOWN, certainly: 'not done', after: 2 * DAY });
      const caseId = await startSample(workshop);
      await complete(workshop, caseId, 'accept');
      expect((await load(workshop, caseId)).status).to.equal('finished');
      await pass(workshop, 3 * DAY);
      expect(callsOf(workshop, 'mail.send')).to.have.length(1);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    });
  });
});

describe('a call that asks for less than the policy', () => {
  const asking = (retry: string) => ({
    states: `
  taking:
    call: depot.take
    with: { what: email }
    ${retry}
    done: ended
    failed: given-up
  ended: { final: completed }
  given-up: { final: given-up }`,
  });

  it('is tried that often, with the pause that it asks for', () =>
    withWorkshop(
      { workflows: [asking('retry: { attempts: 2, first: 1 minute }')] },
      async (workshop) => {
        const { connectors } = workshop;
        connectors.answer('depot.take', DOWN);
        const caseId = await startSample(workshop);
        await pass(workshop, 50_000);
        expect(connectors.calls).to.have.length(1);
        await pass(workshop, 60_000);
        expect(connectors.calls).to.have.length(2);
        expect(await load(workshop, caseId)).to.include({ outcome: 'given-up' });
      },
    ));

  it('is tried as the policy says where it asks for nothing', () =>
    withWorkshop({ workflows: [asking('')] }, async (workshop) => {
      const { connectors } = workshop;
      connectors.answer('depot.take', DOWN);
      await startSample(workshop);
      for (let tries = 2; tries <= 4; tries += 1) await pass(workshop, 10_000);
      expect(connectors.calls).to.have.length(3);
    }));
});
