import type { Moment, RunningTimer } from '../../../engine/kernel/compile/case-context.ts';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { Actor, Effect, Visit } from '../../../engine/kernel/effects.ts';
import type { CaseEvent, FormValues } from '../../../engine/kernel/event.ts';
import type { Json, JsonObject } from '../../../engine/kernel/json.ts';
import { begin } from '../../../engine/kernel/transition/begin.ts';
import type { Beginning } from '../../../engine/kernel/transition/begin.ts';
import { persist, restore } from '../../../engine/kernel/transition/live-case.ts';
import type { Refusal, StepResult } from '../../../engine/kernel/transition/step-result.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import type { WrittenWorkflow } from '../fixtures/workshop.ts';
import { compiled, compiledUnchecked } from '../fixtures/workshop.ts';

export const NOW = Date.parse('2027-03-01T09:00Z');
export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

export const CLERK: Actor = { kind: 'staff', id: 'u1', name: 'Cleo Clerk' };
export const MANAGER: Actor = { kind: 'staff', id: 'u2', name: 'Max Manager' };
const SOMEBODY: Actor = { kind: 'public', id: 'public', name: 'Somebody' };

type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

/** What a test gives of a form: values of the data, and of the form's own fields. */
export type Given = Partial<FormValues>;

/** Plays one case through the kernel; every step is taken from the stored form of the case. */
export class Play {
  readonly compiled: CompiledWorkflow;
  result: StepResult;
  now: number;

  constructor(workflow: CompiledWorkflow, result: StepResult, now: number) {
    this.compiled = workflow;
    this.result = result;
    this.now = now;
  }

  get states(): readonly string[] {
    return this.result.states;
  }

  get data(): JsonObject {
    return this.result.case.context.data;
  }

  /** What the last step asks for, shortly: `call first#1`, `stop first#1 (task)`. */
  get effects(): readonly string[] {
    return shownEffects(this.result);
  }

  /** The effects of one kind that the last step asks for. */
  asked<K extends Effect['kind']>(kind: K): readonly EffectOf<K>[] {
    return this.result.effects.filter((effect): effect is EffectOf<K> => effect.kind === kind);
  }

  /** The visit of a state that the case is in. */
  visit(state: string): Visit {
    return { state, visit: this.result.case.context.visits[state] ?? 0 };
  }

  /** Takes an event and expects it to be taken. */
  take(event: CaseEvent): this {
    const result = this.offer(event);
    if (result.kind === 'refused') throw new Error(`Refused: ${result.code}: ${result.message}`);
    this.result = result;
    return this;
  }

  /** Offers an event without keeping what comes of it; a timer when it is due. */
  offer(event: CaseEvent): StepResult | Refusal {
    const stored = JSON.parse(JSON.stringify(persist(this.result.case))) as never;
    const moment = this.moment();
    const now = event.kind === 'timer' ? Math.max(moment.now, event.at) : moment.now;
    const live = restore(stored, this.compiled);
    return transition(this.compiled, live, event, { ...moment, now });
  }

  /** The code by which an event is refused. */
  refusal(event: CaseEvent): string {
    const result = this.offer(event);
    return result.kind === 'refused' ? result.code : 'taken';
  }

  outcome(state: string, outcome: string, given: Given = {}, actor = CLERK): CaseEvent {
    const form = { data: given.data ?? {}, own: given.own ?? {} };
    return { kind: 'outcome', ...this.visit(state), outcome, form, actor };
  }

  /** Completes a task or an ask. */
  complete(state: string, outcome: string, given?: Given, actor?: Actor): this {
    return this.take(this.outcome(state, outcome, given, actor));
  }

  done(state: string, result: Json = { id: `${state}-1` }, outcome?: string): this {
    const visit = this.visit(state);
    return this.take({
      kind: 'done',
      ...visit,
      result,
      ...(outcome === undefined ? {} : { outcome }),
    });
  }

  fail(state: string, code = 'BROKEN'): this {
    return this.take({ kind: 'failed', ...this.visit(state), error: { code, message: code } });
  }

  timer(state: string, timer = '0'): this {
    return this.take(this.timerEvent(state, timer));
  }

  /** A timer of the visit that the case is in, as it is set now. */
  timerEvent(state: string, timer = '0'): CaseEvent {
    const at = this.timerIn(state, timer)?.at ?? 0;
    return { kind: 'timer', ...this.visit(state), timer, at };
  }

  timerIn(state: string, timer = '0'): RunningTimer | undefined {
    const { open } = this.result.case.context;
    return open[state]?.timers?.find(({ name }) => name === timer);
  }

  hear(state: string, body: JsonObject, name = 'depot.arrived'): this {
    return this.take({ kind: 'message', ...this.visit(state), name, body });
  }

  moment(): Moment {
    return momentAt(this.now);
  }
}

/** A moment in the company's zone, with its calendar. */
export function momentAt(now: number): Moment {
  return { now, ...PLACE };
}

const PLACE = {
  timeZone: 'Europe/Dublin',
  calendar: {
    timeZone: 'Europe/Dublin',
    hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 540, to: 1020 })),
    holidays: [],
  },
};

const EMAIL = { email: 'a@ada.example' };

/** The first step of a case of a compiled workflow. */
export function firstStep(
  workflow: CompiledWorkflow,
  data: JsonObject = {},
  starter: Actor = SOMEBODY,
): StepResult | Refusal {
  const form = { data: { ...EMAIL, ...data }, own: {} };
  return beginBy(workflow, { kind: 'form', start: 'online', form }, starter);
}

export function beginBy(
  workflow: CompiledWorkflow,
  beginning: Beginning,
  starter: Actor = SOMEBODY,
): StepResult | Refusal {
  const identity = { id: 'c1', reference: 'S-1', starter };
  return begin(workflow, identity, beginning, momentAt(NOW));
}

/** Begins a case of a workflow that has been compiled. */
export function playOf(workflow: CompiledWorkflow, data?: JsonObject, starter?: Actor): Play {
  const result = firstStep(workflow, data, starter);
  if (result.kind === 'refused') throw new Error(`Refused: ${result.code}: ${result.message}`);
  return new Play(workflow, result, NOW);
}

/** Begins a case in states that the checker would refuse, and the kernel must stand. */
export function playUnchecked(states: string, data?: JsonObject): Play {
  return playOf(compiledUnchecked({ states }), data);
}

/** Begins a case in the states that a test writes. */
export function play(
  states: string | WrittenWorkflow,
  data?: JsonObject,
  helpers: readonly WrittenWorkflow[] = [],
): Play {
  const written = typeof states === 'string' ? { states } : states;
  return playOf(compiled(written, helpers), data);
}

/** What a step asks for, shortly. */
export function shownEffects({ effects }: StepResult): readonly string[] {
  return effects.map(shown);
}

function shown(effect: Effect): string {
  const visit = 'visit' in effect ? ` ${effect.state}#${effect.visit}` : '';
  switch (effect.kind) {
    case 'stop':
      return `stop${visit} (${effect.work})`;
    case 'timer':
    case 'stop-timer':
      return `${effect.kind}${visit} ${effect.timer}`;
    case 'undo':
      return `undo ${effect.entry} ${effect.operation} ${JSON.stringify(effect.input)}`;
    case 'undo-child':
      return `undo-child ${effect.entry}${visit}`;
    case 'child-undone':
      return `child-undone ${effect.entry}`;
    case 'send':
      return `send ${effect.mail.message}`;
    case 'finish':
      return `finish ${effect.outcome}`;
    default:
      return `${effect.kind}${visit}`;
  }
}
