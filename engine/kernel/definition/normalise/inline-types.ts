import type { Path } from '../../problem.ts';
import { typeFromKind } from '../../types/from-kind.ts';
import type { TypeWithSchema } from '../../types/from-kind.ts';
import type { Kind } from '../../types/value-type.ts';
import { readSize } from '../../values/media.ts';
import { isDecimal } from '../../validator/decimal-format.ts';
import { linearPattern } from '../../validator/re2-engine.ts';
import type { Report } from '../report.ts';
import type { Written } from '../schema/workflow-schema.ts';

type Facet = Exclude<keyof Written<'InlineType'>, 'kind' | 'title' | 'classification'>;

/** What may be said of the values of each kind. */
const FACETS: Readonly<Record<Kind, readonly Facet[]>> = {
  text: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum'],
  'whole number': ['minimum', 'maximum'],
  decimal: ['minimum', 'maximum'],
  'yes/no': [],
  date: [],
  'date-time': [],
  duration: [],
  list: ['of', 'minLength', 'maxLength'],
  object: ['fields'],
  'one of': ['choices'],
  file: ['accept', 'maxSize'],
};
const NEEDED: Readonly<Partial<Record<Kind, Facet>>> = {
  list: 'of',
  object: 'fields',
  'one of': 'choices',
};
const ALL = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'pattern',
  'choices',
  'of',
  'fields',
  'accept',
  'maxSize',
] as const;

/** Reads an inline type; reports what its kind has no use for, or lacks. */
export function readInlineType(
  written: Written<'InlineType'>,
  path: Path,
  report: Report,
): TypeWithSchema | undefined {
  if (!checkFacets(written, path, report)) return undefined;
  return typeFromKind(written);
}

function checkFacets(written: Written<'InlineType'>, path: Path, report: Report): boolean {
  const { kind } = written;
  const before = report.problems.length;
  for (const facet of ALL) {
    if (written[facet] === undefined || FACETS[kind].includes(facet)) continue;
    const message = `"${facet}" says nothing of the kind "${kind}". Take it out.`;
    report.atKey([...path, facet], 'misplaced-key', message);
  }
  const needed = NEEDED[kind];
  if (needed !== undefined && written[needed] === undefined) {
    report.at(path, 'missing-key', `The kind "${kind}" needs "${needed}" beside it.`);
  }
  checkPattern(written.pattern, [...path, 'pattern'], report);
  for (const bound of ['minimum', 'maximum'] as const) {
    if (written[bound] !== undefined) checkBound(written[bound], kind, [...path, bound], report);
  }
  checkSize(written.maxSize, [...path, 'maxSize'], report);
  if (written.of !== undefined) checkFacets(written.of, [...path, 'of'], report);
  for (const [name, field] of Object.entries(written.fields ?? {})) {
    checkFacets(field, [...path, 'fields', name], report);
  }
  return report.problems.length === before;
}

function checkPattern(pattern: string | undefined, path: Path, report: Report): void {
  if (pattern === undefined) return;
  try {
    linearPattern(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The pattern cannot be used (${reason}). Patterns follow RE2: no look-around and no back references.`;
    report.at(path, 'bad-pattern', message);
  }
}

/** How much of the host's store one file may take. */
const GREATEST_FILE = '100 MB';

function checkSize(size: string | undefined, path: Path, report: Report): void {
  if (size === undefined || (readSize(size) ?? 0) <= (readSize(GREATEST_FILE) ?? 0)) return;
  const message = `A file may be at most ${GREATEST_FILE}, and this says ${size}.`;
  report.at(path, 'bad-bound', message, report.replacement(path, GREATEST_FILE));
}

/** A decimal's bound may be a text, which is exact; a number's may not. */
function checkBound(bound: number | string, kind: Kind, path: Path, report: Report): void {
  const isGood = kind === 'decimal' ? isDecimal(String(bound)) : typeof bound === 'number';
  if (isGood) return;
  const name = String(path.at(-1));
  report.at(path, 'bad-bound', `"${name}" must be a ${kind === 'decimal' ? kind : 'number'}.`);
}
