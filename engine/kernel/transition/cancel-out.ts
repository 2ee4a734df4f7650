import type { Effect } from '../effects.ts';

/**
 * Drops work that was started and called off within one step, with its calling off. Work is known
 * by its visit, so a later visit of the same state keeps its own.
 */
export function cancelOut(effects: readonly Effect[]): readonly Effect[] {
  const stopped = new Set<string>();
  for (const effect of effects) if (effect.kind === 'stop') stopped.add(visitKey(effect));
  if (stopped.size === 0) return effects;
  const started = new Set<string>();
  for (const effect of effects) {
    if (startsWork(effect) && stopped.has(visitKey(effect))) started.add(visitKey(effect));
  }
  return effects.filter(
    (effect) =>
      !('state' in effect && effect.kind !== 'undo-child' && started.has(visitKey(effect))),
  );
}

type VisitEffect = Extract<Effect, { readonly state: string }>;

function startsWork(effect: Effect): effect is VisitEffect {
  return ['call', 'task', 'ask', 'wait', 'run', 'timer', 'reassign'].includes(effect.kind);
}

function visitKey({ state, visit }: VisitEffect): string {
  return `${state}#${visit}`;
}
