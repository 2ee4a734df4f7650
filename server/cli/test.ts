import { TrellisError, checkTogether, compileWorkflow, testWorkflow } from '../../engine/index.ts';
import type { CompiledWorkflow, LoadedCore, NamedSource, TestReport } from '../../engine/index.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { readWorkspace } from './read-workspace.ts';

interface Tested {
  readonly workflow: string;
  readonly report: TestReport;
}

/** Plays the test cases of workflows. Exit code 1 where one fails or is none. */
export async function testCommand(
  names: readonly string[],
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const { core, workflows, named } = await readWorkspace(workspace, names);
  if (core === undefined) throw unchecked('The core has errors.');
  const compiled = compileAll(workflows, core);
  const around = {
    core: core.view,
    validator: core.validator,
    runnable: (name: string) => compiled.get(name),
  };
  const tested: Tested[] = [];
  for (const { name, source } of workflows.filter((one) => named.includes(one.name))) {
    const cases = source.files['cases.yaml'];
    if (cases === undefined) {
      output.line(`${name}: no test cases (workflows/${name}/cases.yaml)`);
      continue;
    }
    const workflow = compiled.get(name);
    if (workflow === undefined) throw unchecked(`The checker refuses "${name}".`);
    const report = testWorkflow(cases, workflow, around);
    tested.push({ workflow: name, report });
    show({ workflow: name, report }, output);
  }
  output.result({ tested: tested.map(forPrograms) });
  return tested.every(({ report }) => passed(report)) ? 0 : 1;
}

/** Compiles what the checker does not refuse, by name: core processes and workflows. */
function compileAll(
  workflows: readonly NamedSource[],
  { core, view, validator }: LoadedCore,
): ReadonlyMap<string, CompiledWorkflow> {
  const processes = [...core.processes].map(([name, source]) => ({ name, source }));
  const { passed } = checkTogether([...processes, ...workflows], view);
  return new Map(
    passed.map(({ name, workflow, core: seen }) => {
      return [name, compileWorkflow(workflow, seen, validator)] as const;
    }),
  );
}

function unchecked(what: string): TrellisError {
  return new TrellisError('not-checked', `${what} Run "trellis check" to see why.`);
}

function passed({ problems, results }: TestReport): boolean {
  return problems.length === 0 && results.every(({ mismatches }) => mismatches.length === 0);
}

function show({ workflow, report }: Tested, output: Output): void {
  for (const problem of report.problems) {
    output.line(showProblem(problem, `workflows/${workflow}/cases.yaml`));
  }
  for (const { name, mismatches } of report.results) {
    output.line(`${mismatches.length === 0 ? 'passed' : 'FAILED'}  ${workflow}: ${name}`);
    for (const { at, what, expected, found } of mismatches) {
      output.line(`        at ${at ?? 'start'}: ${what}: expected ${expected}, found ${found}`);
    }
  }
  const { states, transitions } = report.coverage;
  output.line(`${workflow}: states ${ratio(states)}, transitions ${ratio(transitions)}`);
  for (const state of states.missed) output.line(`        no case is ever in ${state}`);
  for (const rule of transitions.missed) output.line(`        no case takes ${rule}`);
}

function ratio({ all, missed }: { all: number; missed: readonly string[] }): string {
  return `${all - missed.length} of ${all}`;
}

function forPrograms({ workflow, report }: Tested): unknown {
  const { problems, results, coverage } = report;
  return {
    workflow,
    problems,
    cases: results.map(({ name, mismatches }) => ({ name, mismatches })),
    coverage,
  };
}
