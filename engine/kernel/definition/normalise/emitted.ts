import type { Written } from '../schema/workflow-schema.ts';

/** Keys below which stand formulas and values, and no actions. */
const VALUES: ReadonlySet<string> = new Set(['set', 'save', 'with', 'send', 'when', 'add']);

/** Collects the signals that states and their rules emit, before anything is read. */
export function emittedIn(states: Written<'States'>): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'emit' && typeof value === 'string') found.add(value);
      else if (!VALUES.has(key)) look(value);
    }
  };
  // A state may be named like a key.
  for (const state of Object.values(states)) look(state);
  return found;
}
