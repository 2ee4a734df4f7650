import type { Fix, Path, Problem } from '../problem.ts';
import { nearestName } from '../types/nearest-name.ts';
import type { SourceMap } from './source-map.ts';
import { quoted } from './yaml-quotes.ts';

/** Collects the problems of one workflow, each with its place. */
export class Report {
  readonly problems: Problem[] = [];
  private readonly map: SourceMap;

  constructor(map: SourceMap) {
    this.map = map;
  }

  /** Reports an error at the value of a path. */
  at(path: Path, code: string, message: string, fix?: Fix): void {
    this.add(path, code, message, fix, this.map.locate(path));
  }

  /** Reports an error at the name that a path ends in. */
  atKey(path: Path, code: string, message: string, fix?: Fix): void {
    this.add(path, code, message, fix, this.map.locateKey(path));
  }

  /** Reports a name that nothing has; `what` is as in `There is no WHAT "reveiw".` */
  unknown(path: Path, code: string, what: string, name: string, names: Iterable<string>): void {
    const nearest = nearestName(name, [...names]);
    const message = `There is no ${what} "${name}".${didYouMean(nearest)}`;
    this.at(path, code, message, this.replacement(path, nearest));
  }

  /** Reports a value in whose place another was probably meant, given as YAML. */
  meant(path: Path, code: string, message: string, meant: string | undefined): void {
    const { from, to } = this.map.locate(path);
    const fix = meant === undefined ? undefined : writing(meant, { from, to, text: meant });
    this.at(path, code, `${message}${didYouMean(meant)}`, fix);
  }

  /** Like `unknown`, for a name that is a key. */
  unknownKey(path: Path, code: string, message: string, names: readonly string[]): void {
    const nearest = nearestName(String(path.at(-1)), names);
    const told = `${message}${didYouMean(nearest)}`;
    this.atKey(path, code, told, this.keyReplacement(path, nearest));
  }

  /** A fix that puts another text in the place of the value at a path. */
  replacement(path: Path, text: string | undefined): Fix | undefined {
    const { from, to } = this.map.locate(path);
    return text === undefined ? undefined : replaceBy(text, from, to);
  }

  /** A fix that puts another name in the place of the last one of a path. */
  keyReplacement(path: Path, text: string | undefined): Fix | undefined {
    const { from, to } = this.map.locateKey(path);
    return text === undefined ? undefined : replaceBy(text, from, to);
  }

  /** A fix that writes the value at a path anew. */
  rewriting(path: Path, text: string): Fix {
    const { from, to } = this.map.locate(path);
    return writing(text, { from, to, text });
  }

  /** A fix that takes the last name of a path out, with its value. */
  removal(path: Path): Fix | undefined {
    const { text } = this.map;
    const span = entrySpan(text, this.map.locateKey(path).from, this.map.locate(path).to);
    const title = `Take "${String(path.at(-1))}" out`;
    return span && { title, edits: [{ ...span, text: '' }] };
  }

  private add(
    path: Path,
    code: string,
    message: string,
    fix: Fix | undefined,
    position: Problem['position'],
  ): void {
    this.problems.push({
      code,
      severity: 'error',
      path,
      message,
      ...(position === undefined ? {} : { position }),
      ...(fix === undefined ? {} : { fix }),
    });
  }
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}

function replaceBy(name: string, from: number, to: number): Fix {
  const plain = /^(\^?[A-Za-z][A-Za-z0-9./-]*|[1-9][0-9]*)$/.test(name);
  return writing(name, { from, to, text: plain ? name : quoted(name) });
}

function writing(name: string, edit: Fix['edits'][number]): Fix {
  return { title: `Write ${name}`, edits: [edit] };
}

/** Where an entry of a map stands, with the comma or the line that goes with it. */
function entrySpan(
  text: string,
  from: number,
  to: number,
): { from: number; to: number } | undefined {
  const before = text.slice(0, from);
  const comma = /,\s*$/.exec(before);
  if (comma !== null) return { from: comma.index, to };
  const after = text.slice(to);
  if (/\{\s*$/.test(before)) return { from, to: to + (/^\s*,\s*/.exec(after)?.[0].length ?? 0) };
  const line = /(^|\n)[ \t]*$/.exec(before);
  const rest = /^[ \t]*(#[^\n]*)?(\n|$)/.exec(after);
  if (line === null || rest === null) return undefined;
  return { from: line.index + (line[1] ?? '').length, to: to + rest[0].length };
}
