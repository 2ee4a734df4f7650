import type { JsonObject } from '../kernel/json.ts';

/** A message that came from outside, kept until a case takes it or it expires. */
export interface InboundMessage {
  /** The sender's own id of it; the same id twice is one message. */
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly body: JsonObject;
  readonly receivedAt: number;
  readonly expiresAt: number;
}
