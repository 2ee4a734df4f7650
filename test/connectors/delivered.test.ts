import { expect } from 'chai';
import { delivered } from '../../engine/connectors/delivered.ts';
import type {
  CallOperation,
  ConnectorAnswer,
  ConnectorCall,
} from '../../engine/ports/connector.ts';
import { callOf } from './support.ts';

const OK: ConnectorAnswer = { kind: 'ok', output: { order: 'O-1' } };
const LOST: ConnectorAnswer = { kind: 'retry', code: 'timeout', message: 'No answer.' };
const REFUSED: ConnectorAnswer = { ...LOST, certainly: 'not done' };
const ABSENT: ConnectorAnswer = { kind: 'final', code: 'NO_ORDER', message: 'There is none.' };
const LOOKUP = { operation: 'find', by: 'quote.no', absent: 'NO_ORDER' };

function answering(answer: ConnectorAnswer): CallOperation & { readonly calls: ConnectorCall[] } {
  const calls: ConnectorCall[] = [];
  return Object.assign(
    (call: ConnectorCall) => {
      calls.push(call);
      return Promise.resolve(answer);
    },
    { calls },
  );
}

const call = (earlier: ConnectorCall['earlier']) =>
  callOf('shop.buy', { quote: { no: 'Q1' } }, { earlier });

describe('delivery', () => {
  it('calls an idempotent operation whatever happened before', async () => {
    const operation = answering(OK);
    const deliver = delivered({ delivery: 'idempotent' }, operation, () => undefined);
    expect(await deliver(call('unsure'))).to.equal(OK);
    expect(operation.calls).to.have.length(1);
  });

  describe('by ledger', () => {
    const ledger = (ask: CallOperation, operation: CallOperation) =>
      delivered({ delivery: 'ledger', lookup: LOOKUP }, operation, () => ({
        operation: 'shop.find',
        input: 'no',
        call: ask,
      }));

    it('asks nothing on the first try', async () => {
      const ask = answering(OK);
      const operation = answering(LOST);
      expect(await ledger(ask, operation)(call('none'))).to.equal(LOST);
      expect(ask.calls).to.have.length(0);
    });

    for (const earlier of ['unsure', 'vouched'] as const) {
      it(`takes what the ledger knows for the answer (${earlier})`, async () => {
        const ask = answering(OK);
        const operation = answering(OK);
        expect(await ledger(ask, operation)(call(earlier))).to.equal(OK);
        expect(operation.calls).to.have.length(0);
        expect(ask.calls[0]).to.deep.include({ operation: 'shop.find', input: { no: 'Q1' } });
      });
    }

    it('calls again where the ledger knows nothing', async () => {
      const operation = answering(OK);
      expect(await ledger(answering(ABSENT), operation)(call('unsure'))).to.equal(OK);
      expect(operation.calls).to.have.length(1);
    });

    it('waits where the ledger cannot be asked now', async () => {
      const operation = answering(OK);
      expect(await ledger(answering(LOST), operation)(call('unsure'))).to.equal(LOST);
      expect(operation.calls).to.have.length(0);
    });

    for (const answer of [
      { kind: 'broken', code: 'http-404', message: 'Wrong address.' },
      { kind: 'final', code: 'LOCKED', message: 'No.' },
    ] as const) {
      it(`asks for a person where the ledger says ${answer.code}`, async () => {
        const operation = answering(OK);
        const found = await ledger(answering(answer), operation)(call('unsure'));
        expect(found).to.include({ kind: 'broken', code: 'unsure' });
        expect(operation.calls).to.have.length(0);
      });
    }

    it('never calls blindly where there is no ledger to ask', async () => {
      const operation = answering(OK);
      const deliver = delivered({ delivery: 'ledger' }, operation, () => undefined);
      expect(await deliver(call('unsure'))).to.include({ kind: 'broken', code: 'unsure' });
      expect(operation.calls).to.have.length(0);
    });
  });

  describe('at most once', () => {
    const once = (operation: CallOperation) =>
      delivered({ delivery: 'atMostOnce' }, operation, () => undefined);

    it('is never called after an unsure try', async () => {
      const operation = answering(OK);
      expect(await once(operation)(call('unsure'))).to.include({ kind: 'broken', code: 'unsure' });
      expect(operation.calls).to.have.length(0);
    });

    it('is called again when a person asks for it', async () => {
      expect(await once(answering(OK))(call('vouched'))).to.equal(OK);
    });

    for (const [title, answer, expected] of [
      ['turns a lost answer into an incident', LOST, { kind: 'broken', code: 'unsure' }],
      [
        'turns a wrong answer into an incident',
        { kind: 'broken', code: 'wrong-answer', message: 'Odd.' },
        { kind: 'broken', code: 'unsure' },
      ],
      ['tries again what certainly did not happen', REFUSED, { kind: 'retry', code: 'timeout' }],
      ['passes a final error on', ABSENT, { kind: 'final', code: 'NO_ORDER' }],
    ] as const) {
      it(title, async () => {
        expect(await once(answering(answer))(call('none'))).to.include(expected);
      });
    }
  });
});
