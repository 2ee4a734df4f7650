import type { FieldRead } from '../expressions/expression.ts';
import type { DataPath } from '../definition/values.ts';
import { positionsOf } from '../definition/source-map.ts';
import type { SourceMap } from '../definition/source-map.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { CoreView } from '../core-view.ts';
import type { Path, Position } from '../problem.ts';
import { fieldOf } from '../types/make-type.ts';
import { ITEM } from '../types/schema-at.ts';
import type { ValueType } from '../types/value-type.ts';
import { outlineOf } from './checkup.ts';
import type { Checkup } from './checkup.ts';
import { keptAt } from './form-places.ts';
import { withSelf } from './runnable-view.ts';
import { readExpression } from './read-expression.ts';
import type { Site } from './sites.ts';
import { sitesOf } from './sites.ts';
import { checkTexts } from './text-check.ts';

type SiteKind = Site['purpose']['kind'];

/** One place of a workflow that names a field of a locked type, or a whole value of one. */
export interface FieldUse {
  /** `Quote.netTotal`; `Quote` where a whole value is used. */
  readonly what: string;
  readonly kind:
    SiteKind | `input of ${string}` | 'text' | 'form field' | 'shown field' | 'data' | 'start';
  /** The very text. */
  readonly words: string;
  readonly position: Position;
  /** The file of a message's text, relative to the workspace. (Default: the workflow's own) */
  readonly file?: string;
}

/**
 * Lists where a workflow that passed its check names fields of locked types.
 * @param checkup - what its check went by (Default: it is made)
 */
export function fieldUsesOf(
  workflow: Workflow,
  core: CoreView,
  map: SourceMap,
  checkup: Checkup = outlineOf(workflow, withSelf(core, workflow), map),
): readonly FieldUse[] {
  return [
    ...sitesOf(checkup).flatMap((site) => siteUses(checkup, site, map)),
    ...placedUses(checkup, map),
    ...textUses(checkup, map),
  ];
}

function siteUses(checkup: Checkup, site: Site, map: SourceMap): readonly FieldUse[] {
  const { expression, variables, expected, purpose } = site;
  const kind = purpose.kind === 'input' ? (`input of ${purpose.receiver}` as const) : purpose.kind;
  const { path, source, literal } = expression;
  const written =
    purpose.kind !== 'write'
      ? []
      : namedAt(checkup, purpose.target).map((what): FieldUse => {
          const position = map.locateKey(path);
          return { what, kind: 'write', words: purpose.target.join('.'), position };
        });
  if (literal !== undefined) return written;
  const scope = { variables, present: 'all' } as const;
  const fitting = readExpression(expression, scope, expected);
  // What is never present there may not fit, and the names are the same.
  const read = fitting.ok ? fitting : readExpression(expression, scope);
  if (!read.ok) return written;
  const { fields } = read.expression;
  const uses = fields.map(({ what, from, to }): FieldUse => {
    const position = map.locateInside(path, from, to);
    return { what, kind, words: source.slice(from, to), position };
  });
  return [...written, ...uses];
}

/** What is named outside of every expression: data, starts and forms. */
function placedUses(checkup: Checkup, map: SourceMap): readonly FieldUse[] {
  const { workflow } = checkup;
  const at = (kind: FieldUse['kind'], target: DataPath, path: Path): readonly FieldUse[] =>
    namedAt(checkup, target).map((what) => ({
      what,
      kind,
      words: target.join('.'),
      position: map.locateKey(path),
    }));
  return [
    ...workflow.data.flatMap(({ name, path }) => at('data', [name], path)),
    ...workflow.starts.flatMap((start) =>
      start.kind === 'api' || start.kind === 'run'
        ? start.fields.flatMap((name) => at('start', name.split('.'), start.path))
        : [],
    ),
    ...workflow.forms.flatMap(({ pages, show }) => [
      ...show.flatMap(({ target, path }) => at('shown field', target, path)),
      ...pages
        .flatMap(({ fields }) => fields)
        .filter(({ scope }) => scope === 'data')
        .flatMap((field) => [
          ...at('form field', keptAt(field), field.path),
          ...(field.columns ?? []).flatMap(({ name }) =>
            at('form field', [...keptAt(field), ITEM, name], field.path),
          ),
        ]),
    ]),
  ];
}

function textUses(checkup: Checkup, map: SourceMap): readonly FieldUse[] {
  return checkTexts(checkup).named.map(({ path, source, file, what, from, to }): FieldUse => {
    const place = { what, kind: 'text', words: source.slice(from, to) } as const;
    return file === undefined
      ? { ...place, position: map.locateInside(path, from, to) }
      : { ...place, file, position: positionsOf(source)(from, to) };
  });
}

/** The fields of locked types that a data path leads through, and the type of what lies at its end. */
function namedAt(checkup: Checkup, [name = '', ...steps]: DataPath): readonly FieldRead['what'][] {
  let type = checkup.workflow.data.find((field) => field.name === name)?.type;
  const named: string[] = [];
  for (const step of steps) {
    type = type && inside(type, step);
    if (type?.origin !== undefined) named.push(type.origin);
  }
  while (type?.kind === 'list') type = type.of;
  if (type?.kind === 'object' && type.name !== undefined) named.push(type.name);
  return [...new Set(named)];
}

function inside(type: ValueType, step: string): ValueType | undefined {
  if (type.kind === 'list') return step === ITEM ? type.of : undefined;
  return fieldOf(type, step);
}
