/**
 * What a change of the core does to everything that uses it.
 *
 * - **broken**: the check refuses it under the new core.
 * - **affected**: it uses what changed, or is warned of something else, and still passes.
 * - **safe**: its check, its forms and the types of its data are the same as before.
 */
import type { Workflow, WorkflowSource } from '../../kernel/definition/workflow.ts';
import type { Checkup } from '../../kernel/check/checkup.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { SourceMap } from '../../kernel/definition/source-map.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { PlacedUse } from '../uses/placed-use.ts';

export type ImpactVerdict = 'broken' | 'affected' | 'safe';

/** A published version of a workflow, as far as a change of the core can reach it. */
export interface ImpactVersion {
  readonly name: string;
  /** (Default: it is a file that was not published) */
  readonly version?: number;
  readonly source: WorkflowSource;
  /** What was read of it before, by `keepReading`. */
  readonly reading?: string;
  /** Versions of the workflows and core processes that it runs, by name. */
  readonly pins: Readonly<Record<string, number>>;
}

/** What a change of the core does to one thing that may use it. */
export interface ArtefactImpact {
  readonly kind: 'workflow' | 'core process' | 'type' | 'operation' | 'message';
  readonly name: string;
  /** Of a workflow. */
  readonly version?: number;
  readonly verdict: ImpactVerdict;
  /** Where it uses what changed. */
  readonly uses: readonly PlacedUse[];
  /** What its check says under the new core, and did not say before. */
  readonly problems: readonly Problem[];
  /** The release in force refuses it too, so that this change is not what broke it. */
  readonly wasBroken?: true;
}

/** What one check has found. */
export interface Checked {
  readonly workflow?: Workflow;
  readonly problems: readonly Problem[];
  readonly map?: SourceMap;
  /** What the check went by, where it was one. */
  readonly outline?: Checkup;
}

/** Checks a workflow; with `isChecked` it is only read, because just this has passed before. */
export type CheckSource = (source: WorkflowSource, core: CoreView, isChecked: boolean) => Checked;
