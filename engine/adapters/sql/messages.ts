import type { Messages } from '../../ports/jobs.ts';
import type { InboundMessage } from '../../ports/message.ts';
import type { Database } from './database.ts';
import { inGroups } from './in-groups.ts';
import { createLookup } from './lookup.ts';
import {
  addMessages,
  inboundMessage,
  messageColumns,
  storedSubscription,
} from './tables/messages.ts';
import { OFFERED, REFUSED } from './tables/messages.ts';
import type { MessageColumns } from './tables/messages.ts';

export function createMessages(database: Database): Messages {
  const { read, write, batches } = database;
  const receive = inGroups(async (messages: readonly InboundMessage[]) => {
    const rows = messages.map(messageColumns);
    const added = await database.use((session) => batches.all(session, addMessages, rows));
    const fresh = new Set((added as readonly { readonly id: string }[]).map(({ id }) => held(id)));
    // Of one message that came twice at once, the first is the one that was added.
    return messages.map(({ id }) => fresh.delete(held(id)));
  });
  const kept = createLookup(database, {
    table: 'messages',
    key: { name: 'text', key: 'text', now: 'bigint' },
    // Written out as in the partial index: for a parameter SQLite could not use it.
    where: `messages.name = v.name and messages.key = v.key and messages.consumed = 0
        and messages.expires_at > v.now`,
    orderBy: 'messages.received_at, messages.id',
    read: inboundMessage,
  });
  const waiting = createLookup(database, {
    table: 'subscriptions',
    key: { name: 'text', key: 'text' },
    where: 'subscriptions.message = v.name and subscriptions.key = v.key',
    orderBy: 'subscriptions.case_id, subscriptions.state, subscriptions.visit',
    read: storedSubscription,
  });
  return {
    receive,
    kept: (name, key, now) => kept({ name, key, now }),
    waiting: (name, key) => waiting({ name, key }),
    unmatched: (now, limit) =>
      read<MessageColumns>('messages as m')
        .join('subscriptions as s', { 's.message': 'm.name', 's.key': 'm.key' })
        .where('m.consumed', 0)
        .where('m.expires_at', '>', now)
        .whereRaw('m.received_at >= s.not_before')
        .distinct<{ name: string; key: string }[]>('m.name', 'm.key')
        .orderBy(['m.name', 'm.key'])
        .limit(limit),
    unoffered: async (name, now, limit) => {
      const rows = await read<MessageColumns>('messages')
        .where({ name, consumed: 0, offered: 0 })
        .where('expires_at', '>', now)
        .orderBy(['received_at', 'id'])
        .limit(limit);
      return rows.map(inboundMessage);
    },
    offered: async (id, how) => {
      const offered = how === 'refused' ? REFUSED : OFFERED;
      await write<MessageColumns>('messages').where({ id }).update({ offered });
    },
    refused: async (now, limit) => {
      const rows = await read<MessageColumns>('messages')
        .where({ consumed: 0, offered: REFUSED })
        .where('expires_at', '>', now)
        .orderBy(['received_at', 'id'])
        .limit(limit);
      return rows.map((row) => inboundMessage({ ...row, offered: 0 }));
    },
    again: async (id) => {
      const refused = write<MessageColumns>('messages').where({ id, offered: REFUSED });
      return (await refused.update({ offered: 0 })) === 1;
    },
    expire: (now) => write<MessageColumns>('messages').where('expires_at', '<=', now).delete(),
  };
}

/** An id as any database gives it back: what it cannot hold, it replaces. */
function held(id: string): string {
  return Buffer.from(id).toString().replaceAll('\0', '\uFFFD');
}
