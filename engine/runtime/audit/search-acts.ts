import type { GovernanceAct } from '../../governance/acts.ts';
import type { Governance } from '../../ports/governance.ts';

/** Which acts are looked for. */
export interface ActFilter {
  /** Part of the kind. (Default: all) */
  readonly kind?: string;
  /** Part of the name or id of whoever did it. (Default: everybody) */
  readonly actor?: string;
}

export interface FoundActs {
  /** The newest first. */
  readonly acts: readonly GovernanceAct[];
  /** Where to look on: the newest act that was not looked at. Absent where none is left. */
  readonly next?: number;
}

const PAGE = 200;
/** The most acts that one answer looks at. */
const LOOKED_AT = 2_000;

/** Looks for governance acts, the newest first, from one on; an answer may have fewer than it might. */
export async function searchActs(
  governance: Pick<Governance, 'acts' | 'newestAct'>,
  filter: ActFilter,
  from: number | undefined,
  limit: number,
): Promise<FoundActs> {
  const newest = (await governance.newestAct()).seq;
  const found: GovernanceAct[] = [];
  let to = Math.min(from ?? newest, newest);
  for (const last = to - LOOKED_AT; to > Math.max(0, last);) {
    const after = Math.max(0, to - PAGE);
    const page = await governance.acts(after, to - after);
    for (const act of [...page].reverse()) {
      if (found.length === limit) return { acts: found, next: to };
      to = act.seq - 1;
      if (fits(act, filter)) found.push(act);
    }
    // Where somebody has taken acts away, it goes on behind the gap.
    to = Math.min(to, after);
  }
  return { acts: found, ...(to > 0 ? { next: to } : {}) };
}

function fits({ kind, actor }: GovernanceAct, wanted: ActFilter): boolean {
  const includes = (text: string, part = ''): boolean =>
    text.toLowerCase().includes(part.toLowerCase());
  return includes(kind, wanted.kind) && includes(`${actor.name} ${actor.id}`, wanted.actor);
}
