import type { CaseStatus } from '../../../engine/kernel/case-state.ts';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import type { ModelState } from './model-workflow.ts';
import type { Entry, ReferenceCase } from './reference-case.ts';
import { copyOf } from './reference-case.ts';
import { Refused, ReferenceInterpreter } from './reference-interpreter.ts';
import type { ReferenceEvent } from './reference-interpreter.ts';

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

type WorkEvent = Extract<
  CaseEvent,
  { readonly kind: 'outcome' | 'done' | 'failed' | 'message' | 'timer' }
>;

const WORK = ['task', 'ask', 'call', 'run', 'wait'];
/** Undo lists that one step may begin. */
const MOST_LISTS = 100;
const CALLED_OFF = 'called off';

/** Plays a case through the reference interpreter, as the kernel's transition does. */
export class ReferencePlay {
  readonly #interpreter: ReferenceInterpreter;
  #live: ReferenceCase | undefined;

  constructor(root: ModelState) {
    this.#interpreter = new ReferenceInterpreter(root);
  }

  begin(): Came {
    return this.#step(() => this.#interpreter.begin(), []);
  }

  take(event: CaseEvent): Came {
    const before = this.#live;
    if (before === undefined) throw new Error('The case has not begun.');
    const live = copyOf(before, this.#interpreter.tree.inOrder(before.active));
    const late: Entry[] = [];
    return this.#step(() => {
      if (event.kind === 'undone') this.#undone(live, event.entry);
      else if (event.kind === 'cancel') this.#cancel(live);
      else if (isAboutWork(event)) this.#work(live, event, late);
      else throw new Error(`The reference knows no event "${event.kind}".`);
      return live;
    }, late);
  }

  #step(take: () => ReferenceCase, late: readonly Entry[]): Came {
    try {
      const live = take();
      const undone = this.#carryOnUndo(live);
      const begun = withoutCancelled(live);
      const undoneLate = late.map((entry) => this.#undoEffect(live, entry));
      const wasFinished = this.#live?.outcome !== undefined;
      const finish = live.outcome === undefined || wasFinished ? [] : [`finish ${live.outcome}`];
      this.#refuseStuck(live);
      this.#live = live;
      return {
        states: this.#innermost(live),
        status: live.undoing ? 'undoing' : live.outcome === undefined ? 'active' : 'finished',
        outcome: live.outcome,
        data: live.data,
        effects: [...begun, ...undone, ...undoneLate, ...finish],
      };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.code };
      throw error;
    }
  }

  #work(live: ReferenceCase, event: WorkEvent, late: Entry[]): void {
    if (!isAwaited(live, event)) {
      late.push(lateSuccess(live, event));
      if (live.outcome === undefined && live.undoing === undefined) this.#interpreter.rest(live);
      return;
    }
    this.#interpreter.take(live, referenceEvent(event));
    if (event.kind === 'message' && live.stays.get(event.state)?.visit === event.visit) {
      live.effects.unshift(`heard ${event.state}#${event.visit}`);
    }
  }

  #undone(live: ReferenceCase, entry: number): void {
    if (entry < 1 || entry > live.undos) throw new Refused('stale');
    if (live.undoing?.current === entry) {
      live.undoing = { entries: live.undoing.entries.slice(1), to: live.undoing.to };
    }
    if (live.undoing === undefined && live.outcome === undefined) this.#interpreter.rest(live);
  }

  #cancel(live: ReferenceCase): void {
    if (live.outcome !== undefined || live.undoing?.to === '') throw new Refused('stale');
    if (live.undoing !== undefined) {
      live.undoing = { ...live.undoing, to: '' };
      return;
    }
    this.#interpreter.leaveAll(live);
    live.undoing = { entries: live.ledger.toReversed(), to: '' };
    live.ledger = [];
  }

  /** Starts the next entry of an undo list, or goes where a list leads that is over. */
  #carryOnUndo(live: ReferenceCase): readonly string[] {
    for (let lists = 0; live.undoing !== undefined; lists += 1) {
      if (lists > MOST_LISTS) throw new Refused('endless');
      const { entries, current, to } = live.undoing;
      const [next] = entries;
      if (next !== undefined && current !== undefined) return [];
      if (next !== undefined) {
        const effect = this.#undoEffect(live, next);
        live.undoing = { entries, current: live.undos, to };
        return [effect];
      }
      live.undoing = undefined;
      if (to === '') live.outcome = CALLED_OFF;
      else this.#interpreter.arriveAt(live, to);
    }
    return [];
  }

  #undoEffect(live: ReferenceCase, { state, visit, taken }: Entry): string {
    live.undos += 1;
    return taken === undefined
      ? `undo-child ${live.undos} ${state}#${visit}`
      : `undo ${live.undos} depot.give ${JSON.stringify({ id: taken })}`;
  }

  #refuseStuck(live: ReferenceCase): void {
    if (live.undoing !== undefined || live.outcome !== undefined) return;
    const { tree } = this.#interpreter;
    const isAwaited = [...live.stays].some(
      ([id, { ended, timers }]) =>
        timers.length > 0 || (ended === undefined && WORK.includes(tree.get(id).kind)),
    );
    if (!isAwaited) throw new Refused('stuck');
  }

  #innermost(live: ReferenceCase): readonly string[] {
    if (live.undoing !== undefined || live.outcome === CALLED_OFF) return [];
    return this.#interpreter.tree
      .inOrder(live.active)
      .filter(({ children }) => !children.some((child) => live.active.has(child)))
      .map(({ id }) => id);
  }
}

function isAboutWork(event: CaseEvent): event is WorkEvent {
  return ['outcome', 'done', 'failed', 'message', 'timer'].includes(event.kind);
}

/** Tells whether the case is in the visit that an event answers, and waits for just this. */
function isAwaited(live: ReferenceCase, event: WorkEvent): boolean {
  const stay = live.stays.get(event.state);
  if (stay?.visit !== event.visit) return false;
  return event.kind === 'timer'
    ? stay.timers.includes(Number(event.timer))
    : stay.ended === undefined;
}

/** A call that was left while it ran has succeeded after all: it is taken back. */
function lateSuccess(live: ReferenceCase, event: WorkEvent): Entry {
  const left = live.running.find(
    ({ state, visit }) => state === event.state && visit === event.visit,
  );
  if (event.kind !== 'done' || left === undefined) throw new Refused('stale');
  live.running = live.running.filter((other) => other !== left);
  const { id } = event.result as { readonly id?: string };
  return id === undefined ? left : { ...left, taken: id };
}

/** The effects without work that began and was called off in the same step. */
function withoutCancelled(live: ReferenceCase): readonly string[] {
  const visitOf = (effect: string): string => effect.split(' ')[1] ?? '';
  const isStop = (effect: string): boolean => effect.startsWith('stop ');
  const stopped = new Set(live.effects.filter(isStop).map(visitOf));
  const never = new Set(
    live.effects
      .filter(
        (effect) => !isStop(effect) && !effect.startsWith('heard ') && stopped.has(visitOf(effect)),
      )
      .map(visitOf),
  );
  live.running = live.running.filter(({ state, visit }) => !never.has(`${state}#${visit}`));
  return live.effects.filter((effect) => !never.has(visitOf(effect)));
}

function referenceEvent(event: WorkEvent): ReferenceEvent {
  const { state } = event;
  switch (event.kind) {
    case 'outcome':
      return { kind: 'outcome', state, outcome: event.outcome, data: event.form.data };
    case 'done': {
      const result = event.result as { readonly id?: string };
      return { kind: 'done', state, result, ...(event.outcome && { outcome: event.outcome }) };
    }
    case 'timer':
      return { kind: 'timer', state, timer: Number(event.timer) };
    default:
      return { kind: event.kind, state };
  }
}
