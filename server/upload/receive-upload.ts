import type { IncomingMessage } from 'node:http';
import { TrellisError, filesIn, hasType, readSize, showSize } from '../../engine/index.ts';
import type { Clock, FileQuestion, FileValue, Files, Ids, Uploads } from '../../engine/index.ts';
import type { Visitor } from '../middleware/visitor.ts';
import { safeFileName } from './file-name.ts';
import { mediaWords } from './media-words.ts';
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts';
import type { IncomingFile } from './parse-upload.ts';
import { parseUpload } from './parse-upload.ts';
import type { UploadLimit } from './upload-limit.ts';

/** What receiving needs of the host. */
export interface Receiver {
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limit: UploadLimit;
  /** The greatest file that the host takes, in bytes, whatever a form says. */
  readonly mostBytes: number;
}

/** For whom a file is received. */
export interface Recipient {
  /** What the page asks for. */
  readonly question: FileQuestion;
  readonly visitor: Visitor;
  /** The key of the unfinished form. */
  readonly owner: string;
  /** How long the unfinished form is kept, in milliseconds. */
  readonly life: number;
}

/** A posted form with a file. */
export interface Received {
  readonly fields: readonly (readonly [string, string])[];
  readonly uploads: Uploads;
  readonly tooLarge: boolean;
}

type Upload = NonNullable<ReturnType<Uploads['get']>>;

/** How long at least a file is kept that has no case, in milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/**
 * Reads a posted form with a file, and stores the file if it is one that the page asks for.
 * @throws `TrellisError` with code `bad-request`, `unknown-answer` or `too-often`.
 */
export async function receiveUpload(
  receiver: Receiver,
  request: IncomingMessage,
  { question, visitor, owner, life }: Recipient,
): Promise<Received> {
  const { clock, files, limit, mostBytes } = receiver;
  await limit.count(visitor);
  await files.sweep(clock.now());
  const most = Math.min(readSize(question.widget.maxSize) ?? 0, mostBytes);
  const uploads = new Map<string, Upload>();
  let tooLarge = false;
  const fields = await parseUpload(request, most, async (incoming) => {
    const { field, fileName, content } = incoming;
    if (field !== question.pointer) throw unknownFile(field);
    // A browser sends an empty part where nothing was chosen.
    if (fileName === '') {
      content.resume();
      return;
    }
    const keepUntil = clock.now() + Math.max(life, DAY);
    const upload = await store(receiver, incoming, question, { owner, keepUntil });
    tooLarge = upload === TOO_LARGE;
    const what = `must be ${showSize(most)} or smaller`;
    uploads.set(field, upload === TOO_LARGE ? { kind: 'refused', what } : upload);
  });
  return { fields, uploads, tooLarge };
}

const TOO_LARGE = Symbol('too large');

async function store(
  { files, ids }: Receiver,
  { content, fileName, type: declared }: IncomingFile,
  { widget }: FileQuestion,
  kept: { readonly owner: string; readonly keepUntil: number },
): Promise<Upload | typeof TOO_LARGE> {
  // Left open when it is not read to the end: then the rest of it runs out unread.
  const pieces = content.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  const head = await headOf(pieces);
  const name = safeFileName(fileName);
  const refuse = (what: string): Upload => {
    content.resume();
    return { kind: 'refused', what };
  };
  if (head.bytes.length === 0) return refuse('must not be empty');
  const type = await mediaTypeOf(head.bytes.subarray(0, HEAD_BYTES), fileName, declared);
  if (type === undefined) return refuse('must be a file that is what its name says');
  if (!hasType({ type }, widget.accept)) {
    const taken = widget.accept.map(mediaWords).join(' or ');
    return refuse(`must be ${taken}, and this is ${mediaWords(type)}`);
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield head.bytes;
    if (!head.done) yield* rest(pieces);
    if (content.truncated) throw new TrellisError('too-large', 'The file is too large.');
  };
  try {
    const stored = await files.add({ ...kept, id: ids.next(), name, type }, all());
    return { kind: 'stored', file: fileValue(stored) };
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'too-large') return TOO_LARGE;
    throw error;
  }
}

async function headOf(
  pieces: AsyncIterator<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array; readonly done: boolean }> {
  const read: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await pieces.next();
    if (next.done === true) return { bytes: Buffer.concat(read), done: true };
    read.push(next.value);
    length += next.value.length;
  }
  return { bytes: Buffer.concat(read), done: false };
}

async function* rest(pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    yield next.value;
  }
}

function fileValue({ id, name, type, size, sha256 }: FileValue): FileValue {
  return { id, name, type, size, sha256 };
}

function unknownFile(field: string): TrellisError {
  return new TrellisError(
    'unknown-answer',
    `The form was sent with a file that this page does not ask for: "${field.slice(0, 60)}". Open the page again and send only what it asks for.`,
  );
}

/** Removes the files of an unfinished form that it held or was sent, and does not hold any more. */
export async function removeDropped(
  files: Pick<Files, 'remove'>,
  owner: string,
  was: Parameters<typeof filesIn>[0],
  uploads: Uploads,
  is: Parameters<typeof filesIn>[0],
): Promise<void> {
  const before = filesIn(was).map(({ file }) => file.id);
  const sent = [...uploads.values()].flatMap((one) => (one.kind === 'stored' ? one.file.id : []));
  const kept = filesIn(is).map(({ file }) => file.id);
  const dropped = [...before, ...sent].filter((id) => !kept.includes(id));
  if (dropped.length > 0) await files.remove(owner, dropped);
}
