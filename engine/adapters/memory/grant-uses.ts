import type { GrantUses } from '../../ports/grant-uses.ts';
import { answer } from './answer.ts';
import type { Tables } from './tables.ts';

export function createGrantUses({ grantUses }: Tables): GrantUses {
  return {
    take: (grant, day, limit) =>
      answer(() => {
        const today = grantUses.get(day) ?? new Map<string, number>();
        const used = today.get(grant) ?? 0;
        if (used >= limit) return false;
        grantUses.set(day, today.set(grant, used + 1));
        return true;
      }),
    usedOn: (day) => Promise.resolve(new Map(grantUses.get(day))),
  };
}
