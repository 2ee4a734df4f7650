import type { State, StateOf } from '../definition/state.ts';
import type { Timer, Transition } from '../definition/rules.ts';
import { remembered } from '../remembered.ts';
import { endingsOf } from './outcomes.ts';

/** What has just happened when a list of rules is read. */
export type Moment =
  | { readonly kind: 'done' | 'failed' | 'next' }
  | { readonly kind: 'outcome'; readonly outcome: string }
  | { readonly kind: 'press'; readonly button: string }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'after'; readonly timer: Timer };

/** A list of rules of one state: the first whose guard holds is taken. */
export interface Choice {
  readonly state: State;
  readonly moment: Moment;
  readonly rules: readonly Transition[];
}

/** Every list of rules that a state has, in the order in which a reader meets them. */
export const choicesOf = remembered((state: State): readonly Choice[] => {
  const choices: Choice[] = [
    { state, moment: { kind: 'done' }, rules: state.done },
    { state, moment: { kind: 'failed' }, rules: state.failed },
    ...state.on.map((handler): Choice => ({
      state,
      moment: { kind: 'outcome', outcome: handler.event },
      rules: handler.rules,
    })),
    { state, moment: { kind: 'next' }, rules: state.next },
    ...state.after.map((timer): Choice => ({
      state,
      moment: { kind: 'after', timer },
      rules: timer.rules,
    })),
    ...state.buttons.map((button): Choice => ({
      state,
      moment: { kind: 'press', button: button.name },
      rules: button.rules,
    })),
    ...state.hears.map((handler): Choice => ({
      state,
      moment: { kind: 'message', message: handler.message },
      rules: handler.rules,
    })),
    ...state.signals.map((handler): Choice => ({
      state,
      moment: { kind: 'signal', signal: handler.signal },
      rules: handler.rules,
    })),
  ];
  return choices.filter((choice) => choice.rules.length > 0);
});

/**
 * Tells whether rules hold in every place inside their state, and for as long as a case is in it:
 * they answer a time or something from outside, not the end of the state's own work.
 */
export function holdsInside({ moment: { kind } }: Choice): boolean {
  return INSIDE.includes(kind);
}

/** Tells whether rules answer something from outside, also before the turn of their state has come. */
export function isOutside({ moment: { kind } }: Choice): boolean {
  return kind === 'press' || kind === 'message' || kind === 'signal';
}

const INSIDE: readonly Moment['kind'][] = ['next', 'after', 'press', 'message', 'signal'];

/**
 * Which places inside a state: all, or ends with one of these outcomes. Of a parallel, `each` means
 * every region that has finished, and `some` means at least one of them.
 */
export type Where =
  | 'anywhere'
  | { readonly kind: 'each' | 'some'; readonly outcomes: ReadonlySet<string | undefined> };

/** Where inside its state a case is when the rules are read. */
export function placesBefore({ state, moment }: Choice): Where {
  if (state.kind !== 'states' && state.kind !== 'parallel') return 'anywhere';
  if (moment.kind === 'outcome') return { kind: 'some', outcomes: new Set([moment.outcome]) };
  if (moment.kind !== 'done') return 'anywhere';
  return { kind: 'each', outcomes: unhandledEndings(state) };
}

/**
 * Where inside a state the case is when what was done there is complete; for the root, which is
 * taken back as a whole, that may be anywhere. `undefined` where nothing lies inside.
 */
export function whenCompleted(state: State): Where | undefined {
  if (state.kind === 'states') {
    return state.id === '' ? 'anywhere' : { kind: 'each', outcomes: endingsOf(state) };
  }
  if (state.kind !== 'parallel') return undefined;
  return { kind: 'each', outcomes: new Set(state.children.flatMap((one) => [...endingsOf(one)])) };
}

/** How what lies inside a state can end without an outcome that its `on` answers. */
export function unhandledEndings(
  state: StateOf<'states' | 'parallel'>,
): ReadonlySet<string | undefined> {
  const handled = new Set(state.on.map((handler) => handler.event));
  const endings =
    state.kind === 'states'
      ? [...endingsOf(state)]
      : state.children.flatMap((r) => [...endingsOf(r)]);
  return new Set(endings.filter((ending) => ending === undefined || !handled.has(ending)));
}

/** The rules that can be taken: those up to the first without a guard. */
export function takeable(rules: readonly Transition[]): readonly Transition[] {
  const last = rules.findIndex((rule) => rule.when === undefined);
  return last === -1 ? rules : rules.slice(0, last + 1);
}
