import fc from 'fast-check';

/** Makes another text of one. */
export type TextEdit = (text: string) => string;

const TOKENS = [
  ...['{', '}', '[', ']', ',', ': ', '\n', '\n  ', '  ', "'", '"', '!x', '&a', '*a', '#', '|', '>'],
  ...['- ', '? ', '%', '@', '---\n', '\t', '__proto__: 1', '.nan', '1e999', 'null', '{{x}}'],
  ...[
    '\u0000',
    '\u00a0',
    '\u2028',
    '\ud800',
    '\u{1f600}',
    '\u202e',
    '\ufeff',
    'é',
    'e\u0301',
    '\r',
  ],
  ...['<<: ', '&a [*a, *a]', '!!binary ', '!!js/function x', '%YAML 1.1\n---\n', '...\n', '|+9\n'],
  ...['9'.repeat(400), '-0', '0x1f', '1_000', '12:30:45', '0b1', '\u0663', '2027-02-30'],
  ...['['.repeat(40), '{a: '.repeat(40), '- '.repeat(40), '('.repeat(60), '!'.repeat(60)],
];

/** Where in a text: from its start, 0, to its end, 1. */
const PLACE = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Noise in a text: what typing, pasting and bad editors do. `words` are those that it may know. */
export function textEdits(words: readonly string[]): fc.Arbitrary<TextEdit> {
  const token = fc.constantFrom(...TOKENS, ...words);
  const size = fc.integer({ min: 1, max: 12 });
  return fc.oneof(
    fc.tuple(PLACE, token).map(([at, what]): TextEdit => splice(at, 0, what)),
    fc.tuple(PLACE, fc.nat(40)).map(([at, length]): TextEdit => splice(at, length, '')),
    fc.tuple(PLACE, fc.constantFrom(...words)).map(([at, word]): TextEdit => replaceWord(at, word)),
    fc.tuple(PLACE, PLACE).map(([from, to]): TextEdit => moveLine(from, to)),
    fc.tuple(PLACE, size, PLACE).map(([from, lines, to]): TextEdit => repeat(from, lines, to)),
    fc
      .tuple(PLACE, size, fc.integer({ min: -6, max: 6 }))
      .map(([from, lines, by]): TextEdit => indent(from, lines, by)),
    fc.tuple(PLACE, PLACE).map(([at, from]): TextEdit => alias(at, from)),
    PLACE.map(
      (at): TextEdit =>
        (text) =>
          text.slice(0, offsetIn(text, at)),
    ),
    fc.constantFrom<TextEdit>(
      (text) => text.replaceAll('\n', '\r\n'),
      (text) => text.replaceAll('  ', '\t'),
      (text) => `\ufeff${text}`,
      (text) => text.replaceAll("'", '\u2019'),
    ),
  );
}

function offsetIn(text: string, at: number): number {
  return Math.floor(at * text.length);
}

function splice(at: number, length: number, what: string): TextEdit {
  return (text) => {
    const offset = offsetIn(text, at);
    return text.slice(0, offset) + what + text.slice(offset + length);
  };
}

function replaceWord(at: number, word: string): TextEdit {
  return (text) => {
    const offset = offsetIn(text, at);
    return text.slice(0, offset) + text.slice(offset).replace(/[\w.^-]+/, () => word);
  };
}

function onLines(change: (lines: string[]) => readonly string[]): TextEdit {
  return (text) => change(text.split('\n')).join('\n');
}

function moveLine(from: number, to: number): TextEdit {
  return onLines((lines) => {
    const [line = ''] = lines.splice(Math.floor(from * lines.length), 1);
    lines.splice(Math.floor(to * lines.length), 0, line);
    return lines;
  });
}

function repeat(from: number, count: number, to: number): TextEdit {
  return onLines((lines) => {
    const start = Math.floor(from * lines.length);
    lines.splice(Math.floor(to * lines.length), 0, ...lines.slice(start, start + count));
    return lines;
  });
}

/** Moves some lines to the right, or to the left as far as they go. */
function indent(from: number, count: number, by: number): TextEdit {
  return onLines((lines) => {
    const start = Math.floor(from * lines.length);
    return lines.map((line, index) => {
      if (index < start || index >= start + count) return line;
      return by > 0 ? ' '.repeat(by) + line : line.replace(new RegExp(`^ {0,${String(-by)}}`), '');
    });
  });
}

/** Names one value as an anchor, and puts its alias in the place of another. */
function alias(at: number, from: number): TextEdit {
  return (text) => {
    const named =
      text.slice(0, offsetIn(text, from)) + text.slice(offsetIn(text, from)).replace(': ', ': &a ');
    return (
      named.slice(0, offsetIn(named, at)) + named.slice(offsetIn(named, at)).replace(/: .+/, ': *a')
    );
  };
}
