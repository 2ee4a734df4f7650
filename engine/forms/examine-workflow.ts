import { riskOf } from '../governance/publishing/risk.ts';
import type { Risk } from '../governance/publishing/risk.ts';
import { compileWorkflow } from '../kernel/compile/compile-workflow.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { Problem } from '../kernel/problem.ts';
import { testWorkflow } from '../kernel/rehearsal/test-workflow.ts';
import type { Coverage } from '../kernel/rehearsal/test-workflow.ts';
import { createValidator } from '../kernel/validator/validator.ts';
import type { CheckedTogether, NamedSource } from './check-together.ts';
import { checkTogether } from './check-together.ts';

/** The file with the test cases of a workflow. */
const CASES = 'cases.yaml';

/** How the test cases of a workflow went. */
export interface TestVerdict {
  /** How many there are. */
  readonly cases: number;
  /** Why the file could not be read. */
  readonly problems: readonly Problem[];
  /** The names of those that failed, each with the first thing that was not as expected. */
  readonly failed: readonly string[];
  /** How much of its states and rules they reach: 0 to 1. */
  readonly coverage: number;
}

/** All that is to be known of a workflow before it goes live. */
export interface Examination {
  readonly problems: readonly Problem[];
  /** Absent where the checker refuses it. */
  readonly passed?: { readonly risk: Risk; readonly tests: TestVerdict };
}

/**
 * Checks a workflow, works out its risk and plays its test cases. `sources` has it under its name,
 * and what it runs.
 */
export function examineWorkflow(
  name: string,
  sources: readonly NamedSource[],
  core: CoreView,
): Examination {
  const { passed, refused } = checkTogether(sources, core);
  const found = passed.find((one) => one.name === name);
  if (found?.map === undefined) {
    return { problems: refused.find((one) => one.name === name)?.problems ?? [] };
  }
  const { workflow, core: seen, map, problems, source } = found;
  const known = new Map(passed.map((one) => [one.name, one.workflow]));
  const risk = riskOf({ workflow, core: seen, map, known: (of) => known.get(of) });
  return { problems, passed: { risk, tests: playTests(name, source.files[CASES], passed) } };
}

function playTests(
  name: string,
  cases: string | undefined,
  passed: CheckedTogether['passed'],
): TestVerdict {
  const none = { cases: 0, problems: [], failed: [], coverage: 0 };
  const own = passed.find((one) => one.name === name);
  if (cases === undefined || own === undefined) return none;
  const schemas = new Map([...own.core.types].map(([type, { schema }]) => [type, schema]));
  const validator = createValidator(schemas, { areChecked: true });
  const compiled = new Map(
    passed.map((one) => [one.name, compileWorkflow(one.workflow, one.core, validator)]),
  );
  const workflow = compiled.get(name);
  if (workflow === undefined) return none;
  const { problems, results, coverage } = testWorkflow(cases, workflow, {
    ...{ core: own.core, validator },
    runnable: (of) => compiled.get(of),
  });
  const failed = results.flatMap(({ name: of, mismatches: [first] }) =>
    first === undefined
      ? []
      : [`${of}: ${first.what}: expected ${first.expected}, found ${first.found}`],
  );
  return { cases: results.length, problems, failed, coverage: ratioOf(coverage) };
}

function ratioOf({ states, transitions }: Coverage): number {
  const all = states.all + transitions.all;
  const missed = states.missed.length + transitions.missed.length;
  return all === 0 ? 1 : (all - missed) / all;
}
