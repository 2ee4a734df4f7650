import type { CaseStatus } from '../../../engine/kernel/case-state.ts';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { without } from '../../../engine/kernel/types/make-type.ts';
import { fieldNames } from './model-fields.ts';
import type { ModelRule, ModelState } from './model-workflow.ts';
import type { Entry, ReferenceCase } from './reference-case.ts';
import { changeStay, takeAll } from './reference-case.ts';
import {
  callOffSkipped,
  changeData,
  moveTimer,
  relocate,
  rest,
  skipped,
} from './reference-hand.ts';
import { ReferenceInterpreter } from './reference-interpreter.ts';
import { WORK, itemText } from './reference-moves.ts';
import type { ReferenceTimer } from './reference-timers.ts';
import { keptTimers } from './reference-timers.ts';
import type { WorkEvent } from './reference-work.ts';
import { isAwaited, lateSuccess, takeIn } from './reference-work.ts';
import { Refused } from './refused.ts';

/** What a step of the reference came to: the refusal's code, or what the case is now. */
export type Came =
  | { readonly refused: string }
  | {
      readonly states: readonly string[];
      readonly status: CaseStatus;
      readonly outcome: string | undefined;
      readonly data: ReferenceCase['data'];
      readonly effects: readonly string[];
    };

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: K }>;

/** Undo lists that one step may begin. */
const MOST_LISTS = 100;
const CALLED_OFF = 'called off';
/** What people and the clock do. */
const KEPT_OUT = ['outcome', 'press', 'timer'];

/** Plays a case through the reference interpreter, as the kernel's transition does. */
export class ReferencePlay {
  /** The names of the fields that it knows. */
  readonly fields: readonly string[];
  readonly #interpreter: ReferenceInterpreter;
  #live: ReferenceCase | undefined;

  constructor(root: ModelState) {
    this.#interpreter = new ReferenceInterpreter(root);
    this.fields = fieldNames(this.#interpreter.tree.sets);
  }

  /** The set of fields that a state's work has. */
  fieldsOf(state: string): number {
    return this.#interpreter.tree.get(state).fields;
  }

  /** Begins a case, at an instant (epoch milliseconds). */
  begin(now: number): Came {
    return this.#step(() => this.#interpreter.begin(), now);
  }

  take(event: CaseEvent, now: number): Came {
    const before = this.#live;
    if (before === undefined) throw new Error('The case has not begun.');
    const live = this.#interpreter.copy(before);
    return this.#step(() => {
      if (live.suspended && KEPT_OUT.includes(event.kind)) throw new Refused('suspended');
      if (event.kind === 'undone') this.#undone(live, event.entry);
      else if (event.kind === 'cancel') this.#cancel(live);
      else if (event.kind === 'modify') this.#modify(live, event, now);
      else if (event.kind === 'suspend' || event.kind === 'resume') {
        rest(live, this.#interpreter, event.kind === 'suspend');
      } else if (event.kind === 'press') this.#press(live, event);
      else if (event.kind === 'message' && event.state === '') this.#hear(live, event);
      else if (isAboutWork(event)) this.#work(live, event, now);
      else throw new Error(`The reference knows no event "${event.kind}".`);
      return live;
    }, now);
  }

  #step(take: () => ReferenceCase, now: number): Came {
    try {
      const live = take();
      const undone = this.#carryOnUndo(live);
      hearNoOther(live);
      const late = live.late.map((entry) => this.#undoEffect(live, entry));
      const begun = withoutCancelled(live);
      const timers = this.#keepTimers(live, now);
      const heard = this.#listen(live);
      const wasFinished = this.#live?.outcome !== undefined;
      const finish = live.outcome === undefined || wasFinished ? [] : [`finish ${live.outcome}`];
      this.#refuseStuck(live);
      if (live.isSkippedInVain) throw new Refused('not-possible');
      if (live.outcome !== undefined) live.suspended = false;
      this.#live = live;
      return {
        states: this.#shown(live),
        status: statusOf(live),
        outcome: live.outcome,
        data: live.data,
        effects: [...begun, ...timers, ...undone, ...late, ...heard, ...finish],
      };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.code };
      throw error;
    }
  }

  #work(live: ReferenceCase, event: WorkEvent, now: number): void {
    if (!isAwaited(live, event)) {
      live.late.push(...lateSuccess(live, event, this.#interpreter.tree.get(event.state)));
      this.#restIfActive(live);
      return;
    }
    const state = this.#interpreter.tree.get(event.state);
    takeIn(live, state, event, now);
    const isAnswer = event.kind === 'outcome' && event.item === undefined;
    this.#interpreter.take(live, state, rulesFor(state, event), isAnswer);
    this.#mustBeAnswered(live, event);
    if (event.kind === 'message') live.heard = event;
  }

  /** What a person chose is answered at once, and a failure; nothing else has to be. */
  #mustBeAnswered(live: ReferenceCase, event: WorkEvent): void {
    const { state, visit, kind, item } = event;
    if (live.visits.get(state) !== visit || live.answered.has(`${state}#${String(visit)}`)) return;
    if (kind === 'outcome' && item === undefined) throw new Refused('unknown-outcome');
    const isSkipped = this.#interpreter.tree.get(state).forEach?.onItemFailed === 'skip';
    if (kind === 'failed' && !isSkipped) throw new Refused('unhandled');
  }

  #modify(live: ReferenceCase, { set, work, actor }: EventOf<'modify'>, now: number): void {
    changeData(live, set);
    if (work?.kind === 'timer') moveTimer(live, this.#interpreter, work, now);
    else if (work?.kind === 'skip') {
      const state = this.#interpreter.tree.get(work.state);
      const event = skipped(live, state, work, actor);
      this.#work(live, event, now);
      callOffSkipped(live, state, event);
    } else relocate(live, this.#interpreter, work);
  }

  #press(live: ReferenceCase, { state, visit, button }: EventOf<'press'>): void {
    const stay = live.stays.get(state);
    const isActive = !live.undoing.has('') && live.outcome === undefined;
    if (stay?.visit !== visit || stay.calledOff || !isActive) throw new Refused('stale');
    const holder = this.#interpreter.tree.get(state);
    const { rules = [] } = holder.buttons.find(({ name }) => name === button) ?? {};
    if (!this.#interpreter.take(live, holder, rules)) throw new Refused('unknown-outcome');
  }

  #hear(live: ReferenceCase, { visit, body }: EventOf<'message'>): void {
    if (live.hearing.number !== visit) throw new Refused('stale');
    this.#interpreter.hear(live, (body as { readonly parcel: string }).parcel);
  }

  #undone(live: ReferenceCase, entry: number): void {
    if (entry < 1 || entry > live.undos) throw new Refused('stale');
    for (const [region, { current, entries, ...list }] of live.undoing) {
      if (current === entry) live.undoing.set(region, { ...list, entries: entries.slice(1) });
    }
    this.#restIfActive(live);
  }

  #restIfActive(live: ReferenceCase): void {
    if (!live.undoing.has('') && live.outcome === undefined) this.#interpreter.rest(live);
  }

  #cancel(live: ReferenceCase): void {
    const whole = live.undoing.get('');
    const isEnding = whole !== undefined && whole.to === undefined;
    if (live.outcome !== undefined || isEnding) throw new Refused('stale');
    live.suspended = false;
    if (whole !== undefined) {
      const entries = [...whole.entries, ...takeAll(live, this.#interpreter.tree.root)];
      live.undoing.set('', { ...without(whole, 'to'), entries });
      return;
    }
    this.#interpreter.leaveAll(live);
    live.undoing.set('', { entries: takeAll(live, this.#interpreter.tree.root) });
  }

  /** Starts the next entry of every undo list, and goes where a list leads that is over. */
  #carryOnUndo(live: ReferenceCase): readonly string[] {
    const effects: string[] = [];
    for (let lists = 0; ; lists += 1) {
      if (lists > MOST_LISTS) throw new Refused('endless');
      for (const [region, list] of live.undoing) {
        const [next] = list.entries;
        if (next === undefined || list.current !== undefined) continue;
        effects.push(this.#undoEffect(live, next));
        live.undoing.set(region, { ...list, current: live.undos });
      }
      const over = [...live.undoing].find(([, { entries }]) => entries.length === 0);
      if (over === undefined) return effects;
      const [region, { to }] = over;
      live.undoing.delete(region);
      if (to === undefined) live.outcome = CALLED_OFF;
      else this.#interpreter.arriveAt(live, to, region);
    }
  }

  #undoEffect(live: ReferenceCase, { state, visit, item, taken }: Entry): string {
    live.undos += 1;
    const number = String(live.undos);
    return taken === undefined
      ? `undo-child ${number} ${state}#${String(visit)}${itemText(item)}`
      : `undo ${number} depot.give ${JSON.stringify({ id: taken })}`;
  }

  /** The timers of all states as they are to be, and what that asks of the world. */
  #keepTimers(live: ReferenceCase, now: number): readonly string[] {
    const isIn = (id: string): boolean => live.stays.get(id)?.calledOff === false;
    return [...live.active].flatMap((state) => {
      const stay = live.stays.get(state.id);
      if (stay === undefined || stay.calledOff || state.after.length === 0) return [];
      const timers = keptTimers(state.after, stay.timers, live.data, isIn, now);
      const was = new Map((stay.timers ?? []).map(({ index, at }) => [index, at]));
      // One that stays as it was moved is another than before the step.
      const { moved } = live;
      const isMoved = ({ index, at }: ReferenceTimer): boolean =>
        moved?.state === state.id && moved.index === index && was.get(index) === at;
      const wasOf = (timer: ReferenceTimer): number | undefined =>
        isMoved(timer) ? moved?.was : was.get(timer.index);
      changeStay(live, state, { timers });
      const at = `${state.id}#${String(stay.visit)}`;
      return timers.flatMap((timer) => {
        const before = wasOf(timer);
        if (before === timer.at) return [];
        const index = String(timer.index);
        return [
          ...(before === undefined ? [] : [`stop-timer ${at} ${index}`]),
          ...(timer.at === undefined ? [] : [`timer ${at} ${index} @${String(timer.at)}`]),
        ];
      });
    });
  }

  /** What the case hears under `on` from now on, where that has changed. */
  #listen(live: ReferenceCase): readonly string[] {
    const isActive = !live.undoing.has('') && live.outcome === undefined;
    const hearing = [...live.active].filter(({ id }) => live.stays.get(id)?.calledOff === false);
    const found = isActive
      ? hearing.flatMap(({ hears }) => hears.map(({ key }) => key(live.data)))
      : [];
    const keys = [...new Set(found.filter((key) => key !== undefined))].sort();
    if (keys.join() === live.hearing.keys.join()) return [];
    live.hearing = { number: live.hearing.number + 1, keys };
    return [`hear ${String(live.hearing.number)} ${keys.join()}`];
  }

  #refuseStuck(live: ReferenceCase): void {
    if (live.undoing.size > 0 || live.outcome !== undefined || live.hearing.keys.length > 0) return;
    const { tree } = this.#interpreter;
    const isAwaited = [...live.stays].some(([id, { ended, timers = [], calledOff }]) => {
      const { buttons, kind } = tree.get(id);
      if (timers.some(({ at }) => at !== undefined)) return true;
      return !calledOff && (buttons.length > 0 || (ended === undefined && WORK.includes(kind)));
    });
    if (!isAwaited) throw new Refused('stuck');
  }

  #shown(live: ReferenceCase): readonly string[] {
    if (live.undoing.has('') || live.outcome === CALLED_OFF) return [];
    return this.#shownIn(live, this.#interpreter.tree.root);
  }

  /** The innermost states that a case is in; none in a region where nothing goes on. */
  #shownIn(live: ReferenceCase, state: ModelState): readonly string[] {
    const inside = state.children.filter((child) => live.active.has(child));
    const shown = inside.flatMap((child) => this.#shownIn(live, child));
    if (shown.length > 0 || this.#interpreter.tree.isRegion(state)) return shown;
    return [state.id];
  }
}

function statusOf({ outcome, suspended, undoing }: ReferenceCase): CaseStatus {
  if (outcome !== undefined) return 'finished';
  if (suspended) return 'suspended';
  return undoing.has('') ? 'undoing' : 'active';
}

/** The rules that an event is addressed to; others wait for how the work has ended. */
function rulesFor(state: ModelState, event: WorkEvent): readonly ModelRule[] {
  if (event.kind === 'timer') return state.after[Number(event.timer)]?.rules ?? [];
  const isAddressed = event.kind === 'outcome' || event.item !== undefined;
  const outcome = 'outcome' in event ? (event.outcome ?? '') : '';
  return isAddressed ? (state.on[outcome] ?? []) : [];
}

function isAboutWork(event: CaseEvent): event is WorkEvent {
  return ['outcome', 'done', 'failed', 'message', 'timer'].includes(event.kind);
}

/** The effects without work that began and was called off in the same step. */
function withoutCancelled(live: ReferenceCase): readonly string[] {
  const isStop = (effect: string): boolean => effect.startsWith('stop ');
  const visitOf = (effect: string): string => effect.split(' ')[1] ?? '';
  const begins = (effect: string): boolean => WORK.includes(effect.split(' ')[0] ?? '');
  const stopped = new Set(live.effects.filter(isStop).map(visitOf));
  const never = new Set(
    live.effects
      .filter(begins)
      .map(visitOf)
      .filter((one) => stopped.has(one)),
  );
  live.running = live.running.filter(
    ({ state, visit, item }) => !never.has(`${state}#${String(visit)}${itemText(item)}`),
  );
  return live.effects.filter(
    (effect) => effect.startsWith('heard ') || !never.has(visitOf(effect)),
  );
}

/** A wait that has not been left by its message hears no other. */
function hearNoOther(live: ReferenceCase): void {
  const { state, visit } = live.heard ?? { state: '', visit: 0 };
  if (live.stays.get(state)?.visit === visit) live.effects.unshift(`heard ${state}#${visit}`);
}
