import { linearPattern } from '../../kernel/validator/re2-engine.ts';

/** Texts of about these lengths are looked for beside the shortest one. */
const REPEATS = [0, 1, 2, 8, 20, 70];

/**
 * Finds texts that fit a pattern: of what most patterns are written in (letters, classes, groups,
 * choices, repetition). Of another pattern it finds none.
 */
export function samplesOfPattern(pattern: string): readonly string[] {
  const texts = REPEATS.flatMap((extra) => [0, 1].map((turn) => writeText(pattern, extra, turn)));
  const known = linearPattern(pattern);
  return [...new Set(texts)].filter((text) => text !== undefined && known.test(text)) as string[];
}

function writeText(pattern: string, extra: number, turn: number): string | undefined {
  const reader: Reader = { pattern, at: 0, extra, turn };
  const text = readChoice(reader);
  return reader.at === pattern.length ? text : undefined;
}

interface Reader {
  readonly pattern: string;
  at: number;
  /** How often more than it must a part is repeated. */
  readonly extra: number;
  /** Which branch of a choice and which sign of a class is taken. */
  readonly turn: number;
}

function readChoice(reader: Reader): string {
  const branches = [readSequence(reader)];
  while (take(reader, '|')) branches.push(readSequence(reader));
  return branches[reader.turn % branches.length] ?? '';
}

function readSequence(reader: Reader): string {
  let text = '';
  while (reader.at < reader.pattern.length && !/[|)]/.test(peek(reader))) {
    const part = readPart(reader);
    text += part.repeat(readTimes(reader));
  }
  return text;
}

function readPart(reader: Reader): string {
  const sign = next(reader);
  switch (sign) {
    case '^':
    case '$':
      return '';
    case '.':
      return 'a';
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '\\':
      return signOf(next(reader));
    default:
      return sign;
  }
}

function readGroup(reader: Reader): string {
  const opening = /^\?(:|P?<\w+>)/.exec(reader.pattern.slice(reader.at))?.[0] ?? '';
  reader.at += opening.length;
  const text = readChoice(reader);
  take(reader, ')');
  return text;
}

const CLASSES: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ', b: '', A: '', z: '' };

function signOf(escaped: string): string {
  return CLASSES[escaped] ?? escaped;
}

const ANY_SIGNS = ['a', 'A', '0', ' ', '-', '~'];

function readClass(reader: Reader): string {
  const start = reader.at;
  take(reader, '^');
  take(reader, ']');
  while (reader.at < reader.pattern.length && peek(reader) !== ']') {
    if (next(reader) === '\\') next(reader);
  }
  const inside = reader.pattern.slice(start, reader.at);
  take(reader, ']');
  const first = inside.startsWith('\\') ? signOf(inside.charAt(1)) : inside.charAt(0);
  const last = inside.charAt(inside.length - 1);
  const known = linearPattern(`^[${inside}]$`);
  const wanted = reader.turn === 0 ? [first, last] : [last, first];
  return [...wanted, ...ANY_SIGNS].find((sign) => sign !== '' && known.test(sign)) ?? '';
}

function readTimes(reader: Reader): number {
  const times = timesOf(reader);
  // A repetition that takes as little as it can fits the same texts.
  if (times !== undefined) take(reader, '?');
  const [least, most] = times ?? [1, 1];
  return Math.min(most, least + reader.extra);
}

function timesOf(reader: Reader): readonly [number, number] | undefined {
  if (take(reader, '*')) return [0, Infinity];
  if (take(reader, '+')) return [1, Infinity];
  if (take(reader, '?')) return [0, 1];
  const counted = /^\{(\d+)(,(\d*))?\}/.exec(reader.pattern.slice(reader.at));
  if (counted === null) return undefined;
  reader.at += counted[0].length;
  const least = Number(counted[1]);
  if (counted[2] === undefined) return [least, least];
  return [least, counted[3] === '' ? Infinity : Number(counted[3])];
}

function peek(reader: Reader): string {
  return reader.pattern.charAt(reader.at);
}

function next(reader: Reader): string {
  reader.at += 1;
  return reader.pattern.charAt(reader.at - 1);
}

function take(reader: Reader, sign: string): boolean {
  if (peek(reader) !== sign) return false;
  reader.at += 1;
  return true;
}
