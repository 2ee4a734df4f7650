import type { Fix, Path } from '../problem.ts';
import { KINDS } from '../types/value-type.ts';
import { meantKind } from './meant-word.ts';
import type { Report } from './report.ts';

/** Reports `of` of a list that names something in one word; `list` is all that is said of the list. */
export function reportItemType(path: Path, list: unknown, report: Report): void {
  const said = Object(list) as Readonly<Record<string, unknown>>;
  const word = String(said['of']);
  const kind = meantKind(word);
  const message =
    `"of" describes one item of the list by its kind, like \`of: { kind: ${kind ?? 'text'} }\`. The kinds are: ${KINDS.join(', ')}. ` +
    'A list of a type of the core is written as the field itself, like `lines: QuoteLine[]`.';
  const fix =
    kind === undefined
      ? listOfType(word, path.slice(0, -1), said, report)
      : report.rewriting(path, `{ kind: ${kind} }`);
  report.at(path, 'wrong-form', message, fix);
}

/** `{ kind: list, of: QuoteLine }` can mean one thing only, where nothing else is said. */
function listOfType(
  type: string,
  field: Path,
  said: Readonly<Record<string, unknown>>,
  report: Report,
): Fix | undefined {
  const isField = field.length === 2 && field[0] === 'data' && Object.keys(said).length === 2;
  return isField && /^[A-Z][A-Za-z0-9]*$/.test(type)
    ? report.rewriting(field, `'${type}[]'`)
    : undefined;
}
