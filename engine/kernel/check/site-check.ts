import type { CheckedExpression } from '../expressions/expression.ts';
import type { Problem } from '../problem.ts';
import type { Checkup } from './checkup.ts';
import { error, insideExpression } from './place.ts';
import { readExpression } from './read-expression.ts';
import type { Site } from './sites.ts';
import { sitesOf } from './sites.ts';

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
      problems.push(...result.problems.map((one) => insideExpression(expression, one, checkup)));
      continue;
    }
    const checked = { ...site, checked: result.expression };
    sites.push(checked);
    problems.push(...literalAddress(checked));
  }
  return { sites, problems };
}

function literalAddress({ purpose, expression, checked }: CheckedSite): readonly Problem[] {
  if (purpose.kind !== 'address' || checked.reads.length > 0) return [];
  return [
    error(
      'literal-address',
      expression.path,
      `A mail goes to an address that the case carries, not to ${expression.source}. ` +
        'Name a field, such as customer.contactEmail.',
    ),
  ];
}
