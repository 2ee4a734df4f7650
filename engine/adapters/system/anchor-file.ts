import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { anchorLine, readAnchorLine } from '../../governance/anchor-lines.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { Anchor } from '../../ports/anchor.ts';

/** More than two lines have, in bytes. */
const TAIL = 4_096;

/** Creates an anchor that is one file: a line for each checkpoint, never changed, only added to. */
export function createAnchorFile(file: string): Anchor {
  const withFile = async <T>(work: (handle: FileHandle) => Promise<T>): Promise<T> => {
    try {
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'a+');
      try {
        return await work(handle);
      } finally {
        await handle.close();
      }
    } catch (error) {
      const message = `The anchor file ${file} cannot be written: ${String(error)}. Expected a file that this process may read and add to.`;
      throw new TrellisError('anchor-file', message, { file });
    }
  };
  return {
    newest: () =>
      withFile(async (handle) =>
        (await tail(handle))
          .split('\n')
          .flatMap((line) => readAnchorLine(line) ?? [])
          .at(-1),
      ),
    append: (checkpoints) =>
      withFile(async (handle) => {
        const end = await tail(handle);
        // A host that died within a line left it without an end.
        const gap = end === '' || end.endsWith('\n') ? '' : '\n';
        await handle.appendFile(gap + checkpoints.map(anchorLine).join(''));
        await handle.sync();
      }),
  };
}

async function tail(handle: FileHandle): Promise<string> {
  const { size } = await handle.stat();
  const length = Math.min(size, TAIL);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.subarray(0, bytesRead).toString();
}
