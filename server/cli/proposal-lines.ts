import { isReleasable } from '../../engine/index.ts';
import type { Judgement, ProposalLook } from '../../engine/index.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';

/** Says what a change of the core would come to, and who decides; answers whether it can be released. */
export function tellVerdict(
  { judgement, route }: Pick<ProposalLook, 'judgement' | 'route'>,
  output: Output,
): boolean {
  if (judgement !== undefined) tellJudgement(judgement, output);
  const isSound = judgement !== undefined && isReleasable(judgement);
  output.line(
    isSound
      ? `Nothing that is in use breaks. ${route.approvers} with the role "${route.role}" approve it.`
      : 'It would break what is in use, so nobody can approve it as it is.',
  );
  return isSound;
}

function tellJudgement(judgement: Judgement, output: Output): void {
  const { problems, broken, behind, until, forbidden, reasons } = judgement;
  for (const problem of problems)
    output.line(showProblem(problem, `core-data/${problem.file ?? ''}`));
  for (const { name, problems: found } of broken) {
    output.line(`${name} would not pass its check any more:`);
    for (const problem of found)
      output.line(`  ${showProblem(problem, `${name}/${problem.file ?? 'workflow.yaml'}`)}`);
  }
  for (const { name } of behind) output.line(`${name} may stay behind until ${until ?? ''}.`);
  for (const { file, position, message } of forbidden)
    output.line(
      `core-data/${file}${position === undefined ? '' : `:${position.line}`}  ${message}`,
    );
  for (const reason of reasons) output.line(`High risk: ${reason}`);
}
