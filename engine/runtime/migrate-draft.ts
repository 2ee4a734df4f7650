import type { Actor } from '../kernel/effects.ts';
import type { Json } from '../kernel/json.ts';
import type { StateMapping } from '../kernel/transition/migrate.ts';
import type { FindEmpty } from '../kernel/check/counted-on.ts';
import { countedOn } from '../kernel/check/counted-on.ts';
import { migrateCase } from '../kernel/transition/migrate.ts';
import type { Refusal, StepResult } from '../kernel/transition/step-result.ts';
import { refusal } from '../kernel/transition/step-result.ts';
import type { Definition } from './catalogue.ts';
import { momentOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import type { Destination } from './evolution.ts';
import { takenOver } from './evolution.ts';
import type { MigrationBody } from './fold.ts';
import type { LoadedCase } from './loaded-case.ts';

/** Who takes a case to another version, and why. */
export interface MigrationCause {
  readonly mapping: StateMapping;
  readonly reason: string;
  readonly actor: Actor;
  /** The operation on many cases that it is part of. */
  readonly operation?: string;
}

/** Takes a case to another version of its workflow, or says why it cannot go there. */
export function migrateDraft(
  { stored, live, definition: own }: LoadedCase,
  { other, evolution }: Destination,
  { actor, ...cause }: MigrationCause,
  now: number,
): Draft | Refusal {
  const [from, to] = [own.published.version, other.published.version];
  if (stored.workflow !== other.published.name) {
    return refusal('not-possible', `The case belongs to another workflow: ${stored.workflow}.`);
  }
  if (from === to) {
    return refusal('not-possible', `The case is on version ${to} already.`);
  }
  const moment = momentOf(other.core, now);
  const taken = takenOver(live, own, evolution, moment);
  const result = migrateCase(own.compiled, other.compiled, taken, cause.mapping, moment);
  if (result.kind === 'refused') return result;
  const missing = missingField(result, other);
  if (missing !== undefined) return missing;
  const body: MigrationBody = { kind: 'migrate', from, to, ...cause };
  return {
    entry: { kind: 'migrate', actor, body: body as unknown as Json },
    result,
    definition: other,
  };
}

/** What versions count on, each worked out once. */
const COUNTED = new WeakMap<Definition, FindEmpty>();

/** A case did not come by the paths that the check has followed: what the version counts on may be empty. */
function missingField({ states, case: after }: StepResult, other: Definition): Refusal | undefined {
  const find = COUNTED.get(other) ?? countedOn(other.compiled.workflow, other.core.view);
  COUNTED.set(other, find);
  for (const state of states) {
    const field = find(state, after.context.data);
    if (field === undefined) continue;
    return refusal(
      'refused-data',
      `"${field}" is empty, and the other version counts on it in "${state}". Fill it first.`,
    );
  }
  return undefined;
}
