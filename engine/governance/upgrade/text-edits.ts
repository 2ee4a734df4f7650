/** A part of a text and what comes in its place; `from` and `to` are offsets of characters. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Carries out edits that do not overlap; the same edit twice is one. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const once = new Map(edits.map((edit) => [`${edit.from} ${edit.to}`, edit]));
  return [...once.values()]
    .sort((a, b) => b.from - a.from)
    .reduce(
      (result, { from, to, text: by }) => result.slice(0, from) + by + result.slice(to),
      text,
    );
}

/**
 * Gives a name in a part of a text another one: where it stands several times, the one behind a dot,
 * for it is a path that ends in it. Nothing where it does not stand there.
 */
export function renameIn(
  text: string,
  part: { readonly from: number; readonly to: number },
  name: string,
  other: string,
): TextEdit | undefined {
  const found = [...text.slice(part.from, part.to).matchAll(/[A-Za-z][\w-]*/g)]
    .filter(([word]) => word === name)
    .map(({ index }) => part.from + index);
  const behindDot = found.filter((at) => text.charAt(at - 1) === '.');
  const from = behindDot.at(-1) ?? found.at(-1);
  return from === undefined ? undefined : { from, to: from + name.length, text: other };
}
