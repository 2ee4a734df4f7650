import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { CaseRow } from '../../engine/ports/worklist.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import {
  CLERK,
  MINUTE,
  NOW,
  arrived,
  complete,
  load,
  startSample,
  withWorkshop,
} from './with-workshop.ts';

const WORKING = `
  working:
    task: { assign: { role: clerk }, form: work }
    on: { done: ended }
  ended: { final: completed }`;

const HEARING = `
  working:
    task: { assign: { role: clerk }, form: work }
    on:
      done: ended
      depot.arrived: { match: id, set: { other: message.pieces } }
  ended: { final: completed }`;

const CAME = 'came: { message: depot.arrived, save: { id: message.parcel, other: message.pieces }';
const BY_MESSAGE = `${CAME} }`;

async function casesOf({ store }: Workshop, workflow: string): Promise<readonly CaseRow[]> {
  return (await store.worklist.cases({ workflow }, undefined, 50)).rows;
}

async function errorOf(work: Promise<unknown>): Promise<TrellisError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TrellisError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a start by message', () => {
  it('begins one case, however often it comes', () =>
    withWorkshop({ workflows: [{ start: BY_MESSAGE, states: WORKING }] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const message = arrived('P-1', 3, NOW);
      await Promise.all([engine.receive(message), engine.receive(message)]);
      await engine.receive({ ...message, receivedAt: NOW + 5 });
      await engine.receive(arrived('P-1', 4, NOW));
      await engine.idle();
      const rows = await casesOf(workshop, 'sample');
      expect(rows.map(({ starter }) => starter.kind)).to.deep.equal(['system', 'system']);
      const data = await Promise.all(rows.map(async ({ id }) => (await engine.look(id)).data));
      expect(data.map(({ id, other }) => [id, other])).to.have.deep.members([
        ['P-1', 3],
        ['P-1', 4],
      ]);
      const kept = await store.messages.kept('depot.arrived', 'P-1', NOW);
      expect(kept.map(({ offered }) => offered)).to.deep.equal([true, true]);
      for (const { id } of rows) await expectFold(store, catalogue, id);
    }));

  it('begins no case of a workflow of which one hears the message', () =>
    withWorkshop({ workflows: [{ start: BY_MESSAGE, states: HEARING }] }, async (workshop) => {
      const { engine } = workshop;
      await engine.receive(arrived('P-1', 3, NOW));
      await engine.receive(arrived('P-1', 4, NOW));
      await engine.receive(arrived('P-2', 5, NOW));
      await engine.idle();
      const rows = await casesOf(workshop, 'sample');
      const data = await Promise.all(rows.map(async ({ id }) => (await engine.look(id)).data));
      expect(data.map(({ id, other }) => [id, other])).to.have.deep.members([
        ['P-1', 4],
        ['P-2', 5],
      ]);
    }));

  it('begins a case also where one of another workflow waits, or will wait, for the message', () => {
    const waiting = {
      name: 'waiting',
      states: `
  working: { task: { assign: { role: clerk }, form: work }, on: { done: asking } }
  asking: { wait: { message: depot.arrived, match: reference }, done: ended }
  ended: { final: completed }`,
    };
    const starting = { start: BY_MESSAGE, states: WORKING };
    return withWorkshop({ workflows: [waiting, starting] }, async (workshop) => {
      const { engine } = workshop;
      const caseId = await startSample(workshop, 'waiting');
      await engine.receive(arrived('S-1', 3, NOW));
      await engine.idle();
      expect(await casesOf(workshop, 'sample')).to.have.length(1);
      await complete(workshop, caseId, 'done');
      expect((await load(workshop, caseId)).status).to.equal('finished');
    });
  });

  it('does not give a case the message that began it', () => {
    const states = `
  asking: { wait: { message: depot.arrived, match: id }, done: ended }
  ended: { final: completed }`;
    return withWorkshop({ workflows: [{ start: BY_MESSAGE, states }] }, async (workshop) => {
      const { engine } = workshop;
      await engine.receive(arrived('P-1', 3, NOW));
      await engine.idle();
      const [begun] = await casesOf(workshop, 'sample');
      expect(begun?.states).to.deep.equal(['asking']);
      await engine.receive(arrived('P-1', 4, NOW));
      await engine.idle();
      const rows = await casesOf(workshop, 'sample');
      expect(rows.map(({ status }) => status)).to.deep.equal(['finished']);
    });
  });

  it('begins a case of every workflow that starts by it', () => {
    const workflows = ['one', 'two', 'three'].map((name) => ({
      name,
      start: BY_MESSAGE,
      states: WORKING,
    }));
    return withWorkshop({ workflows }, async (workshop) => {
      const { engine, store } = workshop;
      const message = arrived('P-1', 3, NOW);
      await engine.receive(message);
      await engine.receive(message);
      await engine.idle();
      for (const { name } of workflows) expect(await casesOf(workshop, name)).to.have.length(1);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    });
  });

  it('begins nothing by what came before there was such a start', () =>
    withWorkshop({ workflows: [{ start: BY_MESSAGE, states: WORKING }] }, async (workshop) => {
      const { engine, store, clock } = workshop;
      await store.messages.receive(arrived('P-1', 3, NOW - MINUTE));
      await store.messages.receive(arrived('P-2', 4, NOW));
      clock.advance(MINUTE);
      await engine.idle();
      const rows = await casesOf(workshop, 'sample');
      expect(
        await Promise.all(rows.map(async ({ id }) => (await engine.look(id)).data['id'])),
      ).to.deep.equal(['P-2']);
      expect(await store.messages.unoffered('depot.arrived', NOW, 9)).to.deep.equal([]);
    }));

  it('says once that a message cannot begin a case', () =>
    withWorkshop(
      { workflows: [{ start: BY_MESSAGE, states: WORKING }], mayFail: true },
      async (workshop) => {
        const { engine, clock, lines } = workshop;
        await engine.receive({ ...arrived('P-1', 3, NOW), body: { parcel: 'P'.repeat(70) } });
        clock.advance(5 * MINUTE);
        await engine.idle();
        expect(await casesOf(workshop, 'sample')).to.deep.equal([]);
        const errors = lines.filter(({ level }) => level === 'error');
        expect(errors.map(({ message }) => message)).to.deep.equal([
          'a message could not begin a case',
        ]);
        const [unbegun, ...others] = await engine.mailbox.unbegun(9);
        expect(others).to.deep.equal([]);
        expect(unbegun?.message.name).to.equal('depot.arrived');
        expect(unbegun?.why.map(({ workflow }) => workflow)).to.deep.equal(['sample']);
        expect(unbegun?.why[0]?.why).to.contain('60');
        expect(await engine.mailbox.offerAgain(unbegun?.message.id ?? '')).to.equal(true);
        await engine.idle();
        expect(await casesOf(workshop, 'sample')).to.deep.equal([]);
        expect(await engine.mailbox.unbegun(9)).to.have.length(1);
        expect(await engine.mailbox.offerAgain('none')).to.equal(false);
      },
    ));
});

describe('a start that says once', () => {
  const start = `online: { form: request, audience: public, once: email }
  shop: { api: [email], once: email }
  ${CAME}, set: { email: message.parcel }, once: message.parcel }`;
  const workflows = [{ start, states: WORKING }];
  const api = (email: string, submissionKey: string) => ({
    ...{ workflow: 'sample', start: 'shop', actor: CLERK },
    ...{ input: { email }, submissionKey },
  });

  it('begins one case for each value, whatever begins it', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { engine, store } = workshop;
      const caseId = await startSample(workshop);
      const { reference } = await load(workshop, caseId);
      const refused = await errorOf(startSample(workshop));
      expect(refused).to.include({ code: 'already-begun' });
      expect(refused.data).to.include({ caseId, reference });
      const known = { caseId, reference, existing: true };
      expect(await engine.startByApi(api('a@ada.example', 'k1'))).to.deep.equal(known);
      expect(await engine.startByApi(api('a@ada.example', 'k1'))).to.deep.equal(known);
      await engine.receive(arrived('a@ada.example', 1, NOW));
      await engine.idle();
      expect(await casesOf(workshop, 'sample')).to.have.length(1);
      // It stays for the case that is there, which may come to wait for it.
      expect(await store.messages.kept('depot.arrived', 'a@ada.example', NOW)).to.have.length(1);
      expect(await store.messages.unoffered('depot.arrived', NOW, 9)).to.deep.equal([]);
    }));

  it('answers the same to the same key, before it looks for another case', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { engine } = workshop;
      const first = await engine.startByApi(api('b@bo.example', 'k1'));
      expect(await engine.startByApi(api('b@bo.example', 'k1'))).to.deep.equal(first);
      const reused = await errorOf(engine.startByApi(api('c@cy.example', 'k1')));
      expect(reused.code).to.equal('submission-reused');
      expect(await casesOf(workshop, 'sample')).to.have.length(1);
    }));

  it('begins one case where many come at the same time', () =>
    withWorkshop({ workflows }, async (workshop) => {
      const { engine } = workshop;
      const started = await Promise.all(
        Array.from({ length: 12 }, (_, n) => engine.startByApi(api('b@bo.example', `k${n}`))),
      );
      expect(new Set(started.map(({ caseId }) => caseId)).size).to.equal(1);
      expect(started.filter(({ existing }) => existing === undefined)).to.have.length(1);
      expect(await casesOf(workshop, 'sample')).to.have.length(1);
    }));

  it('fails what runs it a second time', () => {
    const helper = {
      name: 'helper',
      start: 'calling: { run: [email], once: email }',
      states: WORKING,
    };
    const caller = {
      states: `
  helping: { run: helper, with: { email: email }, done: ended, failed: { to: ended, set: { note: error.code } } }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [helper, caller] }, async (workshop) => {
      const first = await startSample(workshop);
      const second = await startSample(workshop);
      expect((await load(workshop, first)).states).to.deep.equal(['helping']);
      expect((await workshop.engine.look(second)).data['note']).to.equal('already-begun');
      expect(await casesOf(workshop, 'helper')).to.have.length(1);
    });
  });
});
