import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy';
import { TrellisError } from '../../engine/index.ts';

/** What a form with a file may hold beside it: its hidden fields and its button. */
const LIMITS = {
  fieldNameSize: 200,
  fieldSize: 10_000,
  fields: 20,
  files: 1,
  parts: 21,
  headerPairs: 20,
  headerSize: 8_192,
};

/** A file as it comes in. */
export interface IncomingFile {
  /** The name of its input. */
  readonly field: string;
  readonly fileName: string;
  /** The media type that the browser says it has. */
  readonly type: string;
  readonly content: BusboyFileStream;
}

/** Takes a file; must read its content to the end, or let it run out. */
type TakeFile = (file: IncomingFile) => Promise<void>;

/**
 * Reads a posted form with a file; its other fields are answered as `URLSearchParams` gives them.
 * The file is handed on while it comes in, cut off after `mostBytes`.
 * @throws `TrellisError` with code `bad-request`, or what `take` throws.
 */
export async function parseUpload(
  request: IncomingMessage,
  mostBytes: number,
  take: TakeFile,
): Promise<readonly (readonly [string, string])[]> {
  const parser = parserOf(request, mostBytes);
  const fields: [string, string][] = [];
  let taking: Promise<unknown> = Promise.resolve();
  let open: BusboyFileStream | undefined;
  const seen = { tooMuch: false };
  parser.on('field', (name, value, _nameCut, cut) => {
    seen.tooMuch ||= cut;
    fields.push([name, value]);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => (seen.tooMuch = true));
  }
  // The compiler cannot know that a part may come without a name.
  parser.on('file', (field: string | undefined, content, fileName: string | undefined, _, type) => {
    open = content;
    // Nobody may be listening any more when the rest of it turns out to be cut off.
    content.on('error', () => undefined);
    const taken = take({ field: field ?? '', fileName: fileName ?? '', type, content });
    taking = taken.catch((error: unknown) => {
      content.resume();
      return { error };
    });
  });
  try {
    await readAll(request, parser);
  } catch (error) {
    open?.destroy(error instanceof Error ? error : undefined);
    await taking;
    throw unreadable();
  }
  const failed = (await taking) as { readonly error: unknown } | undefined;
  if (failed !== undefined) throw failed.error;
  if (seen.tooMuch) throw unreadable();
  return fields;
}

function parserOf({ headers }: IncomingMessage, fileSize: number): BusboyInstance {
  const type = headers['content-type'] ?? '';
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': type },
      limits: { ...LIMITS, fileSize },
    });
  } catch {
    throw unreadable();
  }
}

/** A pipeline would close the connection with the request, and nobody could be answered. */
function readAll(request: IncomingMessage, parser: BusboyInstance): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      request.resume();
      reject(error instanceof Error ? error : unreadable());
    };
    parser.once('finish', resolve);
    parser.once('error', fail);
    request.once('error', fail);
    request.once('close', () => {
      if (!request.complete) fail(unreadable());
    });
    request.pipe(parser);
  });
}

function unreadable(): TrellisError {
  return new TrellisError(
    'bad-request',
    'What was sent cannot be read as a form with one file. Nothing was changed; open the page again and choose the file once more.',
  );
}
