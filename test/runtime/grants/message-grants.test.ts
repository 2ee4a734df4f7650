import { expect } from 'chai';
import { ForceDesk } from '../../../engine/runtime/publishing/force-desk.ts';
import { grantUsers } from '../../../engine/runtime/grants/grant-impact.ts';
import type { Workshop } from '../with-workshop.ts';
import { arrived, load, startSample, withWorkshop } from '../with-workshop.ts';

const IAN = { kind: 'staff', id: 'u-ian', name: 'Ian Core' } as const;
const KEY = { kind: 'grant', name: 'office', part: 'depot.arrived' } as const;

const WAITING = {
  states: `
  waiting: { wait: { message: depot.arrived, match: reference }, done: ended }
  ended: { final: completed }`,
};

const BEGINNING = {
  start: 'came: { message: depot.arrived, save: { id: message.parcel, other: message.pieces } }',
  states: `
  working: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

describe('a message that a team may not receive any more', () => {
  it('is not handed over, and is once the grant is restored and it is retried', () =>
    withWorkshop({ workflows: [WAITING] }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const caseId = await startSample(workshop);
      const desk = deskOf(workshop);
      await desk.takeOut({ key: KEY, actor: IAN, reason: 'It leaks.' });
      clock.advance(3_000);
      const { reference } = await load(workshop, caseId);
      await engine.receive(arrived(reference, 1, clock.now()));
      await engine.idle();
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'grant-revoked', state: 'waiting' });
      expect(incident?.message).to.contain('Ian Core has revoked').and.to.contain('It leaks.');
      expect((await load(workshop, caseId)).states).to.deep.equal(['waiting']);

      await engine.retryIncident(incident?.id ?? '', IAN);
      await engine.idle();
      expect(await store.incidents.ofCase(caseId), 'still revoked').to.have.length(1);

      await desk.putBack({ key: KEY, actor: IAN, reason: 'Mended.' });
      clock.advance(3_000);
      await engine.retryIncident(incident?.id ?? '', IAN);
      await engine.idle();
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      expect((await load(workshop, caseId)).status).to.equal('finished');
    }));

  it('begins no case, is kept with the reason, and begins one when it is offered again', () =>
    withWorkshop({ workflows: [BEGINNING] }, async (workshop) => {
      const { engine, store, clock } = workshop;
      const desk = deskOf(workshop);
      await desk.takeOut({ key: KEY, actor: IAN, reason: 'It leaks.' });
      await engine.receive(arrived('P-1', 3, clock.now()));
      await engine.idle();
      const count = async (): Promise<number> =>
        (await store.worklist.cases({ workflow: 'sample' }, undefined, 50)).rows.length;
      expect(await count()).to.equal(0);
      const [unbegun] = await engine.mailbox.unbegun(10);
      expect(unbegun?.why[0]?.why).to.contain('Ian Core has revoked');
      await desk.putBack({ key: KEY, actor: IAN, reason: 'Mended.' });
      clock.advance(3_000);
      expect(await engine.mailbox.offerAgain(unbegun?.message.id ?? '')).to.equal(true);
      await engine.idle();
      expect(await count()).to.equal(1);
    }));

  it('is seen before it is revoked, with the cases that wait for it', () =>
    withWorkshop({ workflows: [WAITING] }, async (workshop) => {
      await startSample(workshop);
      const { catalogue, store } = workshop;
      const sources = { catalogue, worklist: store.worklist };
      const [user, ...others] = await grantUsers('office', 'depot.arrived', sources);
      expect(user?.workflow).to.equal('sample');
      expect(user?.running.map(({ count, states }) => [count, ...states])).to.deep.equal([
        [1, 'waiting'],
      ]);
      expect(others).to.deep.equal([]);
      expect(await grantUsers('office', 'depot.other', sources)).to.deep.equal([]);
    }));
});

function deskOf(workshop: Workshop): ForceDesk {
  return new ForceDesk({ ...workshop, inForce: workshop.engine.inForce });
}
