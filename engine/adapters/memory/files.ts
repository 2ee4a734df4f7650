import { createHash } from 'node:crypto';
import type { Files } from '../../ports/files.ts';
import type { KeptFile, Tables } from './tables.ts';

export function createFiles(tables: Tables): Files {
  const drop = (which: (kept: KeptFile) => boolean): number => {
    const dropped = [...tables.files.values()].filter(
      (kept) => kept.file.caseId === undefined && which(kept),
    );
    for (const { file } of dropped) tables.files.delete(file.id);
    return dropped.length;
  };
  return {
    add: async ({ keepUntil, ...file }, content) => {
      const hash = createHash('sha256');
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of content) {
        hash.update(part);
        size += part.length;
        parts.push(Uint8Array.from(part));
      }
      const stored = { ...file, size, sha256: hash.digest('hex') };
      tables.files.set(file.id, { file: stored, keepUntil, parts });
      return stored;
    },
    find: (id) => Promise.resolve(tables.files.get(id)?.file),
    read: async function* (id) {
      await Promise.resolve();
      yield* tables.files.get(id)?.parts ?? [];
    },
    keep: (owner, until) => {
      for (const [id, kept] of tables.files) {
        if (kept.file.owner === owner) tables.files.set(id, { ...kept, keepUntil: until });
      }
      return Promise.resolve();
    },
    remove: (owner, ids) => {
      drop(({ file }) => file.owner === owner && ids.includes(file.id));
      return Promise.resolve();
    },
    sweep: (now) => Promise.resolve(drop(({ keepUntil }) => keepUntil <= now)),
  };
}
