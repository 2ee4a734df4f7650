import type { OperationManifest } from '../governance/connector-manifest.ts';
import { valueAt } from '../governance/input-path.ts';
import type { CallOperation, ConnectorAnswer, ConnectorCall } from '../ports/connector.ts';

type Delivery = Pick<OperationManifest, 'delivery' | 'lookup'>;

/** The operation that tells whether a call of a ledger happened. */
export interface Lookup {
  readonly operation: string;
  /** The name of its one input. */
  readonly input: string;
  readonly call: CallOperation;
}

/**
 * Keeps the delivery that the manifest declares, over all tries of one effect:
 * - `idempotent`: calls again; the idempotency key makes it one.
 * - `ledger`: after an earlier try it asks first whether that happened; if so, that is the answer.
 * - `atMostOnce`: an unsure outcome is `broken`, never a second call.
 */
export function delivered(
  { delivery, lookup }: Delivery,
  operation: CallOperation,
  findLookup: () => Lookup | undefined,
): CallOperation {
  switch (delivery) {
    case 'idempotent':
      return operation;
    case 'atMostOnce':
      return atMostOnce(operation);
    case 'ledger':
      return async (call) => {
        if (call.earlier === 'none') return operation(call);
        const ask = findLookup();
        if (lookup === undefined || ask === undefined) return unsure(call);
        return (await askLedger(call, lookup, ask)) ?? operation(call);
      };
  }
}

function atMostOnce(operation: CallOperation): CallOperation {
  return async (call) => {
    if (call.earlier === 'unsure') return unsure(call);
    const answer = await operation(call);
    const mayHaveHappened =
      (answer.kind === 'retry' && answer.certainly === undefined) ||
      (answer.kind === 'broken' && answer.code === 'wrong-answer');
    return mayHaveHappened ? unsure(call, answer.message) : answer;
  };
}

/** Answers what became of an earlier try; `undefined` when it certainly did not happen. */
async function askLedger(
  call: ConnectorCall,
  { by, absent = 'http-404' }: NonNullable<OperationManifest['lookup']>,
  ask: Lookup,
): Promise<ConnectorAnswer | undefined> {
  const answer = await ask.call({
    operation: ask.operation,
    input: { [ask.input]: valueAt(call.input, by) ?? null },
    idempotencyKey: `${call.idempotencyKey}/lookup`,
    earlier: 'none',
    signal: call.signal,
  });
  if (answer.kind === 'ok' || answer.kind === 'retry') return answer;
  if (answer.code === absent) return undefined;
  return {
    kind: 'broken',
    code: 'unsure',
    message: `Whether ${call.operation} happened could not be found out by ${ask.operation}: ${answer.message}`,
  };
}

function unsure(
  call: ConnectorCall,
  why = 'An earlier try ended without an answer.',
): ConnectorAnswer {
  return {
    kind: 'broken',
    code: 'unsure',
    message: `It is not known whether ${call.operation} happened. ${why} It is not called again by itself: look in the other system first.`,
  };
}
