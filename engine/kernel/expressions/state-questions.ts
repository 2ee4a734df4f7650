/**
 * `in(path)` and `finished(path)` ask about a state of the case by its path, which is no value: the
 * parser would read `asking/the-price` as a division and a minus. It is handed a name of the same
 * length instead, so that every place in the source stays what it was.
 */

/** A quoted text, which is left as it is, or a question; `x in (list)` is none. */
const QUESTION =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w)\]}"'.]\s*)\b(in|finished)\(( *)([a-z][a-z0-9/-]*)( *)\)/g;

const NAME = /^(in|finished)Q(W*)([a-z][a-z0-9S_]*)(W*)Q$/;

function mayAsk(source: string): boolean {
  return source.includes('in(') || source.includes('finished(');
}

/** Writes every question as a name. */
export function hideQuestions(source: string): string {
  if (!mayAsk(source)) return source;
  return source.replace(QUESTION, (found: string, ...groups: readonly unknown[]) => {
    const [word, before, path, after] = groups.map((group) =>
      typeof group === 'string' ? group : '',
    );
    if (word === undefined || word === '') return found;
    return `${word}Q${wide(before)}${hidden(path)}${wide(after)}Q`;
  });
}

/** A question that was written as a name; `undefined` for any other name. */
export function questionOf(
  name: string,
): { readonly question: string; readonly word: string; readonly path: string } | undefined {
  const [, word, , path = ''] = NAME.exec(name) ?? [];
  if (word === undefined) return undefined;
  const shown = path.replaceAll('S', '/').replaceAll('_', '-');
  return { word, path: shown, question: questionAbout(word, shown) };
}

/** The name under which the answer to a question is found among the variables. */
export function questionAbout(word: string, path: string): string {
  return `${word}(${path})`;
}

/** The questions that a source asks, by the names of their answers. */
export function questionsIn(
  source: string,
): readonly { readonly word: string; readonly path: string }[] {
  if (!mayAsk(source)) return [];
  return [...source.matchAll(QUESTION)].flatMap(([, word, , path]) =>
    word === undefined || path === undefined ? [] : [{ word, path }],
  );
}

/** Tells whether a variable is the answer to a question. */
export function isQuestion(variable: string): boolean {
  return variable.endsWith(')');
}

function hidden(path = ''): string {
  return path.replaceAll('/', 'S').replaceAll('-', '_');
}

function wide(space = ''): string {
  return 'W'.repeat(space.length);
}
