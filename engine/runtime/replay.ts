import type { ErasedFrom } from '../governance/erasure/erasure-audit.ts';
import { erasedBody } from '../governance/erasure/erasure-audit.ts';
import { isErased } from '../governance/erasure/sealed.ts';
import type { Effect } from '../kernel/effects.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { LiveCase } from '../kernel/transition/live-case.ts';
import type { Refusal, StepResult } from '../kernel/transition/step-result.ts';
import type { AuditEntry } from '../ports/step.ts';
import type { Definition } from './catalogue.ts';
import { explainWay } from './explain-way.ts';
import { changesState, foldEntry } from './fold.ts';

/** What another version makes otherwise of the same history, at which entry. */
export interface ReplayDifference {
  readonly seq: number;
  /** The kind of the entry, `outcome`, `done` … */
  readonly event: string;
  /**
   * - `way`: another rule is taken, or other states are reached; from here on the two part.
   * - `data`: the case carries something else.
   * - `effects`: something else is asked of the world.
   * - `refused`: the event cannot happen there; from here on the two part.
   */
  readonly kind: 'way' | 'data' | 'effects' | 'refused';
  readonly message: string;
}

/** What came of playing one history. */
export interface Replayed {
  readonly differences: readonly ReplayDifference[];
  /** It could be played up to here only: what the event was made of is erased. */
  readonly erased?: ErasedFrom;
}

/** Plays a stored history on another version beside its own, until the two part or it was erased. */
export function replayHistory(
  history: readonly AuditEntry[],
  own: Definition,
  other: Definition,
): Replayed {
  const gone = history.findIndex(isErased);
  const first = history[gone];
  if (first === undefined) return { differences: play(history, own, other) };
  const before = history.slice(0, gone);
  const differences = play(before, own, other);
  const isOver =
    differences.some(({ kind }) => kind === 'way' || kind === 'refused') ||
    before.some(({ kind }) => kind === 'migrate');
  if (isOver) return { differences };
  const [by] = history.slice(gone).flatMap((entry) => erasedBody(entry) ?? []);
  return { differences, erased: { seq: first.seq, act: by?.act ?? 0 } };
}

function play(
  history: readonly AuditEntry[],
  own: Definition,
  other: Definition,
): readonly ReplayDifference[] {
  const differences: ReplayDifference[] = [];
  let here: LiveCase | undefined;
  let there: LiveCase | undefined;
  for (const entry of history.filter(changesState)) {
    if (entry.kind === 'migrate') break;
    const mine: StepResult | Refusal = foldEntry(here, entry, own);
    const theirs: StepResult | Refusal = foldEntry(there, entry, other);
    if (mine.kind === 'refused') break;
    const found = (kind: ReplayDifference['kind'], message: string): void => {
      differences.push({ seq: entry.seq, event: entry.kind, kind, message });
    };
    if (theirs.kind === 'refused') {
      found('refused', `Version ${other.published.version} refuses this: ${theirs.message}`);
      break;
    }
    for (const { kind, message } of compare(mine, theirs, own, other)) found(kind, message);
    if (isParted(mine, theirs)) break;
    [here, there] = [mine.case, theirs.case];
  }
  return differences;
}

type Found = Pick<ReplayDifference, 'kind' | 'message'>;

function compare(
  mine: StepResult,
  theirs: StepResult,
  own: Definition,
  other: Definition,
): readonly Found[] {
  if (isParted(mine, theirs)) {
    return [{ kind: 'way', message: explainWay(mine, theirs, own, other) }];
  }
  const data = changedPaths(mine.case.context.data, theirs.case.context.data);
  const [asked, askedThere] = [mine.effects.map(shown), theirs.effects.map(shown)];
  const lost = asked.filter((effect) => !askedThere.includes(effect));
  const added = askedThere.filter((effect) => !asked.includes(effect));
  return [
    ...data.map((message): Found => ({ kind: 'data', message })),
    ...lost.map((effect): Found => ({ kind: 'effects', message: `No longer: ${effect}` })),
    ...added.map((effect): Found => ({ kind: 'effects', message: `New: ${effect}` })),
  ];
}

function isParted(mine: StepResult, theirs: StepResult): boolean {
  return (
    mine.states.join() !== theirs.states.join() ||
    mine.status !== theirs.status ||
    mine.outcome !== theirs.outcome
  );
}

function changedPaths(mine: Json, theirs: Json, at = ''): readonly string[] {
  if (isPlain(mine) && isPlain(theirs)) {
    const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    return [...names].flatMap((name) =>
      changedPaths(mine[name] ?? null, theirs[name] ?? null, at === '' ? name : `${at}.${name}`),
    );
  }
  const [before, after] = [JSON.stringify(mine), JSON.stringify(theirs)];
  return before === after ? [] : [`${at} is ${after} instead of ${before}`];
}

function isPlain(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an effect asks for, in a few words that tell two of them apart. */
function shown(effect: Effect): string {
  const { kind, ...rest } = effect;
  if (kind === 'finish') return `${kind} ${effect.outcome}`;
  return `${kind} ${Object.values(rest)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' ')}`;
}
