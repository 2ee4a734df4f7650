import type { Json } from '../kernel/json.ts';
import type { DatePart } from './answer-error.ts';
import type { Answers, Uploads } from './answers.ts';
import { single, textsOf } from './answers.ts';
import { DATE_PARTS, readDate } from './date-parts.ts';
import type { Choice, Question, Widget } from './form-model.ts';

/** How many characters one answer may have, whatever its type allows. */
const MAX_CHARACTERS = 10_000;
/** How deep the objects and lists of an answer given as JSON may lie in each other. */
const MAX_JSON_DEPTH = 20;

/**
 * What was read from one question's inputs: a value, nothing, or what is wrong, in words that
 * complete a sentence which begins with the question's label (or, with `whole`, a sentence).
 */
type ReadAnswer =
  | { readonly kind: 'empty' }
  /** It stays as it was answered before. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'value'; readonly value: Json }
  | {
      readonly kind: 'wrong';
      readonly what: string;
      readonly whole?: boolean;
      readonly parts?: readonly DatePart[];
    };

/** Characters that a text may not have: what cannot be seen, and on one line what begins another. */
const UNSEEN = {
  line: /[\p{Cc}\p{Cs}\u2028\u2029]/u,
  lines: /(?![\n\t])[\p{Cc}\p{Cs}]/u,
};

const EMPTY: ReadAnswer = { kind: 'empty' };

/** Reads the typed value of one question, except of a list. Texts are trimmed; empty is no answer. */
export function readAnswer(question: Question, answers: Answers, uploads: Uploads): ReadAnswer {
  const { widget, pointer } = question;
  if (widget.kind === 'file') return fileAnswer(pointer, answers, uploads);
  if (widget.kind === 'date') return dateAnswer(pointer, answers);
  if (widget.kind === 'checkboxes') {
    return severalChoices(widget.choices, textsOf(answers, pointer));
  }
  const text = (single(answers, pointer) ?? '').replaceAll('\r\n', '\n').trim();
  if (text === '') return EMPTY;
  return text.length > MAX_CHARACTERS
    ? wrong(`must be ${MAX_CHARACTERS.toLocaleString('en-IE')} characters or fewer`)
    : typedAnswer(widget, text);
}

/** The names under which a question's answer is posted, except those inside a list's entries. */
export function namesOf({ widget, pointer }: Question): readonly string[] {
  if (widget.kind === 'date') return DATE_PARTS.map((part) => `${pointer}#${part}`);
  return widget.kind === 'list' ? [`${pointer}#n`] : [pointer];
}

function typedAnswer(widget: Exclude<Widget, { kind: 'date' | 'file' }>, text: string): ReadAnswer {
  switch (widget.kind) {
    case 'text':
      return plainText(text, widget.lines === true ? UNSEEN.lines : UNSEEN.line);
    case 'textarea':
      return plainText(text, UNSEEN.lines);
    case 'number':
      return widget.of === 'decimal' ? decimalAnswer(text) : numberAnswer(text, widget.of);
    case 'yes-no':
      return yesOrNo(text);
    case 'radios':
    case 'select':
    case 'checkboxes':
      return oneChoice(widget.choices, text);
    case 'json':
      return jsonAnswer(text);
    case 'list':
      return EMPTY;
  }
}

function found(value: Json): ReadAnswer {
  return { kind: 'value', value };
}

function wrong(what: string): ReadAnswer {
  return { kind: 'wrong', what };
}

function notAChoice(): ReadAnswer {
  return wrong('must be one of the choices shown');
}

function plainText(text: string, unseen: RegExp): ReadAnswer {
  return unseen.test(text)
    ? wrong('must not have line breaks or characters that cannot be seen')
    : found(text);
}

/** A text in place of a file is never taken for one. */
function fileAnswer(pointer: string, answers: Answers, uploads: Uploads): ReadAnswer {
  const upload = uploads.get(pointer);
  if (upload !== undefined) {
    return upload.kind === 'stored' ? found(upload.file) : wrong(upload.what);
  }
  const text = (single(answers, pointer) ?? '').trim();
  return text === '' ? { kind: 'kept' } : wrong('must be a file: choose it again');
}

function dateAnswer(pointer: string, answers: Answers): ReadAnswer {
  const typed = (part: DatePart): string => (single(answers, `${pointer}#${part}`) ?? '').trim();
  const read = readDate({ day: typed('day'), month: typed('month'), year: typed('year') });
  return read.kind === 'date' ? found(read.date) : read;
}

function yesOrNo(text: string): ReadAnswer {
  if (text === 'true') return found(true);
  return text === 'false' ? found(false) : notAChoice();
}

function oneChoice(choices: readonly Choice[], text: string): ReadAnswer {
  const choice = choices.find(({ posted }) => posted.trim() === text);
  return choice === undefined ? notAChoice() : found(choice.value);
}

function severalChoices(choices: readonly Choice[], texts: readonly string[]): ReadAnswer {
  const taken = choices.filter(({ posted }) => texts.includes(posted));
  const known = texts.every((text) => choices.some(({ posted }) => posted === text));
  if (!known) return notAChoice();
  return taken.length === 0 ? EMPTY : found(taken.map(({ value }) => value));
}

function numberAnswer(text: string, of: 'number' | 'whole number'): ReadAnswer {
  const plain = withPlainSign(text);
  const value = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/iu.test(plain) ? Number(plain) : NaN;
  if (!Number.isFinite(value)) return wrong(numberHint(text, of));
  if (of === 'number') return found(value);
  if (!Number.isInteger(value)) return wrong(numberHint(text, of));
  return Number.isSafeInteger(value) ? found(value) : wrong('must be a smaller number');
}

function decimalAnswer(text: string): ReadAnswer {
  const plain = withPlainSign(text);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(plain);
  if (match === null) return wrong(numberHint(text, 'decimal'));
  const [, sign = '', whole = '', places] = match;
  const digits = whole.replace(/^0+(?=\d)/u, '');
  return found(`${sign}${digits}${places === undefined ? '' : `.${places}`}`);
}

function withPlainSign(text: string): string {
  return text.replace(/^\u2212/u, '-').replace(/^\+/u, '');
}

function numberHint(text: string, of: 'number' | 'whole number' | 'decimal'): string {
  const grouped = /^[-+\u2212]?\d[\d.,' \u00a0\u202f]*$/u.test(text);
  const kind = of === 'whole number' ? 'a whole number' : 'a number';
  const example = of === 'whole number' ? '1200' : '1200.50';
  return grouped
    ? `must be ${kind} without commas or spaces, like ${example}`
    : `must be ${kind}, like ${example}`;
}

function jsonAnswer(text: string): ReadAnswer {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return wrong(`must be valid JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  if (depthOf(value) > MAX_JSON_DEPTH) {
    return wrong(`must not have objects or lists more than ${MAX_JSON_DEPTH} deep`);
  }
  return hasUnstorableText(value)
    ? wrong('must not have characters that cannot be stored')
    : found(value);
}

// PostgreSQL stores no NUL in JSON, and half a surrogate pair is no text in any encoding.
function hasUnstorableText(value: Json): boolean {
  if (typeof value === 'string') return /[\0\p{Cs}]/u.test(value);
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(
    ([name, inner]) => hasUnstorableText(name) || hasUnstorableText(inner),
  );
}

function depthOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  return (
    1 + Object.values(value).reduce<number>((most, inner) => Math.max(most, depthOf(inner)), 0)
  );
}
