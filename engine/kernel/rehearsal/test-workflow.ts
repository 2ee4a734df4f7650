import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import { readSource } from '../definition/source.ts';
import { choicesOf } from '../check/choices.ts';
import { withinState } from '../check/statechart.ts';
import type { Problem } from '../problem.ts';
import { pathOf } from '../validator/pointer.ts';
import { CaseFile } from './case-file.ts';
import { checkCases } from './check-cases.ts';
import type { RehearsalResult } from './rehearse.ts';
import { rehearse } from './rehearse.ts';
import type { Surroundings } from './rehearsed.ts';

/** How the test cases of a workflow went, and what none of them came to. */
export interface TestReport {
  readonly problems: readonly Problem[];
  readonly results: readonly RehearsalResult[];
  readonly coverage: Coverage;
}

export interface Coverage {
  readonly states: { readonly all: number; readonly missed: readonly string[] };
  /** By the path of the rule in the workflow's source. */
  readonly transitions: { readonly all: number; readonly missed: readonly string[] };
}

/** Reads the test cases beside a workflow and plays them all. */
export function testWorkflow(
  text: string,
  compiled: CompiledWorkflow,
  around: Surroundings,
): TestReport {
  const { value, problems, map } = readSource(text);
  if (value === undefined) return { problems, results: [], coverage: coverageOf(compiled, []) };
  const errors = around.validator.compile(CaseFile)(value);
  if (errors.length > 0) {
    const misplaced = errors.map((error) =>
      map.place({
        code: 'case-form',
        severity: 'error',
        path: pathOf(error.pointer),
        message: `${error.pointer === '' ? 'The file' : `"${error.pointer}"`} ${error.message}.`,
      }),
    );
    return { problems: misplaced, results: [], coverage: coverageOf(compiled, []) };
  }
  const cases = value as unknown as CaseFile;
  const faults = checkCases(cases, compiled, around.core).map((fault) => map.place(fault));
  if (faults.length > 0) {
    return { problems: faults, results: [], coverage: coverageOf(compiled, []) };
  }
  const results = cases.map((one) => rehearse(one, compiled, around));
  return { problems: [], results, coverage: coverageOf(compiled, results) };
}

function coverageOf({ workflow }: CompiledWorkflow, results: readonly RehearsalResult[]): Coverage {
  const all = withinState(workflow.root);
  // What the engine wrote out of a region that is one piece of work is not the author's to cover.
  const places = new Set<string>();
  const states = all.filter(({ id, path }) => {
    const place = path.join('.');
    const isNew = id !== '' && !places.has(place);
    places.add(place);
    return isNew;
  });
  const rules = all
    .flatMap((state) => choicesOf(state).flatMap((choice) => choice.rules))
    .map((rule) => rule.path.join('.'))
    .filter((path) => !places.has(path));
  const missed = (all: readonly string[], seen: (result: RehearsalResult) => ReadonlySet<string>) =>
    all.filter((one) => !results.some((result) => seen(result).has(one)));
  const ids = states.map(({ id }) => id);
  return {
    states: { all: ids.length, missed: missed(ids, ({ entered }) => entered) },
    transitions: { all: rules.length, missed: missed(rules, ({ taken }) => taken) },
  };
}
