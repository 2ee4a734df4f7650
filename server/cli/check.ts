import { checkTogether, publishingRules } from '../../engine/index.ts';
import type { Problem, Risk } from '../../engine/index.ts';
import { risksOf } from '../desk/risks-of.ts';
import { reviewWords, whyReviewed } from '../views/texts/review-words.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';
import { readWorkspace } from './read-workspace.ts';

interface Checked {
  readonly name: string;
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Of a workflow that passed. */
  readonly risk?: Risk;
}

/** Checks the core and workflows of a workspace. Exit code 1 where there is an error. */
export async function checkCommand(
  names: readonly string[],
  workspace: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const read = await readWorkspace(workspace, names);
  const { core } = read;
  const checked: Checked[] = [{ name: 'core', file: 'core-data', problems: read.coreProblems }];
  if (core !== undefined) {
    // All are checked, for those that others run; only those that are asked for are told of.
    const processes = [...core.core.processes].map(([name, source]) => ({ name, source }));
    const { passed, refused } = checkTogether([...processes, ...read.workflows], core.view);
    const found = new Map([...refused, ...passed].map(({ name, problems }) => [name, problems]));
    const risks = risksOf(passed);
    for (const name of read.named) {
      const problems = found.get(name) ?? [];
      const risk = risks.get(name);
      const file = `workflows/${name}/workflow.yaml`;
      checked.push({ name, file, problems, ...(risk === undefined ? {} : { risk }) });
    }
  }
  for (const { name, file, problems, risk } of checked) {
    for (const problem of problems) output.line(showProblem(problem, fileOf(file, problem)));
    output.line(`${name}: ${summary(problems)}`);
    if (risk !== undefined && core !== undefined) {
      output.line(`${name}: ${reviewWords(risk, publishingRules(core.core.policies.publishing))}`);
      for (const why of whyReviewed(risk)) output.line(`        ${why}`);
    }
  }
  if (core === undefined) output.line('The workflows were not checked: the core has errors.');
  output.result({ checked });
  const failed = checked.some(({ problems }) => problems.some(isError));
  return failed ? 1 : 0;
}

function fileOf(file: string, problem: Problem): string {
  return file === 'core-data' && problem.file !== undefined ? `core-data/${problem.file}` : file;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function summary(problems: readonly Problem[]): string {
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  if (problems.length === 0) return 'no problems';
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}
