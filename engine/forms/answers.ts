import { TrellisError } from '../kernel/errors.ts';
import type { FileValue } from '../kernel/values/file-value.ts';

/** What was posted, as it was typed: the texts under each name, in their order. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** A posted form, taken apart: answers to questions, and what the buttons and hidden fields say. */
export interface Posted {
  readonly answers: Answers;
  /** Names that begin with `#`: `#action`, `#outcome`, and the host's own. */
  readonly controls: Readonly<Record<string, string>>;
  /** What became of the files that were sent along. (Default: none were) */
  readonly uploads?: Uploads;
}

/** By the name of the input: the file as it was stored, or what is wrong with it, after the label. */
export type Uploads = ReadonlyMap<
  string,
  | { readonly kind: 'stored'; readonly file: FileValue }
  | { readonly kind: 'refused'; readonly what: string }
>;

/** How many names a posted form may have. */
export const MAX_ANSWERS = 1000;

/**
 * Takes a posted form apart. Names are kept flat: nothing in them is read as a path.
 * @throws `TrellisError` with code `too-many-answers`, or `repeated-answer` for a repeated control.
 */
export function readPosted(pairs: Iterable<readonly [string, string]>): Posted {
  const answers = new Map<string, string[]>();
  const controls = new Map<string, string>();
  let count = 0;
  for (const [name, text] of pairs) {
    if (++count > MAX_ANSWERS) {
      throw new TrellisError(
        'too-many-answers',
        `The form was sent with more than ${MAX_ANSWERS} fields. Open the page again and send it once more.`,
      );
    }
    if (!name.startsWith('#')) answers.set(name, [...(answers.get(name) ?? []), text]);
    else if (controls.has(name)) throw repeated(name);
    else controls.set(name, text);
  }
  return { answers: Object.fromEntries(answers), controls: Object.fromEntries(controls) };
}

/**
 * Answers the one text that was posted under a name, or `undefined` where there is none.
 * @throws `TrellisError` with code `repeated-answer` where there are several.
 */
export function single(answers: Answers, name: string): string | undefined {
  const texts = textsOf(answers, name);
  if (texts.length > 1) throw repeated(name);
  return texts[0];
}

/** Answers all texts that were posted under a name. */
export function textsOf(answers: Answers, name: string): readonly string[] {
  return Object.hasOwn(answers, name) ? (answers[name] ?? []) : [];
}

function repeated(name: string): TrellisError {
  return new TrellisError(
    'repeated-answer',
    `The field "${name.slice(0, 100)}" was sent more than once. Open the page again and send it once more.`,
    { name },
  );
}
