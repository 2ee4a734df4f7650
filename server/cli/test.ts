import {
  TrellisError,
  checkWorkflowSource,
  compileWorkflow,
  testWorkflow,
} from '../../engine/index.ts';
import type {
  CompiledWorkflow,
  LoadedCore,
  TestReport,
  WorkflowSource,
} from '../../engine/index.ts';
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
  const { core, workflows } = await readWorkspace(workspace, names);
  if (core === undefined) throw unchecked('The core has errors.');
  const runnables = new Map<string, CompiledWorkflow>();
  for (const [name, source] of core.core.processes) runnables.set(name, compile(source, core));
  const tested: Tested[] = [];
  for (const source of workflows) {
    const cases = source.files['cases.yaml'];
    if (cases === undefined) {
      output.line(`${source.name}: no test cases (workflows/${source.name}/cases.yaml)`);
      continue;
    }
    const around = {
      core: core.view,
      validator: core.validator,
      runnable: (name: string) => runnables.get(name),
    };
    const report = testWorkflow(cases, compile(source, core), around);
    tested.push({ workflow: source.name, report });
    show({ workflow: source.name, report }, output);
  }
  output.result({ tested: tested.map(forPrograms) });
  return tested.every(({ report }) => passed(report)) ? 0 : 1;
}

function compile(source: WorkflowSource, core: LoadedCore): CompiledWorkflow {
  const { workflow, problems } = checkWorkflowSource(source, core.view);
  if (workflow === undefined || problems.some(({ severity }) => severity === 'error')) {
    throw unchecked(`The checker refuses "${source.name}".`);
  }
  return compileWorkflow(workflow, core.view, core.validator);
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
