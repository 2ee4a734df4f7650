import type { Fix } from '../problem.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Format, FormatHelper } from './formats.ts';
import { FORMAT_HELPERS, HELPER_KINDS, helperFormat, plainFormat } from './formats.ts';
import { isPath, readPath } from './read-path.ts';
import type { Part } from './rendering.ts';
import { writeValue } from './rendering.ts';
import type { TextChecker } from './text-checker.ts';
import { placeOf, report } from './text-checker.ts';
import type { FoundPath, TextScope } from './text-scope.ts';

const NOTHING: Part = () => undefined;

/** Compiles `{{path}}`, `{{helper path}}`, `{{link}}` and `{{@index}}`. */
export function compileValue(
  mustache: hbs.AST.MustacheStatement,
  scope: TextScope,
  checker: TextChecker,
  depth: number,
): Part {
  if (!mustache.escaped) {
    const message = 'Three braces and {{&…}} would let HTML through. Write {{…}}.';
    report(checker, mustache, 'not-allowed', message);
    return NOTHING;
  }
  const { path, params } = mustache;
  const name = isPath(path) ? path.original : '';
  if (hasPairs(mustache)) {
    report(checker, mustache, 'not-allowed', 'Nothing is set by name= in a text. Leave it out.');
    return NOTHING;
  }
  if (params.length > 0) return compileHelperCall(mustache, name, scope, checker);
  if (name === '@index') return compileIndex(mustache, scope, checker);
  if (name === 'link' && !('link' in scope.variables)) {
    return compileLink(mustache, checker, depth);
  }
  const found = readPath(path, scope, checker);
  if (found === undefined) return NOTHING;
  const format = plainFormat(found.expression.type, checker.locale);
  if (format === undefined) {
    const { type } = found.expression;
    const cure = type.kind === 'file' ? `Write {{${name}.name}}.` : CURES[type.kind];
    const message = `"${name}" is ${showKind(type)}, which has no plain form. ${cure ?? 'Name one of its fields.'}`;
    report(checker, mustache, 'wrong-kind', message, nameFix(mustache, name, type, checker));
    return NOTHING;
  }
  return writing(found, format);
}

const CURES: Partial<Readonly<Record<ValueType['kind'], string>>> = { list: 'Use {{#each}}.' };

/** Of a file, its name is most likely meant. */
function nameFix(
  mustache: hbs.AST.MustacheStatement,
  name: string,
  { kind }: ValueType,
  checker: TextChecker,
): Fix | undefined {
  if (kind !== 'file') return undefined;
  const text = `{{${name === 'this' ? '' : `${name}.`}name}}`;
  return { title: `Write ${text}`, edits: [{ ...placeOf(checker, mustache), text }] };
}

function hasPairs(mustache: hbs.AST.MustacheStatement): boolean {
  return ((mustache.hash as hbs.AST.Hash | undefined)?.pairs.length ?? 0) > 0;
}

function compileHelperCall(
  mustache: hbs.AST.MustacheStatement,
  name: string,
  scope: TextScope,
  checker: TextChecker,
): Part {
  const helper = FORMAT_HELPERS.find((known) => known === name);
  if (helper === undefined || !checker.helpers.includes(helper)) {
    const allowed = FORMAT_HELPERS.filter((known) => checker.helpers.includes(known));
    const message = `There is no helper "${name}". There is: ${allowed.join(', ') || 'none here'}.`;
    report(checker, mustache, 'not-allowed', message);
    return NOTHING;
  }
  const [argument, second, ...more] = mustache.params;
  const currency = currencyOf(helper, second);
  if (argument === undefined || more.length > 0 || (second !== undefined && !currency)) {
    const example = helper === 'money' ? '{{money quote.netTotal "EUR"}}' : `{{${helper} field}}`;
    report(checker, mustache, 'not-allowed', `"${helper}" is written ${example}.`);
    return NOTHING;
  }
  const found = readPath(argument, scope, checker);
  if (found === undefined) return NOTHING;
  const { type } = found.expression;
  if (!HELPER_KINDS[helper].includes(type.kind)) {
    const wanted = HELPER_KINDS[helper].join(' or ');
    const message = `"${helper}" writes a ${wanted}, but this is ${showKind(type)}.`;
    report(checker, argument, 'wrong-kind', message);
    return NOTHING;
  }
  return writing(found, helperFormat(helper, type, checker.locale, currency));
}

function currencyOf(
  helper: FormatHelper,
  expression: hbs.AST.Expression | undefined,
): string | undefined {
  if (helper !== 'money' || expression?.type !== 'StringLiteral') return undefined;
  const { value } = expression as hbs.AST.StringLiteral;
  return /^[A-Z]{3}$/.test(value) ? value : undefined;
}

function compileIndex(
  mustache: hbs.AST.MustacheStatement,
  scope: TextScope,
  checker: TextChecker,
): Part {
  if (scope.item === undefined) {
    report(checker, mustache, 'not-allowed', '{{@index}} numbers the items inside {{#each}}.');
    return NOTHING;
  }
  return (rendering, reading) => {
    writeValue(rendering, String(reading.index));
  };
}

function compileLink(
  mustache: hbs.AST.MustacheStatement,
  checker: TextChecker,
  depth: number,
): Part {
  if (checker.link === 'forbidden') {
    const message = '{{link}} exists only in the message of an `ask`: there is no form to lead to.';
    report(checker, mustache, 'link-forbidden', message);
    return NOTHING;
  }
  if (depth === 0) checker.links += 1;
  return (rendering) => {
    writeValue(rendering, rendering.link);
  };
}

function writing({ expression }: FoundPath, format: Format): Part {
  return (rendering, { environment }) => {
    const value = expression.evaluate(environment);
    if (value !== null) writeValue(rendering, format(value, environment.timeZone));
  };
}
