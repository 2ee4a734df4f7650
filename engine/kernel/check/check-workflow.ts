import type { CoreView } from '../core-view.ts';
import { readWorkflow } from '../definition/read-workflow.ts';
import type { SourceMap } from '../definition/source-map.ts';
import type { Workflow, WorkflowSource } from '../definition/workflow.ts';
import type { Problem } from '../problem.ts';
import { checkAssigns } from './assign-check.ts';
import type { Checkup } from './checkup.ts';
import { outlineOf, wholeCheckup } from './checkup.ts';
import { checkDecisions } from './decision-tables.ts';
import { checkEffort } from './effort-check.ts';
import { checkEnds } from './end-check.ts';
import { checkFiles } from './file-check.ts';
import { checkFlows } from './flow-check.ts';
import { checkFormAudiences } from './form-audience.ts';
import { checkForms } from './form-check.ts';
import { checkFormRights } from './form-rights.ts';
import { checkGrants } from './grant-check.ts';
import { checkGuardFlows } from './guard-flow-check.ts';
import { checkInputs } from './input-check.ts';
import { checkItems } from './item-check.ts';
import { checkLimits } from './limit-check.ts';
import { checkLiterals } from './literal-check.ts';
import { checkLoops } from './loop-check.ts';
import { checkOutcomes } from './outcome-check.ts';
import { checkRecipients } from './recipient-check.ts';
import { checkRegions } from './region-check.ts';
import { checkSignals } from './signal-check.ts';
import { withSelf } from './runnable-view.ts';
import { checkSites } from './site-check.ts';
import { statechartOf } from './statechart.ts';
import { checkTexts } from './text-check.ts';
import { checkUse } from './use-check.ts';

/** What the checks of one source have found. */
export interface CheckedWorkflow {
  /** Given when no problem is an error. */
  readonly workflow?: Workflow;
  /** In the order of the text; those of other files last. */
  readonly problems: readonly Problem[];
  /** Where the parts of the text stand. */
  readonly map?: SourceMap;
  /** What the checks went by, for whoever asks more of the same workflow; large. */
  readonly outline?: Checkup;
}

/** Carries out all checks of a workflow as it is written, from its form to its effort. */
export function checkSource(source: WorkflowSource, core: CoreView): CheckedWorkflow {
  const { workflow, problems, map } = readWorkflow(source, core);
  if (workflow === undefined) return { problems };
  const outline = outlineOf(workflow, withSelf(core, workflow), map);
  const all = [...problems, ...checkOutline(outline)];
  const isRight = all.every(({ severity }) => severity !== 'error');
  return { ...(isRight && { workflow }), problems: all, map, outline };
}

/**
 * Carries out the checks of a workflow that was read without problems: types, rights, flow of data,
 * soundness, decisions and effort. With a map, every problem has its position.
 */
export function checkWorkflow(
  workflow: Workflow,
  core: CoreView,
  map?: SourceMap,
): readonly Problem[] {
  return checkOutline(outlineOf(workflow, withSelf(core, workflow), map));
}

function checkOutline(outline: Checkup): readonly Problem[] {
  const { workflow, chart, map } = outline;
  const tooMuch = checkEffort(workflow, chart);
  const problems = tooMuch.length > 0 ? tooMuch : checkAll(wholeCheckup(outline));
  const placed = map === undefined ? problems : problems.map(placeWith(map, workflow));
  return inOrder(withoutRepeats(placed));
}

/** What is wrong with a whole part of the workflow stands at the part's name. */
function placeWith(map: SourceMap, workflow: Workflow): (problem: Problem) => Problem {
  const { starts, forms, decisions, messages } = workflow;
  const states = [...statechartOf(workflow).states.values()];
  const parts = [...states, ...starts, ...forms, ...decisions, ...messages];
  const named = new Set(parts.map(({ path }) => path.join('/')));
  return (problem) =>
    problem.position === undefined && named.has(problem.path.join('/'))
      ? { ...problem, position: map.locateKey(problem.path) }
      : map.place(problem);
}

function checkAll(checkup: Checkup): readonly Problem[] {
  const { sites, problems } = checkSites(checkup);
  const texts = checkTexts(checkup);
  return [
    ...problems,
    ...texts.problems,
    ...checkAssigns(checkup, sites),
    ...checkInputs(checkup),
    ...checkLiterals(checkup, sites),
    ...checkOutcomes(checkup),
    ...checkForms(checkup),
    ...checkItems(checkup),
    ...checkRegions(checkup, sites, texts.shownBy),
    ...checkLimits(checkup, sites),
    ...checkGrants(checkup),
    ...checkFormRights(checkup),
    ...checkFormAudiences(checkup),
    ...checkFiles(checkup, sites),
    ...checkFlows(checkup, sites),
    ...checkGuardFlows(checkup, sites),
    ...checkRecipients(checkup, sites, texts.shownBy),
    ...checkEnds(checkup),
    ...checkLoops(checkup),
    ...checkSignals(checkup),
    ...checkDecisions(checkup, sites),
    ...checkUse(checkup),
  ];
}

function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const told = new Set<string>();
  return problems.filter(({ code, path, message }) => {
    const key = [code, path.join('/'), message].join('\n');
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      (a.file ?? '').localeCompare(b.file ?? '') ||
      (a.position?.from ?? 0) - (b.position?.from ?? 0),
  );
}
