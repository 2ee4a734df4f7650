import { expect } from 'chai';
import type { Absence, User } from '../../engine/ports/accounts.ts';
import type { ConnectorAnswer } from '../../engine/ports/connector.ts';
import type { MailDestination } from '../../engine/ports/destination.ts';
import type { MailConnector } from '../../engine/governance/connector-manifest.ts';
import { createCalls } from '../../server/demo/calls.ts';
import { createFaults } from '../../server/demo/faults.ts';
import { startMailSink } from '../../server/demo/mail-sink.ts';
import { meridianConnectors, secretsOf, withConnectors } from '../connectors/support.ts';
import type { WrittenWorkflow } from '../kernel/fixtures/workshop.ts';
import { ok } from './fake-connectors.ts';
import { expectFold } from './fold-history.ts';
import { CLERK, load, startSample, withWorkshop } from './with-workshop.ts';
import type { Workshop } from './with-workshop.ts';

const TO_MANAGERS: WrittenWorkflow = {
  states: `
  working:
    entry: { send: { message: news, to: { role: manager } } }
    task: { assign: { role: clerk }, form: work }
    on: { done: ended }
  ended: { final: completed }`,
};

const AWAY: Absence = { from: '2027-02-27', until: '2027-03-01' };

async function addPeople(
  { store }: Pick<Workshop, 'store'>,
  people: Readonly<Record<string, Partial<User>>>,
): Promise<void> {
  for (const [id, more] of Object.entries(people)) {
    await store.accounts.add({
      ...{ id, name: `Name of ${id}`, email: `${id}@workshop.example`, roles: ['manager'] },
      ...{ teams: ['office'], password: '', createdAt: 0 },
      ...more,
    });
  }
}

/** Whom mails went to, by the calls of the connector that went well. */
function mailedIn({ connectors }: Workshop): readonly unknown[] {
  return connectors.calls.map(({ input }) => input['to']).sort();
}

async function incidentsOf({ store }: Workshop, id: string): Promise<readonly string[]> {
  return (await store.incidents.ofCase(id)).map(({ code }) => code);
}

describe('a mail to a role', () => {
  it('goes once to each who has it now, or to whoever stands in', () =>
    withWorkshop({ workflows: [TO_MANAGERS] }, async (workshop) => {
      await addPeople(workshop, {
        ann: {},
        bob: { away: { ...AWAY, substitute: 'cy' } },
        cy: { roles: ['clerk'] },
        dee: { away: { ...AWAY, substitute: 'ann' } },
        eve: { away: AWAY },
        fay: { leftAt: 1 },
        gil: { roles: ['clerk'] },
      });
      const id = await startSample(workshop, 'sample', { note: 'Hello' });
      expect(mailedIn(workshop)).to.deep.equal([
        'ann@workshop.example',
        'cy@workshop.example',
        'eve@workshop.example',
      ]);
      const keys = workshop.connectors.calls.map(({ idempotencyKey }) => idempotencyKey);
      expect(new Set(keys).size).to.equal(3);
      const [first] = workshop.connectors.calls;
      expect(first?.input).to.deep.include({ text: 'Note: Hello', subject: 'news of S-1' });
      const entry = (await workshop.store.cases.history(id)).find(({ kind }) => kind === 'mailed');
      expect(entry?.body).to.deep.include({
        role: 'manager',
        message: 'news',
        people: [
          { id: 'ann', name: 'Name of ann' },
          { id: 'cy', name: 'Name of cy', insteadOf: { id: 'bob', name: 'Name of bob' } },
          { id: 'eve', name: 'Name of eve' },
        ],
      });
      await expectFold(workshop.store, workshop.catalogue, id);
    }));

  it('that nobody has is an incident, and is sent once somebody has it', () =>
    withWorkshop({ workflows: [TO_MANAGERS] }, async (workshop) => {
      const { engine, store } = workshop;
      const id = await startSample(workshop);
      expect(await incidentsOf(workshop, id)).to.deep.equal(['nobody']);
      await addPeople(workshop, { ann: {} });
      const [incident] = await store.incidents.ofCase(id);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect(mailedIn(workshop)).to.deep.equal(['ann@workshop.example']);
      expect(workshop.connectors.calls[0]?.earlier).to.equal('none');
      expect(await incidentsOf(workshop, id)).to.deep.equal([]);
    }));

  it('that nobody has can be gone on without', () =>
    withWorkshop({ workflows: [TO_MANAGERS] }, async (workshop) => {
      const { engine, store } = workshop;
      const id = await startSample(workshop);
      const [incident] = await store.incidents.ofCase(id);
      await engine.incidents.skip(incident?.id ?? '', 'All know.', CLERK);
      expect(await incidentsOf(workshop, id)).to.deep.equal([]);
      expect((await load(workshop, id)).states).to.deep.equal(['working']);
    }));

  it('is tried again for those alone who have not got it', () =>
    withWorkshop({ workflows: [TO_MANAGERS] }, async (workshop) => {
      const { engine, store, connectors } = workshop;
      await addPeople(workshop, { ann: {}, bob: {} });
      let isBroken = true;
      connectors.answer('mail.send', ({ input }): ConnectorAnswer => {
        const isRefused = isBroken && input['to'] === 'bob@workshop.example';
        return isRefused
          ? { kind: 'broken', code: 'smtp-550', message: 'No such mailbox.' }
          : ok({});
      });
      const id = await startSample(workshop);
      expect(await incidentsOf(workshop, id)).to.deep.equal(['smtp-550']);
      isBroken = false;
      const [incident] = await store.incidents.ofCase(id);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect(mailedIn(workshop)).to.deep.equal([
        'ann@workshop.example',
        'bob@workshop.example',
        'bob@workshop.example',
      ]);
      const toBob = connectors.calls.filter(({ input }) => input['to'] === 'bob@workshop.example');
      expect(new Set(toBob.map(({ idempotencyKey }) => idempotencyKey)).size).to.equal(1);
      expect(await incidentsOf(workshop, id)).to.deep.equal([]);
    }));

  it('goes out with the last step of its case', () => {
    const workflow: WrittenWorkflow = {
      states: `
  first: { next: { to: ended, send: { message: news, to: { role: manager } } } }
  ended: { final: completed }`,
    };
    return withWorkshop({ workflows: [workflow] }, async (workshop) => {
      await addPeople(workshop, { ann: {} });
      const id = await startSample(workshop);
      expect((await load(workshop, id)).status).to.equal('finished');
      expect(mailedIn(workshop)).to.deep.equal(['ann@workshop.example']);
      await expectFold(workshop.store, workshop.catalogue, id);
    });
  });

  it('reaches each mailbox by SMTP', async () => {
    const sink = await startMailSink({
      ...{ faults: createFaults(), calls: createCalls(() => 0), now: () => 0 },
    });
    const port = sink.port;
    const destination: MailDestination = {
      kind: 'mail',
      host: '127.0.0.1',
      port,
      security: 'none',
      from: { name: 'Workshop', address: 'news@workshop.example' },
      allow: [`127.0.0.1/32:${String(port)}`],
    };
    const settings = {
      manifests: [meridianConnectors().get('mail') as MailConnector],
      environment: 'demo',
      destinations: new Map([['mail-demo', destination]]),
      secrets: secretsOf({ 'mail-password': 'secret' }),
    };
    try {
      await withConnectors(settings, (real) =>
        withWorkshop({ workflows: [TO_MANAGERS] }, async (workshop) => {
          await addPeople(workshop, { ann: {}, bob: {} });
          workshop.connectors.answer('mail.send', (call) => real.call(call));
          await startSample(workshop, 'sample', { note: 'Hello' });
        }),
      );
      const mails = sink.mails.list();
      expect(mails.map(({ to }) => to.join()).sort()).to.deep.equal([
        'ann@workshop.example',
        'bob@workshop.example',
      ]);
      expect(mails.map(({ text }) => text.trim())).to.deep.equal(['Note: Hello', 'Note: Hello']);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).to.equal(2);
    } finally {
      await sink.close();
    }
  });
});
