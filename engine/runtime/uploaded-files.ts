import { TrellisError } from '../kernel/errors.ts';
import type { FormValues } from '../kernel/event.ts';
import type { Json } from '../kernel/json.ts';
import { filesIn } from '../kernel/values/file-value.ts';
import type { FileValue } from '../kernel/values/file-value.ts';
import type { Files } from '../ports/files.ts';
import type { LoadedCase } from './loaded-case.ts';

/** For whom a form's files are looked at. */
interface Sender {
  /** The key of the unfinished form that they were uploaded to. */
  readonly owner: string | undefined;
  /** What the case carries already; a form may give that again. */
  readonly carried?: () => Json;
}

/**
 * Makes sure that the files a form gives are stored, are what they are said to be, and are whoever's
 * who sends the form. Answers the ids of those that the case carries from now on, where there are any.
 * @throws `TrellisError` with code `form-refused`, the places in `data.errors`.
 */
export async function uploadedFiles(
  files: Pick<Files, 'find'>,
  form: FormValues,
  { owner, carried = () => null }: Sender,
): Promise<{ readonly files?: readonly string[] }> {
  const all = [...filesIn(form.data), ...filesIn(form.own)];
  if (all.length === 0) return {};
  const known = new Set(filesIn(carried()).map(({ file }) => told(file)));
  const given = all.filter(({ file }) => !known.has(told(file)));
  const strange: string[] = [];
  for (const { file, pointer } of given) {
    const stored = await files.find(file.id);
    const isOwn = stored !== undefined && stored.owner === owner && told(stored) === told(file);
    if (!isOwn) strange.push(pointer);
  }
  if (strange.length === 0) return { files: given.map(({ file }) => file.id) };
  throw new TrellisError(
    'form-refused',
    'A file of the form was not uploaded to it, or is not kept any more. Upload it again.',
    {
      errors: strange.map((pointer) => ({
        pointer,
        message: 'must be a file that was uploaded to this form',
      })),
    },
  );
}

/** All that a case carries, with what its items carry. */
export function carriedBy({ live }: Pick<LoadedCase, 'live'>): () => Json {
  return () => live.context as unknown as Json;
}

/** All that a case says of a file. */
function told({ id, name, type, size, sha256 }: FileValue): string {
  return JSON.stringify([id, name, type, size, sha256]);
}
