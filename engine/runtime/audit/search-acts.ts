import type { GovernanceAct } from '../../governance/acts.ts';
import type { Json } from '../../kernel/json.ts';
import type { Governance } from '../../ports/governance.ts';

/** Which acts are looked for. */
export interface ActFilter {
  /** Part of the kind. (Default: all) */
  readonly kind?: string;
  /** Part of the name or id of whoever did it. (Default: everybody) */
  readonly actor?: string;
  /** Part of what the act names: a workflow, a proposal, a person, a case. (Default: all) */
  readonly about?: string;
  /** Not before this, in epoch milliseconds. */
  readonly since?: number;
  /** Before this, in epoch milliseconds. */
  readonly before?: number;
}

export interface FoundActs {
  /** The newest first. */
  readonly acts: readonly GovernanceAct[];
  /** Where to look on: the newest act that was not looked at. Absent where none is left. */
  readonly next?: number;
}

/** The clocks of hosts differ by less than this: acts are in the order of their times but for that. */
const SKEW = 60_000;

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
  const { since = Number.NEGATIVE_INFINITY, before } = filter;
  const last = before === undefined ? newest : await lastBefore(governance, before, newest);
  let to = Math.min(from ?? last, last);
  for (const least = to - LOOKED_AT; to > Math.max(0, least);) {
    const after = Math.max(0, to - PAGE);
    const page = await governance.acts(after, to - after);
    for (const act of [...page].reverse()) {
      if (act.at < since - SKEW) return { acts: found };
      if (found.length === limit) return { acts: found, next: to };
      to = act.seq - 1;
      if (fits(act, filter)) found.push(act);
    }
    // Where somebody has taken acts away, it goes on behind the gap.
    to = Math.min(to, after);
  }
  return { acts: found, ...(to > 0 ? { next: to } : {}) };
}

/** Finds the last act that may be before a time, in some twenty looks however many there are. */
async function lastBefore(
  governance: Pick<Governance, 'acts'>,
  time: number,
  newest: number,
): Promise<number> {
  let [least, most] = [0, newest];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    const [act] = await governance.acts(middle - 1, 1);
    if (act !== undefined && act.at < time + SKEW) least = middle;
    else most = middle - 1;
  }
  return least;
}

function fits({ kind, actor, at, body }: GovernanceAct, wanted: ActFilter): boolean {
  const includes = (text: string, part = ''): boolean =>
    text.toLowerCase().includes(part.toLowerCase());
  const { since = at, before = at + 1, about = '' } = wanted;
  return (
    at >= since &&
    at < before &&
    includes(kind, wanted.kind) &&
    includes(`${actor.name} ${actor.id}`, wanted.actor) &&
    (about === '' || namedIn(body).some((text) => includes(text, about)))
  );
}

/** The single values that an act names. */
function namedIn(value: Json): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(namedIn);
  return value === null ? [] : [String(value)];
}
