import type { CoreView, Grant } from '../../kernel/core-view.ts';
import { dateIn } from '../../kernel/values/zone.ts';
import type { ForceLook } from '../in-force.ts';

/** Tells whether a grant still stands on a date. */
export function isCurrent({ until }: Grant, today: string): boolean {
  return until === undefined || today < until;
}

/** A core as it holds now: without grants that have ended, and without what was revoked of them. */
export function withGrantsOf(core: CoreView, look: ForceLook, now: number): CoreView {
  const today = dateIn(core.timeZone, now);
  const left = (team: string, names: readonly string[]): readonly string[] =>
    names.filter((name) => look.revoked(team, name) === undefined);
  const grants = core.grants
    .filter((grant) => isCurrent(grant, today))
    .map((grant) => ({
      ...grant,
      operations: left(grant.team, grant.operations),
      messages: left(grant.team, grant.messages),
      write: left(grant.team, grant.write),
    }));
  return { ...core, grants };
}
