import type { Judgement, ProposedChange } from '../governance/proposals/judge.ts';
import type { ImpactQuestion } from '../forms/impact-of-core.ts';
import type { ArtefactImpact } from '../governance/impact/impact.ts';
import type { ReadyQuestion } from '../forms/workflow-judge.ts';
import type { ReadyEdit } from '../governance/upgrade/ready-edit.ts';
import type { NamedSource } from '../forms/check-together.ts';
import type { Examination } from '../forms/examine-workflow.ts';
import type { CoreView } from '../kernel/core-view.ts';
import type { WorkflowSource } from '../kernel/definition/workflow.ts';
import type { Problem } from '../kernel/problem.ts';

/**
 * Where what people wrote is looked at before anybody trusts it. However long it takes and whatever
 * it does, those who wait for other things do not notice.
 */
export interface Workshop {
  /**
   * Carries out every check of a workflow, decisions included.
   * @throws `TrellisError` with code `try-again` where it took too long or too much memory, which
   * says nothing of the workflow, or `overloaded` where too many wait.
   */
  check(source: WorkflowSource, core: CoreView): Promise<readonly Problem[]>;
  /**
   * Holds a change of the core against the releases and the workflows that there are.
   * @throws `TrellisError` with code `try-again` or `overloaded`, as above.
   */
  judge(change: ProposedChange): Promise<Judgement>;
  /**
   * Tells of each version, and of what the core holds, what a change of the core does to it.
   * @throws `TrellisError` with code `try-again` or `overloaded`, as above.
   */
  impact(question: Omit<ImpactQuestion, 'share'>): Promise<readonly ArtefactImpact[]>;
  /**
   * Makes and checks the edit that brings a workflow to a later release.
   * @throws `TrellisError` with the codes of `check`.
   */
  ready(question: ReadyQuestion): Promise<ReadyEdit | undefined>;
  /**
   * Checks a workflow, works out its risk and plays its test cases; `sources` has what it runs too.
   * @throws `TrellisError` with the codes of `check`.
   */
  examine(name: string, sources: readonly NamedSource[], core: CoreView): Promise<Examination>;
  close(): Promise<void>;
}
