import type { Connectors } from '../../engine/ports/connector.ts';
import type { Ask } from './ask.ts';

/** Other systems that are reached over a line, again and again until they answer. */
export function wiredConnectors(connectors: Connectors, ask: Ask): Connectors {
  return {
    ...connectors,
    call: async (call) => {
      try {
        return await ask(call.operation, () => connectors.call(call));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { kind: 'retry', code: 'no-connection', message };
      }
    },
    retryPolicy: () => ({ attempts: 1_000, first: 1_000, backoff: 'fixed' }),
  };
}
