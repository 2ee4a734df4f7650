import { expect } from 'chai';
import type { CoreView } from '../../../engine/kernel/core-view.ts';
import { errorsIn, makeEngine } from '../run-engine.ts';
import type { LogLine } from '../run-engine.ts';
import { meridianCore } from '../meridian.ts';
import { startQuote } from '../quote-steps.ts';
import type { Running } from '../with-engine.ts';
import { NOW, withEngine } from '../with-engine.ts';

const IAN = { kind: 'staff', id: 'u-ian', name: 'Ian Core' } as const;
const UNTIL_MIDNIGHT = Date.parse('2027-03-02T00:00Z') - NOW;

describe('what used up its quota', function () {
  this.timeout(20_000);

  it('goes on once at midnight, whichever of two hosts is first', async () => {
    const core = (): CoreView => coreWith(4);
    await withEngine(
      async (running) => {
        const lines: LogLine[] = [];
        const other = makeEngine({ ...running, lines, core });
        other.start();
        try {
          const caseId = await stopped(running);
          running.clock.advance(UNTIL_MIDNIGHT);
          await Promise.all([running.engine.idle(), other.idle()]);
          expect(await running.store.incidents.ofCase(caseId)).to.deep.equal([]);
          expect(running.connectors.calls).to.have.length(8);
          expect(await retriedBy(running, caseId)).to.deep.equal(['trellis']);
        } finally {
          await other.stop();
        }
        expect(errorsIn(lines)).to.deep.equal([]);
      },
      undefined,
      core,
    );
  });

  it('goes on sooner where IT grants more and it is retried, and then not again', async () => {
    let core = coreWith(4);
    await withEngine(
      async (running) => {
        const { engine, store, clock, connectors } = running;
        const caseId = await stopped(running);
        core = coreWith(100);
        const [incident] = await store.incidents.ofCase(caseId);
        await engine.retryIncident(incident?.id ?? '', IAN);
        await engine.idle();
        expect(connectors.calls).to.have.length(8);
        clock.advance(UNTIL_MIDNIGHT);
        await engine.idle();
        expect(connectors.calls).to.have.length(8);
        expect(await retriedBy(running, caseId)).to.deep.equal(['u-ian']);
      },
      undefined,
      () => core,
    );
  });

  it('waits another day where the next is used up as well', async () => {
    let core = coreWith(4);
    await withEngine(
      async (running) => {
        const { engine, store, clock, connectors } = running;
        const caseId = await stopped(running);
        core = coreWith(0);
        clock.advance(UNTIL_MIDNIGHT);
        await engine.idle();
        expect(await store.incidents.ofCase(caseId)).to.have.length(1);
        expect(connectors.calls).to.have.length(4);
        core = coreWith(4);
        clock.advance(24 * 60 * 60 * 1000);
        await engine.idle();
        expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
        expect(connectors.calls).to.have.length(8);
      },
      undefined,
      () => core,
    );
  });

  it('is unsure of an earlier try for which nobody vouches', async () => {
    await withEngine(
      async (running) => {
        const { engine, clock, connectors } = running;
        connectors.answer('oms.findCustomer', {
          ...{ kind: 'retry', code: 'no-answer', message: 'It did not answer.' },
        });
        await startQuote(running);
        await engine.idle();
        clock.advance(60 * 60 * 1000);
        await engine.idle();
        expect(connectors.calls.map(({ earlier }) => earlier)).to.deep.equal(['none']);
        clock.advance(UNTIL_MIDNIGHT - 60 * 60 * 1000);
        await engine.idle();
        expect(connectors.calls[1]?.earlier).to.equal('unsure');
        expect(connectors.calls[1]?.idempotencyKey).to.equal(connectors.calls[0]?.idempotencyKey);
      },
      undefined,
      () => coreWith(1),
    );
  });
});

/** A first quote uses up the four calls of the day; the second one's first call is refused. */
async function stopped(running: Running): Promise<string> {
  await startQuote(running);
  await running.engine.idle();
  const caseId = await startQuote(running);
  await running.engine.idle();
  const codes = (await running.store.incidents.ofCase(caseId)).map(({ code }) => code);
  expect(codes).to.include('quota-used');
  expect(running.connectors.calls).to.have.length(4);
  return caseId;
}

async function retriedBy({ store }: Running, caseId: string): Promise<readonly string[]> {
  const entries = await store.cases.history(caseId, 0, 100);
  return entries.filter(({ kind }) => kind === 'retried').map(({ actor }) => actor.id);
}

/** The bundled core, with a quota for the team that quotes. */
function coreWith(quota: number): CoreView {
  const { view } = meridianCore();
  const grants = view.grants.map((one) => (one.team === 'operations' ? { ...one, quota } : one));
  return { ...view, grants };
}
