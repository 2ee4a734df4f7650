import { quoted } from '../definition/yaml-quotes.ts';
import type { Expression } from '../definition/values.ts';
import type { CheckedExpression, ExpressionProblem } from '../expressions/expression.ts';
import type { Problem } from '../problem.ts';
import { withArticle } from '../types/assignable.ts';
import { showKind } from '../types/show.ts';
import type { ValueType } from '../types/value-type.ts';
import type { Checkup } from './checkup.ts';
import { error, insideExpression } from './place.ts';
import { readExpression } from './read-expression.ts';
import type { Site } from './sites.ts';
import { sitesOf } from './sites.ts';
import { addressWrittenIn } from './written-address.ts';
import { BEFORE_A_CASE } from './variables.ts';

/** A site whose expression is right: what it reads, and what flows into its value. */
export interface CheckedSite extends Site {
  readonly checked: CheckedExpression;
}

/** Checks the type of every expression of a workflow, and what may be empty at its place. */
export function checkSites(checkup: Checkup): {
  readonly sites: readonly CheckedSite[];
  readonly problems: readonly Problem[];
} {
  const sites: CheckedSite[] = [];
  const problems: Problem[] = [];
  for (const site of sitesOf(checkup)) {
    const { expression, variables, expected } = site;
    const { presence } = checkup;
    const result = readExpression(
      expression,
      {
        variables,
        present: presence.at(expression),
        whyEmpty: (path) => presence.whyEmpty(expression, path),
      },
      expected,
    );
    if (!result.ok) {
      problems.push(...whyWrong(site, result.problems, checkup));
      continue;
    }
    const checked = { ...site, checked: result.expression };
    sites.push(checked);
    problems.push(
      ...literalAddress(checked, checkup),
      ...noTime(checked, checkup),
      ...noKey(checked),
    );
  }
  return { sites, problems };
}

function whyWrong(
  { expression, variables, expected }: Site,
  problems: readonly ExpressionProblem[],
  checkup: Checkup,
): readonly Problem[] {
  if (variables === BEFORE_A_CASE) {
    const scope = { variables: checkup.scopes.case, present: 'all' } as const;
    if (readExpression(expression, scope, expected).ok) return [beforeACase(expression)];
  }
  return problems.map((one) => insideExpression(expression, one, checkup));
}

/** What would be right anywhere else is told where there is no case yet. */
function beforeACase({ path }: Expression): Problem {
  const message =
    'An audience is asked for before a case has begun, so its formula knows no data. ' +
    `Write roles or an address in quotes, like '["sales-rep"]'.`;
  return { code: 'unknown-name', severity: 'error', path, message };
}

function literalAddress(
  { purpose, expression, checked }: CheckedSite,
  checkup: Checkup,
): readonly Problem[] {
  if (purpose.kind !== 'address') return [];
  const { path, source } = expression;
  const way = 'Name a field, such as customer.contactEmail, or a role: { role: sales-rep }.';
  if (checked.reads.length === 0) {
    const message = `A mail goes to an address that the case carries, not to ${source}. ${way}`;
    return [error('literal-address', path, message)];
  }
  const written = addressWrittenIn(source);
  if (written === undefined) return [];
  const message = `A mail goes to an address that the case carries, and this one is written out. ${way}`;
  return [insideExpression(expression, { code: 'literal-address', message, ...written }, checkup)];
}

/** What `once` tells cases apart by must be one plain value, and there for every case. */
function noKey({ purpose, expression, checked }: CheckedSite): readonly Problem[] {
  if (purpose.kind !== 'once') return [];
  const { kind, mayBeEmpty } = checked.type;
  if (expression.literal !== undefined) {
    const message =
      'This is the same for every case, so there could be one case only, for ever. Name a field that tells cases apart, like order.orderNo.';
    return [error('once-value', expression.path, message)];
  }
  if (kind === 'object' || kind === 'list' || kind === 'file') {
    const message = `Cases are told apart by one plain value, and this is ${withArticle(showKind(checked.type))}. Name one of its fields.`;
    return [error('once-value', expression.path, message)];
  }
  if (kind !== 'empty' && !mayBeEmpty) return [];
  const message =
    'This may be empty when a case begins, and there would be one case only for all that is empty. Make the field required, or name one that every start of this kind fills.';
  return [error('once-value', expression.path, message)];
}

/** What `at` reads must be a date or a date-time. */
function noTime(
  { purpose, expression, checked }: CheckedSite,
  { map }: Checkup,
): readonly Problem[] {
  if (purpose.kind !== 'time' || TIMES.includes(checked.type.kind)) return [];
  const { path, source } = expression;
  const meant = /^"?(\d{4}-\d{2}-\d{2})"?$/.exec(source)?.[1];
  const example = meant ?? '2027-12-24';
  const message =
    `A timer fires at a date or a date-time, and this is ${withArticle(showKind(checked.type))}. ` +
    `A date is written date("${example}"); a span is written beside "in".`;
  const problem: Problem = { code: 'wrong-kind', severity: 'error', path, message };
  if (map === undefined || meant === undefined) return [problem];
  const { from, to } = map.locate(path);
  const text = quoted(`date("${meant}")`);
  return [{ ...problem, fix: { title: `Write ${text}`, edits: [{ from, to, text }] } }];
}

const TIMES: readonly ValueType['kind'][] = ['date', 'date-time', 'empty'];
