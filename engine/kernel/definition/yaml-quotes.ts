const PLAIN = /^[A-Za-z][A-Za-z0-9_.]*$/;
const READ_AS_ANOTHER_KIND = /^(true|false|null)$/i;

/** Writes a text as a YAML scalar, in single quotes unless it needs none anywhere. */
export function quoted(text: string): string {
  if (PLAIN.test(text) && !READ_AS_ANOTHER_KIND.test(text)) return text;
  if (/\p{Cc}/u.test(text)) return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Finds where a value ends that was written without the quotes it needs: at the end of its line,
 * or, inside `{ }` or `[ ]`, at the next comma or bracket that is not its own.
 */
export function endOfUnquoted(text: string, from: number, inFlow: boolean): number {
  let open = 0;
  let end = from;
  for (const [part, offset] of partsOfLine(text, from)) {
    if ('([{'.includes(part)) open += 1;
    if (')]}'.includes(part)) open -= 1;
    if (inFlow && (open < 0 || (open === 0 && part === ','))) break;
    if (part.trim() !== '') end = offset + part.length;
  }
  return end;
}

/** The rest of a line up to a comment: quoted texts whole, everything else by character. */
function* partsOfLine(text: string, from: number): Generator<[part: string, offset: number]> {
  const PART = /"[^"\n]*"|'[^'\n]*'|\s#|[^\n]/gy;
  PART.lastIndex = from;
  for (let match = PART.exec(text); match !== null; match = PART.exec(text)) {
    const [part] = match;
    if (part.length === 2 && part.endsWith('#')) return;
    yield [part, match.index];
  }
}
