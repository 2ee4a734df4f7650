import type { Effect, Visit } from '../effects.ts';
import { visitOf } from '../effects.ts';

/** What is left of the effects of a step, and the visits whose work never began. */
export interface CancelledOut {
  readonly effects: readonly Effect[];
  readonly neverBegun: readonly Visit[];
}

type VisitEffect = Extract<Effect, { readonly state: string }>;

/**
 * Drops work that was started and called off within one step, with its calling off. Work is known
 * by its visit, so a later visit of the same state keeps its own.
 */
export function cancelOut(effects: readonly Effect[]): CancelledOut {
  const kept = withoutPassedQueues(effects);
  const stops = kept.filter(({ kind }) => kind === 'stop');
  if (stops.length === 0) return { effects: kept, neverBegun: [] };
  const stopped = new Set(stops.map(visitKey));
  const begun = kept.filter(
    (effect): effect is VisitEffect => beginsWork(effect) && stopped.has(visitKey(effect)),
  );
  if (begun.length === 0) return { effects: kept, neverBegun: [] };
  const dropped = new Set(begun.map(visitKey));
  return {
    effects: kept.filter((effect) => isQueueing(effect) || !dropped.has(visitKey(effect))),
    neverBegun: begun.map(visitOf),
  };
}

/** A place in a queue that was taken and given up within one step was never there. */
function withoutPassedQueues(effects: readonly Effect[]): readonly Effect[] {
  const keysOf = (kind: Effect['kind']): readonly string[] =>
    effects.filter((effect) => effect.kind === kind).map(visitKey);
  const left = keysOf('leave-queue');
  const passed = new Set(keysOf('queue').filter((key) => left.includes(key)));
  if (passed.size === 0) return effects;
  return effects.filter((effect) => !isQueueing(effect) || !passed.has(visitKey(effect)));
}

function isQueueing({ kind }: Effect): boolean {
  return kind === 'queue' || kind === 'leave-queue';
}

function beginsWork({ kind }: Effect): boolean {
  return ['call', 'task', 'ask', 'wait', 'run'].includes(kind);
}

/** Names the visit that an effect works for; empty for one that works for none. */
function visitKey(effect: Effect): string {
  if (!('state' in effect) || effect.kind === 'undo-child') return '';
  return `${effect.state}#${effect.visit}#${effect.item ?? ''}`;
}
