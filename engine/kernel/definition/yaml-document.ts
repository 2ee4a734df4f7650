import { Composer, Parser, YAMLParseError } from 'yaml';
import type { CST, Document } from 'yaml';

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  prettyErrors: false,
  // Its own search is quadratic; `YamlValues` finds repeated keys.
  uniqueKeys: false,
} as const;

/**
 * Composes the document of a text (of `length` characters) from its tokens, which the scan has read
 * already. What is wrong with it is in its errors; a second document is one.
 */
export function composeYaml(tokens: readonly string[], length: number): Document.Parsed {
  const [document, second] = new Composer(OPTIONS).compose(partsOf(tokens), true, length);
  if (document === undefined) throw new Error('A text is at least one document, if an empty one.');
  if (second !== undefined) {
    const message = 'There is more than one document.';
    const [from, to] = second.range;
    document.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', message));
  }
  return document;
}

function* partsOf(tokens: readonly string[]): Generator<CST.Token> {
  const parser = new Parser();
  for (const token of tokens) yield* parser.next(token);
  yield* parser.end();
}
