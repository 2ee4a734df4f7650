import type { Json, JsonObject } from '../kernel/json.ts';
import type { RetryPolicy } from '../kernel/values/retry-policy.ts';

export interface ConnectorCall {
  /** `oms.createOrder`. */
  readonly operation: string;
  readonly input: JsonObject;
  /** The same for every try of the same effect. */
  readonly idempotencyKey: string;
  /**
   * What is known of earlier tries of this effect: `none` (this is certainly the first), `unsure`
   * (one may have reached the other side, even if only because the host died), `vouched` (a person
   * looked, and asks for it again).
   */
  readonly earlier: 'none' | 'unsure' | 'vouched';
  /** Ends the call; a connector must stop waiting when it fires. */
  readonly signal: AbortSignal;
}

/**
 * How a call ended, as one of four:
 * - `ok`: the output, already validated against the operation's type.
 * - `retry`: it may go well later; `after` is the earliest time from now, in milliseconds.
 *   `certainly` is present when it is known that nothing happened: `not done` (refused, or no
 *   connection), `not tried` (kept back by the operation's own limits; not to be counted as a try).
 * - `final`: trying again is useless (an error that the manifest calls final).
 * - `broken`: the other side answered something that is not of the declared type, or the call could
 *   not be made at all; a person must look.
 */
export type ConnectorAnswer =
  | { readonly kind: 'ok'; readonly output: Json }
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly message: string;
      readonly after?: number;
      readonly certainly?: 'not done' | 'not tried';
    }
  | { readonly kind: 'final'; readonly code: string; readonly message: string }
  | { readonly kind: 'broken'; readonly code: string; readonly message: string };

/** Carries out one operation. Never throws for what the other side did. */
export type CallOperation = (call: ConnectorCall) => Promise<ConnectorAnswer>;

/** A connector of one kind, opened on its destination. */
export interface OpenConnector {
  /** By their short names. */
  readonly operations: ReadonlyMap<string, CallOperation>;
  /** Ends pools and sockets. */
  close(): Promise<void>;
}

/** Governed doors to other systems. Never throws for what the other side did. */
export interface Connectors {
  call(call: ConnectorCall): Promise<ConnectorAnswer>;
  /** How often an operation is tried, from its manifest. */
  retryPolicy(operation: string): RetryPolicy;
  /** Milliseconds after which a call of this operation is given up. */
  timeout(operation: string): number;
  /** The longest of these: nobody may take a job over before it has passed. */
  longestTimeout(): number;
  /** Ends pools and sockets. */
  close(): Promise<void>;
}
