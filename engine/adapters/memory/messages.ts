import type { Messages } from '../../ports/jobs.ts';
import { byText } from './order.ts';
import type { Tables } from './tables.ts';

export function createMessages(tables: Tables): Messages {
  return {
    receive: (message) => {
      const isNew = !tables.messages.has(message.id);
      if (isNew)
        tables.messages.set(message.id, {
          message,
          consumed: false,
          offered: false,
          refused: false,
        });
      return Promise.resolve(isNew);
    },
    kept: (name, key, now) => {
      const kept = [...tables.messages.values()]
        .filter(({ consumed }) => !consumed)
        .map(({ message, offered }) => (offered ? { ...message, offered } : message))
        .filter((one) => one.name === name && one.key === key && one.expiresAt > now);
      return Promise.resolve(
        kept.sort((a, b) => a.receivedAt - b.receivedAt || byText(a.id, b.id)),
      );
    },
    waiting: (name, key) => {
      const waiting = [...tables.subscriptions.values()].filter(
        (one) => one.message === name && one.key === key,
      );
      return Promise.resolve(
        waiting.sort(
          (a, b) => byText(a.caseId, b.caseId) || byText(a.state, b.state) || a.visit - b.visit,
        ),
      );
    },
    unmatched: (now, limit) => {
      const found = new Map<string, { name: string; key: string }>();
      for (const { message, consumed } of tables.messages.values()) {
        const { name, key, expiresAt } = message;
        const waits = [...tables.subscriptions.values()].some(
          (one) => one.message === name && one.key === key && one.notBefore <= message.receivedAt,
        );
        if (!consumed && expiresAt > now && waits) found.set(`${name}\n${key}`, { name, key });
      }
      const sorted = [...found.values()].sort(
        (a, b) => byText(a.name, b.name) || byText(a.key, b.key),
      );
      return Promise.resolve(sorted.slice(0, limit));
    },
    unoffered: (name, now, limit) => {
      const found = [...tables.messages.values()]
        .filter(({ consumed, offered }) => !consumed && !offered)
        .map(({ message }) => message)
        .filter((one) => one.name === name && one.expiresAt > now)
        .sort((a, b) => a.receivedAt - b.receivedAt || byText(a.id, b.id));
      return Promise.resolve(found.slice(0, limit));
    },
    offered: (id, how) => {
      const stored = tables.messages.get(id);
      const refused = how === 'refused';
      if (stored !== undefined) tables.messages.set(id, { ...stored, offered: true, refused });
      return Promise.resolve();
    },
    refused: (now, limit) => {
      const found = [...tables.messages.values()]
        .filter(({ consumed, refused }) => !consumed && refused)
        .map(({ message }) => message)
        .filter((one) => one.expiresAt > now)
        .sort((a, b) => a.receivedAt - b.receivedAt || byText(a.id, b.id));
      return Promise.resolve(found.slice(0, limit));
    },
    again: (id) => {
      const stored = tables.messages.get(id);
      if (stored?.refused !== true) return Promise.resolve(false);
      tables.messages.set(id, { ...stored, offered: false, refused: false });
      return Promise.resolve(true);
    },
    expire: (now) => {
      const expired = [...tables.messages.values()].filter(
        ({ message }) => message.expiresAt <= now,
      );
      for (const { message } of expired) tables.messages.delete(message.id);
      return Promise.resolve(expired.length);
    },
  };
}
