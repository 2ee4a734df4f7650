import type { Messages } from '../../ports/jobs.ts';
import type { Database } from './database.ts';
import { inboundMessage, messageColumns, storedSubscription } from './tables/messages.ts';
import type { MessageColumns, SubscriptionColumns } from './tables/messages.ts';

export function createMessages({ read, write }: Database): Messages {
  return {
    receive: async (message) => {
      const added = await write<MessageColumns>('messages')
        .insert(messageColumns(message))
        .onConflict('id')
        .ignore()
        .returning('id');
      return added.length === 1;
    },
    kept: async (name, key, now) => {
      const rows = await read<MessageColumns>('messages')
        .where({ name, key })
        // Written out as in the partial index: for a parameter SQLite could not use it.
        .whereRaw('consumed = 0')
        .where('expires_at', '>', now)
        .orderBy(['received_at', 'id']);
      return rows.map(inboundMessage);
    },
    waiting: async (name, key) => {
      const rows = await read<SubscriptionColumns>('subscriptions')
        .where({ message: name, key })
        .orderBy(['case_id', 'state', 'visit']);
      return rows.map(storedSubscription);
    },
    unmatched: (now, limit) =>
      read<MessageColumns>('messages as m')
        .join('subscriptions as s', { 's.message': 'm.name', 's.key': 'm.key' })
        .where('m.consumed', 0)
        .where('m.expires_at', '>', now)
        .distinct<{ name: string; key: string }[]>('m.name', 'm.key')
        .orderBy(['m.name', 'm.key'])
        .limit(limit),
    expire: (now) => write<MessageColumns>('messages').where('expires_at', '<=', now).delete(),
  };
}
