import { expect } from 'chai';
import { verifyChain } from '../../engine/governance/history.ts';
import type { Actor } from '../../engine/kernel/effects.ts';
import type { StoredCase, Task } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { ok } from './fake-connectors.ts';
import type { Running } from './with-engine.ts';
import { NOW, withEngine } from './with-engine.ts';

const CUSTOMER: Actor = { kind: 'customer', id: 'customer', name: 'Ada Ltd' };
const REP: Actor = { kind: 'staff', id: 'u2', name: 'Rita Rep' };
const DAY = 24 * 60 * 60 * 1000;

describe('an online quote, run by the engine', () => {
  it('becomes an order that the order management confirms', () =>
    withEngine(async ({ engine, store, connectors, clock }) => {
      const caseId = await start({ engine });
      await engine.idle();
      const offer = await openTask(store, caseId);
      expect(offer).to.include({ kind: 'ask', state: 'offered', form: 'answer' });
      const mail = connectors.calls.find(({ operation }) => operation === 'mail.send');
      const text = JSON.stringify(mail?.input['text']).replaceAll('\\n', '\n');
      expect(text).to.match(/https:\/\/meridian\.example\/l\/[\w-]{43}\n/);
      const token = /\/l\/([\w-]{43})/.exec(text)?.[1] ?? '';
      expect(await store.cases.link(engine.tokens.hashOf(token))).to.include({ taskId: offer.id });

      await answer({ engine }, offer, 'accept', { quote: { poNumber: 'PO-7' } });
      await engine.idle();
      expect((await load(store, caseId)).states).to.deep.equal(['awaiting-confirmation']);

      await engine.receive({
        id: 'm1',
        name: 'oms.orderConfirmed',
        key: 'Q-2027-1',
        body: { quoteNo: 'Q-2027-1', promisedDate: '2027-04-01' },
        receivedAt: clock.now(),
        expiresAt: clock.now() + DAY,
      });
      await engine.idle();
      const done = await load(store, caseId);
      expect(done).to.include({ status: 'finished', outcome: 'completed' });
      const keys = connectors.calls.map(({ idempotencyKey }) => idempotencyKey);
      expect(new Set(keys).size).to.equal(keys.length);
      expect(orders(connectors)).to.equal(1);
      await expectWholeHistory(store, caseId, done);
      expect(await store.jobs.nextDue()).to.equal(undefined);
    }));

  it('takes a message that came before the case waited for it', () =>
    withEngine(async ({ engine, store, clock }) => {
      const caseId = await start({ engine });
      await engine.idle();
      await engine.receive({
        id: 'm1',
        name: 'oms.orderConfirmed',
        key: 'Q-2027-1',
        body: { quoteNo: 'Q-2027-1', promisedDate: '2027-04-01' },
        receivedAt: clock.now(),
        expiresAt: clock.now() + DAY,
      });
      await answer({ engine }, await openTask(store, caseId), 'accept', {
        quote: { poNumber: 'PO-7' },
      });
      await engine.idle();
      expect(await load(store, caseId)).to.include({ outcome: 'completed' });
    }));

  it('expires after 14 days, reminds before, and gives the reservation back', () =>
    withEngine(async ({ engine, store, clock, connectors }) => {
      const caseId = await start({ engine });
      await engine.idle();
      clock.advance(3 * DAY - 1);
      await engine.idle();
      expect(mails(connectors)).to.equal(1);
      clock.advance(1);
      await engine.idle();
      expect(mails(connectors)).to.equal(2);
      clock.advance(11 * DAY);
      await engine.idle();
      expect(await load(store, caseId)).to.include({ status: 'finished', outcome: 'expired' });
      const released = connectors.calls.filter(
        (call) => call.operation === 'oms.releaseReservation',
      );
      expect(released.map(({ input }) => input)).to.deep.equal([{ id: 'R1' }]);
      expect((await store.worklist.tasksOfCase(caseId)).map(({ status }) => status)).to.deep.equal([
        'called-off',
      ]);
    }));

  it('tries again while the other side is down, then opens an incident that can be retried', () =>
    withEngine(async ({ engine, store, clock, connectors }) => {
      const down = { kind: 'retry', code: 'http-503', message: 'The other side is down.' } as const;
      connectors.answer('oms.findCustomer', down);
      const caseId = await start({ engine });
      for (let tries = 0; tries < 3; tries += 1) {
        await engine.idle();
        clock.advance(10_000);
      }
      await engine.idle();
      expect(connectors.calls.length).to.equal(3);
      const [incident, ...others] = await store.incidents.ofCase(caseId);
      expect(others).to.deep.equal([]);
      expect(incident).to.include({ code: 'http-503', state: 'matching' });
      connectors.answer(
        'oms.findCustomer',
        ok({ id: '5b0e0f57-2f5f-4a0e-9d5c-0c3f3c1f9b11', segment: 'key', priceListId: 'P2' }),
      );
      await engine.retryIncident(incident?.id ?? '', REP);
      await engine.idle();
      expect((await load(store, caseId)).states).to.deep.equal(['offered']);
      expect(await store.incidents.ofCase(caseId)).to.deep.equal([]);
      expect(
        new Set(connectors.calls.slice(0, 4).map((call) => call.idempotencyKey)).size,
      ).to.equal(1);
      expect(connectors.calls[3]).to.include({ earlier: 'vouched' });
    }));

  it('opens an incident for an answer of the wrong type', () =>
    withEngine(async ({ engine, store, connectors }) => {
      const wrong = {
        kind: 'broken',
        code: 'wrong-answer',
        message: '"/segment" must be one of: key, oem, retail.',
      } as const;
      connectors.answer('oms.findCustomer', wrong);
      const caseId = await start({ engine });
      await engine.idle();
      expect(await store.incidents.ofCase(caseId)).to.have.length(1);
      expect(await load(store, caseId)).to.include({ status: 'active' });
    }));

  it('hands an order that fails to the order desk, which gives up: all is undone', () =>
    withEngine(async ({ engine, store, connectors }) => {
      connectors.answer('oms.createOrder', {
        kind: 'final',
        code: 'CREDIT_HOLD',
        message: 'On hold.',
      });
      const caseId = await start({ engine });
      await engine.idle();
      await answer({ engine }, await openTask(store, caseId), 'accept', {
        quote: { poNumber: 'PO-7' },
      });
      await engine.idle();
      const desk = await openTask(store, caseId);
      expect(desk).to.deep.include({ state: 'order-desk', roles: ['order-desk'] });
      await answer({ engine }, desk, 'give-up', {}, REP);
      await engine.idle();
      expect(await load(store, caseId)).to.include({ outcome: 'declined' });
    }));

  it('gives the same answer for the same submission key, and one case', () =>
    withEngine(async ({ engine, store }) => {
      const command = { ...request(), submissionKey: 'k1' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => engine.startCase(command)),
      );
      expect(new Set(answers.map(({ caseId }) => caseId)).size).to.equal(1);
      expect((await store.worklist.cases({}, undefined, 50)).rows).to.have.length(1);
      const other = request('Bo BV');
      const failure = await engine
        .startCase({ ...other, submissionKey: 'k1' })
        .catch((error: unknown) => error);
      expect(failure).to.include({ code: 'submission-reused' });
    }));

  it('lets one of two people complete a task, and tells the other', () =>
    withEngine(async ({ engine, store }) => {
      const caseId = await start({ engine });
      await engine.idle();
      const offer = await openTask(store, caseId);
      const both = await Promise.allSettled([
        answer({ engine }, offer, 'decline', {}),
        answer({ engine }, offer, 'accept', { quote: { poNumber: 'PO-7' } }),
      ]);
      expect(both.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected']);
      expect(both[1]).to.have.nested.property('reason.code', 'task-over');
    }));

  it('refuses a form with other fields or wrong ones, and writes nothing', () =>
    withEngine(async ({ engine, store }) => {
      const command = request();
      const extra = {
        ...command,
        form: { data: { ...command.form.data, quote: { netTotal: '1.00' } }, own: {} },
      };
      const wrong = {
        ...command,
        form: { data: { customer: { contactEmail: 'nobody' } }, own: {} },
      };
      for (const bad of [extra, wrong]) {
        const failure = await engine.startCase(bad).catch((error: unknown) => error);
        expect(failure).to.include({ code: 'form-refused' });
      }
      expect((await store.worklist.cases({}, undefined, 50)).rows).to.deep.equal([]);
    }));
});

function request(legalName = 'Ada Ltd'): Parameters<Running['engine']['startCase']>[0] {
  return {
    workflow: 'online-quote',
    start: 'online',
    actor: { kind: 'public', id: 'public', name: 'Somebody' },
    form: {
      data: {
        customer: { legalName, contactEmail: 'a@ada.example' },
        lines: [{ sku: 'A1', qty: 2 }],
      },
      own: {},
    },
  };
}

async function start({ engine }: Pick<Running, 'engine'>): Promise<string> {
  const { caseId, reference } = await engine.startCase(request());
  expect(reference).to.equal(`Q-${new Date(NOW).getUTCFullYear()}-1`);
  return caseId;
}

function answer(
  { engine }: Pick<Running, 'engine'>,
  task: Task,
  outcome: string,
  data: Parameters<Running['engine']['completeTask']>[0]['form']['data'],
  actor = CUSTOMER,
): Promise<unknown> {
  return engine.completeTask({ taskId: task.id, outcome, form: { data, own: {} }, actor });
}

async function openTask(store: Store, caseId: string): Promise<Task> {
  const open = (await store.worklist.tasksOfCase(caseId)).filter(({ status }) => status === 'open');
  expect(open).to.have.length(1);
  const [task] = open;
  if (task === undefined) throw new Error('no open task');
  return task;
}

async function load(store: Store, caseId: string): Promise<StoredCase> {
  const stored = await store.cases.load(caseId);
  if (stored === undefined) throw new Error(`no case ${caseId}`);
  return stored;
}

async function expectWholeHistory(store: Store, caseId: string, stored: StoredCase): Promise<void> {
  const history = await store.cases.history(caseId);
  expect(history.map(({ seq }) => seq)).to.deep.equal(history.map((_entry, index) => index + 1));
  expect(verifyChain(caseId, history, { head: stored.head })).to.include({ ok: true });
}

function orders(connectors: Running['connectors']): number {
  return connectors.calls.filter(({ operation }) => operation === 'oms.createOrder').length;
}

function mails(connectors: Running['connectors']): number {
  return connectors.calls.filter(({ operation }) => operation === 'mail.send').length;
}
