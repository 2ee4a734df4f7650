import type { EffectHolds, HeldEffects } from '../../ports/effect-hold.ts';
import { byText } from './order.ts';
import type { StoredJob, Tables } from './tables.ts';

export function createEffectHolds({ effectHolds, jobs }: Tables): EffectHolds {
  const newest = () =>
    [...effectHolds.values()].sort((a, b) => b.takenAt - a.takenAt || byText(a.id, b.id))[0];
  const free = (refused: boolean, name?: string): number => {
    const held = [...jobs].filter(
      ([, { heldBack }]) => heldBack !== undefined && heldBack === (name ?? heldBack),
    );
    for (const [id, { heldBack, ...stored }] of held) {
      const freed: StoredJob = { ...stored, freeAt: stored.job.runAt };
      jobs.set(id, refused && heldBack === name ? { ...freed, refused: true } : freed);
    }
    return held.length;
  };
  return {
    current: () => Promise.resolve(newest()),
    begin: (hold) => {
      effectHolds.set(hold.id, hold);
      return Promise.resolve();
    },
    setAside: ({ id, attempts }, name, hold) => {
      const stored = jobs.get(id);
      const known = effectHolds.get(hold.id);
      const isAsGiven = known?.released.join() === hold.released.join();
      if (stored?.attempts !== attempts || known === undefined || !isAsGiven) {
        return Promise.resolve(false);
      }
      const untried = stored.untried + 1;
      jobs.set(id, { ...stored, untried, freeAt: Infinity, heldBack: name });
      return Promise.resolve(true);
    },
    waiting: () => {
      const found = new Map<string, HeldEffects>();
      for (const { heldBack: name, job } of jobs.values()) {
        if (name === undefined) continue;
        const { count, since } = found.get(name) ?? { count: 0, since: Infinity };
        found.set(name, { name, count: count + 1, since: Math.min(since, job.runAt) });
      }
      return Promise.resolve([...found.values()].sort((a, b) => byText(a.name, b.name)));
    },
    release: (name) => {
      const hold = newest();
      if (hold === undefined) return Promise.resolve(false);
      const released = [...new Set([...hold.released, name])].sort();
      effectHolds.set(hold.id, { ...hold, released });
      free(false, name);
      return Promise.resolve(true);
    },
    refuse: (name) => Promise.resolve(free(true, name)),
    end: () => {
      const wasOn = effectHolds.size > 0;
      effectHolds.clear();
      if (wasOn) free(false);
      return Promise.resolve(wasOn);
    },
  };
}
