import type { KeptMessage } from '../../../ports/jobs.ts';
import type { InboundMessage } from '../../../ports/message.ts';
import type { Subscription } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Batch } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

/** What `offered` is once a message has begun all that it can begin, or some of it was refused. */
export const OFFERED = 1;
export const REFUSED = 2;

/** `consumed` is 1 once a step has taken the message; `offered` is 0 until it was offered. */
const MESSAGE = {
  id: 'text',
  name: 'text',
  key: 'text',
  body: 'text',
  received_at: 'bigint',
  expires_at: 'bigint',
  consumed: 'bigint',
  offered: 'bigint',
} as const satisfies Columns;

/** The body of a message that was taken. */
const TAKEN = '{}';

const SUBSCRIPTION = {
  case_id: 'text',
  state: 'text',
  visit: 'bigint',
  message: 'text',
  key: 'text',
  not_before: 'bigint',
} as const satisfies Columns;

const ID = { id: 'text' } as const satisfies Columns;

export type MessageColumns = RowOf<typeof MESSAGE>;
type SubscriptionColumns = RowOf<typeof SUBSCRIPTION>;

/** Adds messages that are taken by the step that adds them. */
export const receiveMessages = insertInto('messages', MESSAGE, 'id');

/** Adds messages whose id is not known; returns the ids of those that were added. */
export const addMessages: Batch<typeof MESSAGE> = {
  ...receiveMessages,
  name: 'keep_messages',
  text: `${receiveMessages.text} returning id`,
};

export const addSubscriptions = insertInto('subscriptions', SUBSCRIPTION, 'case_id');

/**
 * Marks messages as taken. They stay until they expire, so that a repeat of one is still known;
 * what they said is in the history of the case.
 */
export const consumeMessages: Batch<typeof ID> = {
  name: 'consume_messages',
  columns: ID,
  text: `update messages set consumed = 1, body = '${TAKEN}' where consumed = 0 and id in (select id from v)`,
};

export function messageColumns(message: InboundMessage): MessageColumns {
  return {
    id: message.id,
    name: message.name,
    key: message.key,
    body: toJson(message.body),
    received_at: message.receivedAt,
    expires_at: message.expiresAt,
    consumed: 0,
    offered: 0,
  };
}

/** A message as it is stored by the step that takes it. */
export function takenColumns(message: InboundMessage): MessageColumns {
  return { ...messageColumns({ ...message, body: {} }), consumed: 1 };
}

export function inboundMessage(row: MessageColumns): KeptMessage {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    body: fromJson(row.body) as InboundMessage['body'],
    receivedAt: row.received_at,
    expiresAt: row.expires_at,
    ...(row.offered === 0 ? {} : { offered: true }),
  };
}

export function subscriptionColumns(one: Subscription): SubscriptionColumns {
  const { caseId, state, visit, message, key, notBefore } = one;
  return { case_id: caseId, state, visit, message, key, not_before: notBefore };
}

export function storedSubscription(row: SubscriptionColumns): Subscription {
  const { case_id: caseId, state, visit, message, key, not_before: notBefore } = row;
  return { caseId, state, visit, message, key, notBefore };
}
