import { expect } from 'chai';
import type { ConnectorAnswer } from '../../engine/ports/connector.ts';
import { ok } from './fake-connectors.ts';
import { callsOf, load, withWorkshop } from './with-workshop.ts';

const ENDED = 'ended: { final: completed }';

const CALLING = {
  name: 'calling',
  states: `
  taking: { call: depot.take, with: { what: email }, save: { id: result.id }, done: ended }
  ${ENDED}`,
};
const WRITING = {
  name: 'writing',
  states: `
  telling: { next: { to: resting, send: { message: news, to: email } } }
  resting: { after: { 10 minutes: ended } }
  ${ENDED}`,
};

describe('work that is slow', () => {
  it('does not keep other work from being done, and is all done in the end', () => {
    const settings = { workflows: [CALLING, WRITING], dispatcher: { concurrency: 8 } };
    return withWorkshop(settings, async (workshop) => {
      const { engine, connectors, clock } = workshop;
      const held: (() => void)[] = [];
      let isHeld = true;
      connectors.answer('depot.take', async ({ idempotencyKey }): Promise<ConnectorAnswer> => {
        if (isHeld) await new Promise<void>((release) => held.push(release));
        return ok({ id: idempotencyKey.slice(-9) });
      });
      const start = (workflow: string): Promise<{ readonly caseId: string }> => {
        const form = { data: { email: 'a@ada.example' }, own: {} };
        const actor = { kind: 'public', id: 'public', name: 'Somebody' } as const;
        return engine.startCase({ workflow, start: 'online', form, actor });
      };
      const slow = await Promise.all(Array.from({ length: 40 }, () => start('calling')));
      await settled();
      expect(held).to.have.length(6);
      const others = await Promise.all(Array.from({ length: 20 }, () => start('writing')));
      await settled();
      expect(callsOf(workshop, 'mail.send')).to.have.length(20);
      clock.advance(10 * 60 * 1000);
      await settled();
      for (const { caseId } of others) {
        expect((await load(workshop, caseId)).status).to.equal('finished');
      }
      isHeld = false;
      for (const release of held) release();
      await engine.idle();
      for (const { caseId } of slow) {
        expect((await load(workshop, caseId)).status).to.equal('finished');
      }
    });
  });
});

/** Lets everything go on that waits for nothing but promises and the store in memory. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) await new Promise(setImmediate);
}
