import { createHash } from 'node:crypto';
import type { Files } from '../../ports/files.ts';
import type { Database } from './database.ts';
import type { FileColumns, FilePartColumns } from './tables/files.ts';
import { storedFile } from './tables/files.ts';

/** How many bytes lie in one row. */
const PART = 256 * 1024;

export function createFiles({ read, write }: Database): Files {
  const uncarried = () => write<FileColumns>('files').whereNull('case_id');
  return {
    add: async ({ id, owner, name, type, keepUntil }, content) => {
      await write<FileColumns>('files').insert({
        ...{ id, owner, name, media_type: type, keep_until: keepUntil },
        ...{ size: null, sha256: null, case_id: null },
      });
      try {
        const hash = createHash('sha256');
        let size = 0;
        let part = 0;
        for await (const bytes of inParts(content)) {
          hash.update(bytes);
          size += bytes.length;
          await write<FilePartColumns>('file_parts').insert({ file_id: id, part: part++, bytes });
        }
        const whole = { size, sha256: hash.digest('hex') };
        await write<FileColumns>('files').where({ id }).update(whole);
        return { id, owner, name, type, ...whole };
      } catch (error) {
        await write<FileColumns>('files').where({ id }).delete();
        throw error;
      }
    },
    find: async (id) => {
      const row = await read<FileColumns>('files').where({ id }).first();
      return row && storedFile(row);
    },
    read: async function* (id) {
      for (let part = 0; ; part++) {
        const row = await read<FilePartColumns>('file_parts').where({ file_id: id, part }).first();
        if (row === undefined) return;
        yield row.bytes;
      }
    },
    keep: async (owner, until) => {
      await uncarried().where({ owner }).update({ keep_until: until });
    },
    remove: async (owner, ids) => {
      await uncarried()
        .where({ owner })
        .whereIn('id', [...ids])
        .delete();
    },
    sweep: (now) => uncarried().where('keep_until', '<=', now).delete(),
  };
}

/** Divides content anew, into parts that are full but for the last. */
async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    held.push(piece);
    length += piece.length;
    if (length < PART) continue;
    const joined = Buffer.concat(held);
    const full = length - (length % PART);
    for (let from = 0; from < full; from += PART) yield joined.subarray(from, from + PART);
    held = [joined.subarray(full)];
    length -= full;
  }
  if (length > 0) yield Buffer.concat(held);
}
