import { expect } from 'chai';
import { createMemoryStore } from '../../../engine/adapters/memory/store.ts';
import type { CoreView, Grant } from '../../../engine/kernel/core-view.ts';
import type { Incident } from '../../../engine/ports/step.ts';
import type { InForceKey } from '../../../engine/ports/out-of-force.ts';
import { ForceDesk } from '../../../engine/runtime/publishing/force-desk.ts';
import { meridianCore } from '../meridian.ts';
import { startQuote } from '../quote-steps.ts';
import type { Running } from '../with-engine.ts';
import { NOW, withEngine } from '../with-engine.ts';

const IAN = { kind: 'staff', id: 'u-ian', name: 'Ian Core' } as const;
/** From the beginning of the tests until midnight in Meridian's zone. */
const UNTIL_MIDNIGHT = Date.parse('2027-03-02T00:00Z') - NOW;

describe('grants at run time', function () {
  this.timeout(20_000);

  it('stop a call within seconds of being revoked, and let it go on once restored', async () => {
    await withEngine(async (running) => {
      const { engine, clock, connectors } = running;
      const desk = new ForceDesk({ ...running, inForce: { forget: () => undefined } });
      const key = { kind: 'grant', name: 'operations', part: 'oms.findCustomer' } as const;
      await startQuote(running);
      await engine.idle();
      expect(called(running, 'oms.findCustomer')).to.equal(1);
      await desk.takeOut({ key, actor: IAN, reason: 'It leaks.' });
      clock.advance(3_000);
      const caseId = await startQuote(running);
      await engine.idle();
      expect(called(running, 'oms.findCustomer'), 'not called').to.equal(1);
      const [incident] = await incidents(running, caseId);
      expect(incident).to.include({ code: 'grant-revoked' });
      expect(incident?.message).to.contain('Ian Core has revoked').and.to.contain('It leaks.');
      await desk.putBack({ key, actor: IAN, reason: 'Mended.' });
      clock.advance(3_000);
      await engine.retryIncident(incident?.id ?? '', IAN);
      await engine.idle();
      expect(connectors.calls.filter(({ operation }) => operation === key.part)).to.have.length(2);
      expect(await incidents(running, caseId)).to.deep.equal([]);
    });
  });

  it('stop a core process, a mail and everything else where the whole team is revoked', async () => {
    for (const part of ['core/create-order', 'mail.send', '']) {
      await withEngine(async (running) => {
        const desk = new ForceDesk({ ...running, inForce: running.engine.inForce });
        const key: InForceKey = { kind: 'grant', name: 'operations', part };
        await desk.takeOut({ key, actor: IAN, reason: 'Stop.' });
        const caseId = await startQuote(running);
        await running.engine.idle();
        const stopped = (await incidents(running, caseId)).map(({ job }) => job.kind);
        if (part === '') expect(stopped).to.deep.equal(['call']);
        if (part === 'mail.send') expect(stopped).to.deep.equal(['mail']);
        if (part === 'core/create-order') expect(stopped).to.deep.equal([]);
      });
    }
  });

  it('stop a call when their day has come, whatever the version was checked against', async () => {
    const core = coreWith((grant) => ({ ...grant, until: '2027-03-01' }));
    await withEngine(
      async (running) => {
        const caseId = await startQuote(running);
        await running.engine.idle();
        const [incident] = await incidents(running, caseId);
        expect(incident).to.include({ code: 'grant-ended' });
        expect(incident?.message).to.contain('ended on 2027-03-01');
        expect(running.connectors.calls).to.deep.equal([]);
      },
      undefined,
      () => core,
    );
  });

  it('stop a call where the core in force grants it no more', async () => {
    const core = coreWith((grant) => ({ ...grant, operations: [] }));
    await withEngine(
      async (running) => {
        const caseId = await startQuote(running);
        await running.engine.idle();
        expect((await incidents(running, caseId))[0]).to.include({ code: 'grant-missing' });
      },
      undefined,
      () => core,
    );
  });

  it('stop calls beyond their quota, and let them go on by themselves at midnight', async () => {
    // One quote calls five times: the customer, the price, the stock, and the mail of the offer.
    const core = coreWith((grant) => ({ ...grant, quota: 5 }));
    await withEngine(
      async (running) => {
        const { engine, clock, connectors, store } = running;
        await startQuote(running);
        await engine.idle();
        const first = connectors.calls.length;
        expect(first).to.equal(4);
        const caseId = await startQuote(running);
        await engine.idle();
        expect(connectors.calls).to.have.length(5);
        const stopped = await incidents(running, caseId);
        expect(stopped.map(({ code }) => code)).to.deep.equal(['quota-used', 'quota-used']);
        expect(stopped[0]?.message).to.contain('5 per day').and.to.contain('2027-03-02T00:00');
        clock.advance(UNTIL_MIDNIGHT - 1);
        await engine.idle();
        expect(await incidents(running, caseId), 'a moment before').to.have.length(2);
        clock.advance(1);
        await engine.idle();
        expect(await incidents(running, caseId)).to.deep.equal([]);
        expect(connectors.calls).to.have.length(8);
        const retried = (await store.cases.history(caseId, 0, 100)).filter(
          ({ kind }) => kind === 'retried',
        );
        expect(retried.map(({ actor }) => actor.id)).to.deep.equal(['trellis', 'trellis']);
      },
      undefined,
      () => core,
    );
  });

  it('let nobody begin a case of a retired workflow, while those that run go on', async () => {
    await withEngine(async (running) => {
      const { engine } = running;
      const caseId = await startQuote(running);
      const desk = new ForceDesk({ ...running, inForce: engine.inForce });
      const key = { kind: 'workflow', name: 'online-quote', part: '' } as const;
      await desk.takeOut({ key, actor: IAN, reason: 'Replaced.' });
      const refused = await startQuote(running).catch((error: unknown) => error);
      expect(refused).to.have.property('code', 'workflow-retired');
      await engine.idle();
      expect((await engine.look(caseId)).stored.states).to.deep.equal(['offered']);
      await desk.putBack({ key, actor: IAN, reason: 'Still needed.' });
      await startQuote(running);
    }, createMemoryStore());
  });
});

function called({ connectors }: Running, operation: string): number {
  return connectors.calls.filter((call) => call.operation === operation).length;
}

function incidents({ store }: Running, caseId: string): Promise<readonly Incident[]> {
  return store.incidents.ofCase(caseId);
}

/** The bundled core, with the grants of the team that quotes changed. */
function coreWith(change: (grant: Grant) => Grant): CoreView {
  const { view } = meridianCore();
  const grants = view.grants.map((one) => (one.team === 'operations' ? change(one) : one));
  return { ...view, grants };
}
