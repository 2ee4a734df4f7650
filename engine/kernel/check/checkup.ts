import type { CoreView } from '../core-view.ts';
import type { SourceMap } from '../definition/source-map.ts';
import type { Form } from '../definition/form.ts';
import type { Workflow } from '../definition/workflow.ts';
import { FieldSpace } from './filled-fields.ts';
import type { Presence } from './presence.ts';
import { presenceOf } from './presence.ts';
import { restingTimers } from './resting-timers.ts';
import type { WorkflowScopes } from './scopes.ts';
import { scopeOf } from './scopes.ts';
import type { Statechart } from './statechart.ts';
import { statechartOf } from './statechart.ts';

/** One workflow under examination: what every rule of the checker reads. */
export interface Checkup {
  readonly workflow: Workflow;
  readonly core: CoreView;
  readonly chart: Statechart;
  readonly scopes: WorkflowScopes;
  readonly presence: Presence;
  readonly fields: FieldSpace;
  readonly forms: ReadonlyMap<string, Form>;
  /** Present when the source text is known. */
  readonly map?: SourceMap;
}

export function checkupOf(workflow: Workflow, core: CoreView, map?: SourceMap): Checkup {
  return wholeCheckup(outlineOf(workflow, core, map));
}

/** Adds to an outline which timers may rest for ever; where none does, it is the outline itself. */
export function wholeCheckup(outline: Checkup): Checkup {
  const { workflow, chart, scopes, presence } = outline;
  const resting = restingTimers(chart, scopes, presence);
  if (resting.size === 0) return outline;
  return { ...outline, presence, chart: statechartOf(workflow, resting) };
}

/**
 * The examination of a workflow where only its names matter: every timer counts as one that fires,
 * and what is filled where, the costly part, is worked out when somebody asks.
 */
export function outlineOf(workflow: Workflow, core: CoreView, map?: SourceMap): Checkup {
  const scopes = scopeOf(workflow, core);
  const chart = statechartOf(workflow);
  let presence: Presence | undefined;
  return {
    workflow,
    core,
    chart,
    scopes,
    get presence() {
      return (presence ??= presenceOf(workflow, chart, scopes));
    },
    fields: new FieldSpace(workflow.data),
    forms: new Map(workflow.forms.map((form) => [form.name, form])),
    ...(map !== undefined && { map }),
  };
}
