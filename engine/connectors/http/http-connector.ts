import type { Dispatcher } from 'undici';
import type { HttpConnector, HttpOperation } from '../../governance/connector-manifest.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectorAnswer, ConnectorCall, OpenConnector } from '../../ports/connector.ts';
import type { CheckAddress, HttpDestination, SecretText } from '../../ports/destination.ts';
import { createCheckedAgent } from './checked-agent.ts';
import { classify } from './classify.ts';
import { networkFailure } from './network-failure.ts';
import { buildRequest } from './request.ts';

/** What an HTTP connector needs of its surroundings. */
export interface HttpSurroundings {
  readonly destination: HttpDestination;
  readonly checkAddress: CheckAddress;
  readonly reveal: (text: SecretText) => string;
  readonly clock: Clock;
  /** Bytes of the largest answer. (Default: 1 MB) */
  readonly largestAnswer?: number;
}

/**
 * Opens a connector of kind `http`: one request a call, JSON both ways, no redirects, no retries.
 *
 * @throws `TrellisError` with code `destination-malformed` for a base address that is none.
 */
export function openHttpConnector(
  manifest: HttpConnector,
  surroundings: HttpSurroundings,
): OpenConnector {
  const largest = surroundings.largestAnswer ?? 1024 * 1024;
  const base = readBase(surroundings.destination.baseUrl);
  const agent = createCheckedAgent(surroundings.checkAddress, largest);

  async function send(
    name: string,
    operation: HttpOperation,
    call: ConnectorCall,
  ): Promise<ConnectorAnswer> {
    const wire = buildRequest(base, operation.request, call.input);
    const { idempotencyHeader } = operation.request;
    const headers = {
      accept: 'application/json',
      ...revealed(surroundings),
      ...(wire.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyHeader === undefined ? {} : { [idempotencyHeader]: call.idempotencyKey }),
    };
    const request: Dispatcher.RequestOptions = {
      origin: wire.url.origin,
      path: wire.url.pathname + wire.url.search,
      method: wire.method,
      headers,
      signal: call.signal,
      ...(wire.body === undefined ? {} : { body: wire.body }),
    };
    const response = await agent.request(request);
    const answer = {
      status: response.statusCode,
      headers: response.headers,
      body: await response.body.text(),
    };
    return classify(name, operation.errors, answer, surroundings.clock.now());
  }

  return {
    operations: new Map(
      Object.entries(manifest.operations).map(([short, operation]) => {
        const name = `${manifest.connector}.${short}`;
        return [
          short,
          (call: ConnectorCall) =>
            send(name, operation, call).catch((error: unknown) =>
              networkFailure(name, error, largest),
            ),
        ];
      }),
    ),
    close: () => agent.destroy(),
  };
}

function readBase(baseUrl: string): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (
    base === undefined ||
    !['http:', 'https:'].includes(base.protocol) ||
    base.search + base.hash + base.username + base.password !== ''
  ) {
    throw new TrellisError(
      'destination-malformed',
      `"${baseUrl}" is not a base address. Expected http:// or https://, a host and perhaps a path, without query, fragment or password.`,
    );
  }
  return base;
}

function revealed({ destination, reveal }: HttpSurroundings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(destination.headers ?? {}).map(([name, text]) => [name, reveal(text)]),
  );
}
