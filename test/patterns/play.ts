import {
  checkWorkflowSource,
  compileWorkflow,
  loadCore,
  readCore,
  testWorkflow,
} from '../../engine/index.ts';
import type { CompiledWorkflow, LoadedCore, WorkflowSource } from '../../engine/index.ts';
import { readCoreFiles } from '../../server/host/workspace.ts';
import { PATTERNS } from './pattern.ts';
import type { Pattern } from './pattern.ts';

/** What was seen of a pattern. */
export interface Played {
  readonly pattern: Pattern;
  /** How many test cases were played. */
  readonly cases: number;
  /** What went otherwise than the folder says; empty where it is proved. */
  readonly faults: readonly string[];
}

/** The small core that the patterns are written on. */
export async function patternCore(): Promise<LoadedCore> {
  const { core, problems } = readCore(await readCoreFiles(PATTERNS));
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return loadCore(core, `${String(core.settings.line)}.1`);
}

/**
 * Checks a pattern's workflow and plays its test cases, as `trellis check` and `trellis test` do.
 * What is not supported has no test cases where the checker refuses it.
 */
export function play(pattern: Pattern, core: LoadedCore): Played {
  const compiled = compile(pattern.source, core);
  const isRefused = pattern.support === 'not supported' && pattern.cases === '';
  if (isRefused) {
    const faults = 'workflow' in compiled ? ['it is not refused, and has no test cases'] : [];
    return { pattern, cases: 0, faults };
  }
  if (!('workflow' in compiled)) return { pattern, cases: 0, faults: compiled };
  const { problems, results, coverage } = testWorkflow(pattern.cases, compiled, {
    core: core.view,
    validator: core.validator,
    runnable: (name) => runnable(name, core),
  });
  const faults = [
    ...problems.map(({ message }) => `cases.yaml: ${message}`),
    ...results.flatMap(({ name, mismatches }) =>
      mismatches.map(({ at, what, expected, found }) => {
        return `${name}, at ${at ?? 'start'}: ${what}: expected ${expected}, found ${found}`;
      }),
    ),
    ...coverage.states.missed.map((state) => `no case is ever in ${state}`),
    ...coverage.transitions.missed.map((rule) => `no case takes ${rule}`),
    ...(results.length === 0 && problems.length === 0 ? ['there are no test cases'] : []),
  ];
  return { pattern, cases: results.length, faults };
}

function compile(
  source: WorkflowSource,
  { view, validator }: LoadedCore,
): CompiledWorkflow | readonly string[] {
  const { workflow, problems } = checkWorkflowSource(source, view);
  if (workflow !== undefined && problems.length === 0) {
    return compileWorkflow(workflow, view, validator);
  }
  return problems.map(({ code, position, message }) => {
    return `workflow.yaml, line ${String(position?.line ?? 1)}: ${message} (${code})`;
  });
}

function runnable(name: string, core: LoadedCore): CompiledWorkflow | undefined {
  const source = core.core.processes.get(name);
  const compiled = source && compile(source, core);
  if (compiled === undefined || 'workflow' in compiled) return compiled;
  throw new Error(`${name}: ${compiled.join('; ')}`);
}
