import { earlierNames } from '../governance/core/aliases.ts';
import { asItWas, takeOverBetween } from '../governance/evolution/take-over.ts';
import type { TakeOver } from '../governance/evolution/take-over.ts';
import type { Moment } from '../kernel/compile/case-context.ts';
import { withContext } from '../kernel/transition/live-case.ts';
import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import { compareReleases, releasesBetween } from '../ports/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredRecord } from '../ports/records.ts';
import { momentOf } from './catalogue.ts';
import type { Catalogue, Definition, LoadedCore } from './catalogue.ts';

/** How values of one release become those of another, by the schema that they have in the one. */
export type Evolution = (schema: JsonSchema) => TakeOver;

/** Another version of a workflow, and how values of a case become those of its release. */
export interface Destination {
  readonly other: Definition;
  readonly evolution: Evolution;
}

const NOTHING_CHANGES: Evolution = () => asItWas;

/** One step from a release to the next one, worked out once. */
const STEPS = new WeakMap<LoadedCore, Map<LoadedCore, Evolution>>();

/**
 * Finds how values of a release become those of a later one: by one step after the other, through the
 * releases between them; from one line to another is one step. There is no way back: to an earlier release they go as they are.
 */
export async function evolutionBetween(
  catalogue: Pick<Catalogue, 'core'>,
  from: LoadedCore,
  to: LoadedCore,
): Promise<Evolution> {
  if (compareReleases(from.release, to.release) >= 0) return NOTHING_CHANGES;
  const between = await Promise.all(
    releasesBetween(from.release, to.release).map((name) => catalogue.core(name)),
  );
  const cores = [...between, to];
  return inTurn(cores.map((core, index) => stepBetween(cores[index - 1] ?? from, core)));
}

/** The same to what is proposed to follow the release in force. */
export async function evolutionTo(
  catalogue: Pick<Catalogue, 'core'>,
  from: LoadedCore,
  { before, after }: Proposed,
): Promise<Evolution> {
  return inTurn([await evolutionBetween(catalogue, from, before), stepBetween(before, after)]);
}

/** The release in force, and what is proposed to follow it. */
export interface Proposed {
  readonly before: LoadedCore;
  readonly after: LoadedCore;
}

function inTurn(steps: readonly Evolution[]): Evolution {
  return (schema) => {
    const moves = steps.map((step) => step(schema)).filter((move) => move !== asItWas);
    if (moves.length === 0) return asItWas;
    return (value, moment) => moves.reduce((now, move) => move(now, moment), value);
  };
}

function stepBetween(before: LoadedCore, after: LoadedCore): Evolution {
  const known = STEPS.get(before) ?? new Map<LoadedCore, Evolution>();
  STEPS.set(before, known);
  const step = known.get(after) ?? takeOverBetween(before, after);
  known.set(after, step);
  return step;
}

/** A case whose data are taken over to a later release, field by field; all else of it stays. */
export function takenOver(
  live: LiveCase,
  { compiled }: Definition,
  evolution: Evolution,
  moment: Moment,
): LiveCase {
  const { data } = live.context;
  const changed = compiled.workflow.data.flatMap(({ name, schema }): [string, Json][] => {
    const value = data[name];
    if (value === undefined) return [];
    const now = evolution(schema)(value, moment);
    return now === value ? [] : [[name, now]];
  });
  if (changed.length === 0) return live;
  const taken: JsonObject = { ...data, ...Object.fromEntries(changed) };
  return withContext(live, { ...live.context, data: taken });
}

/** Reads records of earlier releases as the types of one release say. */
export function earlierRecords(
  catalogue: Pick<Catalogue, 'core'>,
  core: LoadedCore,
  clock: Pick<Clock, 'now'>,
): EarlierRecordsOf {
  return {
    valueOf: async ({ type, value, release }) => {
      const evolution = await evolutionBetween(catalogue, await catalogue.core(release), core);
      return evolution({ $ref: type })(value, momentOf(core, clock.now())) as JsonObject;
    },
    namesOf: (type) => earlierNames(core.view.types.get(type)?.schema ?? true),
  };
}

interface EarlierRecordsOf {
  valueOf(record: Pick<StoredRecord, 'type' | 'value' | 'release'>): Promise<JsonObject>;
  namesOf(type: string): ReadonlyMap<string, string>;
}
