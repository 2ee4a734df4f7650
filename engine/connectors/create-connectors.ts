import { limitsOf } from '../governance/connector-limits.ts';
import type { OperationLimits } from '../governance/connector-limits.ts';
import { operationsOf } from '../governance/connector-manifest.ts';
import type { ConnectorManifest } from '../governance/connector-manifest.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { CallOperation, Connectors, OpenConnector } from '../ports/connector.ts';
import { checkedInput, checkedOutput } from './checked.ts';
import { delivered } from './delivered.ts';
import type { Lookup } from './delivered.ts';
import { guarded } from './guarded.ts';
import { openConnector } from './open-connector.ts';
import type { Surroundings } from './open-connector.ts';

/** What the connectors need of their surroundings. */
export interface ConnectorSettings extends Surroundings {
  readonly manifests: readonly ConnectorManifest[];
}

interface Door {
  readonly limits: OperationLimits;
  readonly call: CallOperation;
  /** The names of its inputs. */
  readonly inputs: readonly string[];
}

const DEFAULT_LIMITS = limitsOf({});

/**
 * Opens every connector of the core on the destinations of this environment. Around each operation
 * lie, from the outside in: its input type, its delivery, its output type, its limits.
 *
 * @throws `TrellisError` with code `destination-missing`, `destination-malformed` or
 * `allow-malformed` when the environment does not fit the manifests.
 */
export function createConnectors(settings: ConnectorSettings): Connectors {
  const doors = new Map<string, Door>();
  const opened: OpenConnector[] = [];
  for (const manifest of settings.manifests) {
    if (manifest.kind === 'webhook') continue;
    const connector = openConnector(manifest, settings);
    opened.push(connector);
    for (const [short, operation] of operationsOf(manifest)) {
      const name = `${manifest.connector}.${short}`;
      const limits = limitsOf(operation, manifest.defaults);
      const raw = trapped(name, connector.operations.get(short));
      const limited = guarded(name, limits, settings.clock, raw);
      const typed = checkedOutput(settings.compile(operation.output), limited);
      const whole = delivered(operation, typed, () =>
        lookupOf(`${manifest.connector}.${operation.lookup?.operation ?? ''}`, doors),
      );
      doors.set(name, {
        limits,
        inputs: Object.keys(Object(operation.input['properties']) as object),
        call: checkedInput(settings.compile(operation.input), whole),
      });
    }
  }
  return {
    call: (call) => (doors.get(call.operation)?.call ?? unknownOperation)(call),
    retryPolicy: (operation) => (doors.get(operation)?.limits ?? DEFAULT_LIMITS).retry,
    longestTimeout: () =>
      Math.max(DEFAULT_LIMITS.timeout, ...[...doors.values()].map(({ limits }) => limits.timeout)),
    timeout: (operation) => (doors.get(operation)?.limits ?? DEFAULT_LIMITS).timeout,
    close: async () => {
      await Promise.all(opened.map((connector) => connector.close()));
    },
  };
}

function lookupOf(operation: string, doors: ReadonlyMap<string, Door>): Lookup | undefined {
  const door = doors.get(operation);
  const [input] = door?.inputs ?? [];
  return door === undefined || input === undefined
    ? undefined
    : { operation, input, call: door.call };
}

/** Turns what a connector throws by a fault of its own into an answer: a person must look. */
function trapped(name: string, operation: CallOperation = unknownOperation): CallOperation {
  return async (call) => {
    try {
      return await operation(call);
    } catch (error) {
      if (error instanceof TrellisError) {
        return { kind: 'broken', code: error.code, message: error.message };
      }
      const what = error instanceof Error ? error.name : 'an unknown failure';
      const message = `${name} could not be called because of a fault in its connector (${what}).`;
      return { kind: 'broken', code: 'connector-fault', message };
    }
  };
}

const unknownOperation: CallOperation = ({ operation }) =>
  Promise.resolve({
    kind: 'broken',
    code: 'unknown-operation',
    message: `There is no operation "${operation}" in the core that this host has loaded.`,
  });
