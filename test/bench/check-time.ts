import { checkSource } from '../../engine/kernel/check/check-workflow.ts';
import { compileWorkflow } from '../../engine/kernel/compile/compile-workflow.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { meridianCore, meridianWorkflow } from '../runtime/meridian.ts';
import { median } from './closed-loop.ts';

/** Milliseconds that a check with what follows may take, once the program is warm. */
const LIMIT = 20;
/** As many turns as it takes until the times no longer fall. */
const WARM = 100;
const MEASURED = 40;

/** Measures how long it takes to check and compile the bundled workflow, in milliseconds. */
export function measureCheck(): Figure {
  const source = meridianWorkflow('online-quote');
  const { view, validator } = meridianCore();
  const times: number[] = [];
  for (let turn = 0; turn < WARM + MEASURED; turn++) {
    const before = performance.now();
    const { workflow, problems } = checkSource(source, view);
    if (workflow === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
    compileWorkflow(workflow, view, validator);
    if (turn >= WARM) times.push(performance.now() - before);
  }
  return figure('check.online-quote', median(times), 'ms', LIMIT);
}
