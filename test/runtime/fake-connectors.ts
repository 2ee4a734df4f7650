import type { ConnectorAnswer, ConnectorCall, Connectors } from '../../engine/ports/connector.ts';

type Answer =
  ConnectorAnswer | ((call: ConnectorCall) => ConnectorAnswer | Promise<ConnectorAnswer>);

/** Connectors that answer what they are told and write down how they were called. */
export interface FakeConnectors extends Connectors {
  readonly calls: ConnectorCall[];
  /** The answer from now on. */
  answer(operation: string, answer: Answer): void;
}

export function ok(output: Extract<ConnectorAnswer, { kind: 'ok' }>['output']): ConnectorAnswer {
  return { kind: 'ok', output };
}

export function createFakeConnectors(answers: Readonly<Record<string, Answer>>): FakeConnectors {
  const known = new Map(Object.entries(answers));
  const calls: ConnectorCall[] = [];
  return {
    calls,
    answer: (operation, answer) => {
      known.set(operation, answer);
    },
    call: async (call) => {
      calls.push(call);
      const answer = known.get(call.operation);
      if (answer === undefined) throw new Error(`No answer for ${call.operation}.`);
      return typeof answer === 'function' ? answer(call) : answer;
    },
    retryPolicy: () => ({ attempts: 3, first: 1_000, backoff: 'exponential' }),
    timeout: () => 10_000,
    longestTimeout: () => 10_000,
    close: () => Promise.resolve(),
  };
}
