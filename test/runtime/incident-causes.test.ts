import { expect } from 'chai';
import { incidentCause } from '../../engine/runtime/incident-cause.ts';
import { casesOf, prepare, start } from './with-bulk.ts';
import { ok } from './fake-connectors.ts';
import { load, startSample, withWorkshop } from './with-workshop.ts';

const WORK = {
  states: `
  taking: { call: depot.take, with: { what: email }, done: packing }
  packing: { call: depot.pack, with: { what: email }, done: ended }
  ended: { final: completed }`,
};

describe('incidents of one cause', () => {
  it('are those whose messages differ by what belongs to a case alone', () => {
    const job = { kind: 'call', payload: { operation: 'oms.find' } } as const;
    const messages = [
      'No customer "Ada" (Q-2027-17) after 12.5 s, ada@a.example.',
      'No  customer "Bob" (Q-2027-4) after 7 s, bob@b.example.',
    ];
    const causes = messages.map((message) => incidentCause(job, 'gone', message));
    expect(new Set(causes).size).to.equal(1);
    expect(causes[0]).to.match(/^oms\.find gone No customer … \(…\) after # s/);
    const others = [
      incidentCause({ ...job, payload: {} }, 'gone', messages[0] ?? ''),
      incidentCause(job, 'other', messages[0] ?? ''),
      incidentCause(job, 'gone', 'No order.'),
    ];
    expect(new Set([...causes, ...others]).size).to.equal(4);
    expect(incidentCause(job, 'gone', 'x'.repeat(1000))).to.have.length(300);
  });

  it('are tried again together, and no others', () =>
    withWorkshop({ workflows: [WORK] }, async (workshop) => {
      const { store, connectors } = workshop;
      connectors.answer('depot.take', ({ input }) =>
        input['what'] === 'other@ada.example'
          ? { kind: 'final', code: 'CLOSED', message: 'Closed.' }
          : {
              kind: 'final',
              code: 'GONE',
              message: `No shelf for ${JSON.stringify(input['what'])}.`,
            },
      );
      const alike = await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          startSample(workshop, 'sample', { email: `${name}@ada.example` }),
        ),
      );
      const other = await startSample(workshop, 'sample', { email: 'other@ada.example' });
      const causes = await store.incidents.causes(undefined, 10);
      expect(causes.map(({ count }) => count)).to.have.members([3, 1]);
      connectors.answer('depot.take', ok({ id: 'X' }));
      const cause = causes.find(({ count }) => count === 3)?.cause ?? '';
      const order = {
        change: { kind: 'retry', cause },
        selection: { kind: 'cause', cause },
      } as const;
      const results = await start(workshop, await prepare(workshop, order));
      expect(results.map(({ result }) => result)).to.deep.equal(['done', 'done', 'done']);
      for (const id of alike) expect(await load(workshop, id)).to.include({ status: 'finished' });
      expect(await load(workshop, other)).to.include({ status: 'active' });
      expect(await casesOf(workshop, await prepare(workshop, order))).to.deep.equal([]);
    }));
});
