import type { CoreView } from '../core-view.ts';
import type { Workflow } from '../definition/workflow.ts';
import type { Json, JsonObject } from '../json.ts';
import { ITEM } from '../types/schema-at.ts';
import { scopeOf } from './scopes.ts';
import { presenceOf } from './presence.ts';
import { statechartOf } from './statechart.ts';

/** Names the field that is empty though a workflow counts on it in a state; nothing where all are filled. */
export type FindEmpty = (state: string, data: JsonObject) => string | undefined;

/**
 * Works out what a workflow counts as present in each of its states, for cases that did not come
 * there by the paths that the check has followed.
 */
export function countedOn(workflow: Workflow, core: CoreView): FindEmpty {
  const chart = statechartOf(workflow);
  const presence = presenceOf(workflow, chart, scopeOf(workflow, core));
  return (state, data) => {
    const filled = presence.during(state) ?? new Set<string>();
    return [...filled].find((path) => !isFilled(data, path.split('.')));
  };
}

function isFilled(value: Json | undefined, path: readonly string[]): boolean {
  if (value === undefined || value === null) return false;
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (step === ITEM) {
    return Array.isArray(value) && (value as readonly Json[]).every((one) => isFilled(one, rest));
  }
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return isFilled((value as JsonObject)[step], rest);
}
