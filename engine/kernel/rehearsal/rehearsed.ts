import type { CoreView } from '../core-view.ts';
import type { Moment } from '../compile/case-context.ts';
import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Effect, Visit } from '../effects.ts';
import type { LiveCase } from '../transition/live-case.ts';
import type { StepResult } from '../transition/step-result.ts';
import type { Validator } from '../validator/validator.ts';
import type { OfferedButton } from '../transition/offered-buttons.ts';
import { offeredButtons } from '../transition/offered-buttons.ts';

/** What a rehearsal needs to know of the world. */
export interface Surroundings {
  readonly core: CoreView;
  readonly validator: Validator;
  /** Compiled workflows that may be run as child cases. */
  readonly runnable: (name: string) => CompiledWorkflow | undefined;
}

/** Something that happened on the stage, in order. */
export type Happening =
  | { readonly kind: 'sent'; readonly message: string }
  | { readonly kind: 'called'; readonly operation: string }
  | { readonly kind: 'incident'; readonly code: string; readonly message: string };

export type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

/** One case on the stage. */
export interface Rehearsed {
  readonly compiled: CompiledWorkflow;
  live: LiveCase;
  result: StepResult;
  readonly parent?: { readonly of: Rehearsed } & Visit;
  /** It was started by another, and goes on by itself. */
  readonly isDetached?: true;
  readonly children: Map<string, Rehearsed>;
}

/** Puts a case on the stage, with its first step. */
export function rehearsedOf(
  compiled: CompiledWorkflow,
  first: StepResult,
  as: Rehearsed['parent'] | 'detached',
): Rehearsed {
  const children = new Map<string, Rehearsed>();
  const own = { compiled, live: first.case, result: first, children };
  if (as === 'detached') return { ...own, isDetached: true };
  return as === undefined ? own : { ...own, parent: as };
}

/** What takes work back; nobody suspends a case of a rehearsal. */
export type UndoingEffect = EffectOf<
  'undo' | 'undo-run' | 'undo-child' | 'child-undone' | 'rest-child'
>;
/** What says which messages a case hears. */
export type Listening = EffectOf<'wait' | 'hear' | 'heard'>;

export function isListening(effect: Effect): effect is Listening {
  return isOfKind(effect, 'wait', 'hear', 'heard');
}

/** Tells whether an effect is of one of these kinds. */
export function isOfKind<K extends Effect['kind']>(
  effect: Effect,
  ...kinds: readonly K[]
): effect is EffectOf<K> {
  return kinds.some((kind) => kind === effect.kind);
}

/** A moment of the company, by its default calendar. */
export function momentIn({ calendars, timeZone }: CoreView, now: number): Moment {
  const calendar = calendars.get('default');
  return { now, timeZone, calendar: calendar ?? { timeZone, hours: [], holidays: [] } };
}

/** The buttons that a case offers, innermost first. */
export function buttonsOf({ live, compiled }: Rehearsed, moment: Moment): readonly OfferedButton[] {
  return [...offeredButtons(live, compiled, moment)].reverse();
}
