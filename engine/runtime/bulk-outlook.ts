import type { CaseStatus } from '../kernel/case-state.ts';
import type { Effect } from '../kernel/effects.ts';
import type { Draft } from './draft.ts';
import { eventOf } from './fold.ts';
import type { LoadedCase } from './loaded-case.ts';

/** What would become of a case; the same for all cases to which the same happens. */
export interface Outlook {
  readonly workflow: string;
  /** The version that it is on, and the states that it is in. */
  readonly version: number;
  readonly from: readonly string[];
  /** The version that it would be on, where that is another one. */
  readonly to?: number;
  readonly status: CaseStatus;
  readonly outcome?: string;
  /** The states that it would be in. */
  readonly states: readonly string[];
  /** How many things that it did would be taken back. */
  readonly undone?: number;
  /** How many pieces of work would be called off. */
  readonly calledOff?: number;
  /** The kinds of work that would begin. */
  readonly begins?: readonly Effect['kind'][];
  /** How many places would be filled by a backfill. */
  readonly filled?: number;
  /** How many pieces of work would run again. */
  readonly again?: number;
}

const BEGINNINGS: ReadonlySet<Effect['kind']> = new Set([
  ...(['task', 'ask', 'call', 'run', 'send', 'send-to-role', 'wait'] as const),
]);

/** Says what a step would make of a case. */
export function outlookOf({ stored, live }: LoadedCase, draft: Draft): Outlook {
  const { result, definition, addJobs = [] } = draft;
  const { effects, status, states, outcome } = result ?? { ...stored, effects: [] };
  const begins = [...new Set(effects.map(({ kind }) => kind))].filter((kind) =>
    BEGINNINGS.has(kind),
  );
  const calledOff = effects.filter(({ kind }) => kind === 'stop').length;
  const undone = status === 'undoing' ? live.context.ledger.length : 0;
  return {
    workflow: stored.workflow,
    version: stored.workflowVersion,
    from: stored.states,
    ...(definition === undefined ? {} : { to: definition.published.version }),
    status,
    ...(outcome === undefined ? {} : { outcome }),
    states,
    ...filledBy(draft),
    ...(undone === 0 ? {} : { undone }),
    ...(calledOff === 0 ? {} : { calledOff }),
    ...(begins.length === 0 ? {} : { begins: begins.sort() }),
    ...(addJobs.length === 0 ? {} : { again: addJobs.length }),
  };
}

function filledBy({ entry }: Draft): Pick<Outlook, 'filled'> {
  const event = eventOf(entry);
  const filled = event?.kind === 'modify' ? event.filled : undefined;
  return filled === undefined ? {} : { filled: filled.length };
}
