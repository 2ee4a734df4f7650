import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Moment } from '../compile/case-context.ts';
import type { CaseIdentity } from '../case-state.ts';
import type { Actor, Effect, TaskEffect, Visit, WaitEffect } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Validator } from '../validator/validator.ts';
import type { CoreView } from '../core-view.ts';
import type { Beginning } from '../transition/begin.ts';
import { begin } from '../transition/begin.ts';
import type { LiveCase } from '../transition/live-case.ts';
import type { Refusal, StepResult } from '../transition/step-result.ts';
import { transition } from '../transition/transition.ts';
import { Alarms } from './alarms.ts';
import type { Mocks } from './mocks.ts';
import { Post } from './post.ts';
import type { Waiting } from './post.ts';

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

type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

/** One case on the stage. */
interface Rehearsed {
  readonly compiled: CompiledWorkflow;
  live: LiveCase;
  result: StepResult;
  readonly parent?: { readonly of: Rehearsed } & Visit;
  readonly children: Map<string, Rehearsed>;
}

/** The most steps of one rehearsal; more is taken for a workflow that never rests. */
const MOST_STEPS = 5_000;

/**
 * A case and its children, played through on a simulated clock: calls are answered by mocks, child
 * cases run, timers fire when their time comes, mails and messages are kept. Nothing leaves it.
 */
export class Stage {
  readonly happenings: Happening[] = [];
  readonly taken = new Set<string>();
  readonly entered = new Set<string>();
  readonly #around: Surroundings;
  readonly #mocks: Mocks;
  readonly #alarms = new Alarms<Rehearsed>();
  readonly #queue: (() => void)[] = [];
  readonly #tasks = new Map<string, TaskEffect>();
  readonly #post = new Post<Rehearsed>();
  #now: number;
  #steps = 0;
  #main: Rehearsed | undefined;
  #cases = 0;
  #isPlaying = false;

  constructor(around: Surroundings, mocks: Mocks, now: number) {
    this.#around = around;
    this.#mocks = mocks;
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  /** The case itself, once it has begun. */
  get main(): { readonly result: StepResult; readonly data: JsonObject } | undefined {
    return this.#main && { result: this.#main.result, data: this.#main.live.context.data };
  }

  /** Begins the case and plays on until it waits. */
  begin(compiled: CompiledWorkflow, starter: Actor, beginning: Beginning): Refusal | undefined {
    const first = begin(compiled, this.#identity(compiled, starter), beginning, this.#moment());
    if (first.kind === 'refused') return first;
    this.#main = this.#enter(compiled, first);
    this.#play();
    return undefined;
  }

  /** Completes the task or ask that the case waits for in a state. */
  complete(
    state: string,
    outcome: string,
    actor: Actor,
    form: Extract<CaseEvent, { readonly kind: 'outcome' }>['form'],
  ): Refusal | undefined {
    const main = this.#main;
    const visit = main?.live.context.open[state]?.visit;
    if (main === undefined || visit === undefined) {
      return {
        kind: 'refused',
        code: 'stale',
        message: `The case is not in "${state}". It is in ${this.#main?.result.states.join(', ') ?? 'no state'}.`,
      };
    }
    return this.#step(main, { kind: 'outcome', state, visit, outcome, form, actor });
  }

  /** The task that is open in a state of the case. */
  taskIn(state: string): TaskEffect | undefined {
    return this.#tasks.get(state);
  }

  /** Lets a message come in; it is kept until something waits for it. */
  receive(name: string, body: JsonObject): void {
    const correlate = this.#around.core.messages.get(name)?.correlate ?? '';
    const key = body[correlate];
    const text = typeof key === 'string' || typeof key === 'number' ? String(key) : '';
    this.#post.keep({ name, key: text, body });
    this.#match();
    this.#play();
  }

  /** Lets time pass up to an instant; timers fire in their order. */
  passUntil(instant: number): void {
    for (let next = this.#alarms.take(instant); next; next = this.#alarms.take(instant)) {
      const { of, at, state, visit, timer } = next;
      this.#now = Math.max(this.#now, at);
      this.#step(of, { kind: 'timer', state, visit, timer });
    }
    this.#now = Math.max(this.#now, instant);
  }

  #moment(): Moment {
    const { core } = this.#around;
    const calendar = core.calendars.get('default');
    return {
      now: this.#now,
      timeZone: core.timeZone,
      calendar: calendar ?? { timeZone: core.timeZone, hours: [], holidays: [] },
    };
  }

  #identity({ workflow }: CompiledWorkflow, starter: Actor): CaseIdentity {
    this.#cases += 1;
    const year = new Intl.DateTimeFormat('en', {
      year: 'numeric',
      timeZone: this.#around.core.timeZone,
    }).format(this.#now);
    const reference = workflow.reference
      .replaceAll('{year}', year)
      .replaceAll('{number}', String(this.#cases));
    return { id: `case-${this.#cases}`, reference, starter };
  }

  #enter(compiled: CompiledWorkflow, first: StepResult, parent?: Rehearsed['parent']): Rehearsed {
    const entered: Rehearsed = {
      compiled,
      live: first.case,
      result: first,
      children: new Map(),
      ...(parent === undefined ? {} : { parent }),
    };
    this.#record(entered, first);
    return entered;
  }

  #step(of: Rehearsed, event: CaseEvent): Refusal | undefined {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) {
      this.#incident('endless', 'The case never comes to rest.');
      return undefined;
    }
    const result = transition(of.compiled, of.live, event, this.#moment());
    if (result.kind === 'refused') return result;
    of.live = result.case;
    of.result = result;
    this.#record(of, result);
    this.#play();
    return undefined;
  }

  #record(of: Rehearsed, result: StepResult): void {
    if (of.parent === undefined) {
      for (const rule of result.taken) this.taken.add(rule);
      for (const state of Object.keys(result.case.context.visits)) this.entered.add(state);
    }
    for (const effect of result.effects)
      this.#queue.push(() => {
        this.#carryOut(of, effect);
      });
  }

  /** Carries out what waits, in order; what that leads to is carried out by the same round. */
  #play(): void {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) next();
    } finally {
      this.#isPlaying = false;
    }
  }

  #carryOut(of: Rehearsed, effect: Effect): void {
    const { kind } = effect;
    if (kind === 'ask' || kind === 'send') {
      this.happenings.push({ kind: 'sent', message: effect.mail.message });
    } else if (kind === 'call') this.#call(of, effect);
    else if (kind === 'run') this.#run(of, effect);
    else if (kind === 'stop') this.#stop(of, effect);
    else if (kind === 'finish') this.#finish(of, effect.outcome, effect.data);
    else if (kind === 'timer') this.#alarms.add({ ...effect, of });
    else if (kind === 'wait') this.#await(of, effect);
    else if (kind === 'heard') this.#post.forget(isOf({ of, ...effect }));
    else if (kind === 'task' || kind === 'reassign') this.#assign(of, effect);
    else this.#undo(of, effect);
  }

  #await(of: Rehearsed, wait: WaitEffect): void {
    this.#post.await({ of, wait });
    this.#match();
  }

  #assign(of: Rehearsed, effect: EffectOf<'task' | 'reassign'>): void {
    if (of !== this.#main) return;
    const known = this.#tasks.get(effect.state);
    if (effect.kind === 'task') this.#tasks.set(effect.state, effect);
    else if (known !== undefined) this.#tasks.set(effect.state, { ...known, role: effect.role });
  }

  #undo(of: Rehearsed, effect: UndoingEffect): void {
    if (effect.kind === 'rest-child') return;
    const { entry } = effect;
    const child = 'state' in effect && of.children.get(`${effect.state}#${effect.visit}`);
    if (effect.kind === 'undo') {
      this.happenings.push({ kind: 'called', operation: effect.operation });
      this.#step(of, { kind: 'undone', entry });
    } else if (effect.kind === 'child-undone') {
      if (of.parent !== undefined) this.#step(of.parent.of, { kind: 'undone', entry });
    } else if (child) this.#step(child, { kind: 'undo', entry });
    else this.#step(of, { kind: 'undone', entry });
  }

  #call(of: Rehearsed, effect: EffectOf<'call'>): void {
    const { operation, state, visit } = effect;
    this.happenings.push({ kind: 'called', operation });
    const answer = this.#mocks.next(operation);
    if (answer === undefined) {
      this.#incident('no-mock', `There is no mock for this call of ${operation}.`);
      return;
    }
    if (answer.kind === 'failure') {
      this.#fail(of, { state, visit }, answer.error.code, answer.error.message);
      return;
    }
    const schema = this.#around.core.operations.get(operation)?.outputSchema ?? true;
    const [error] = this.#around.validator.compile(schema)(answer.value);
    if (error !== undefined) {
      const where = error.pointer === '' ? 'The mock' : `The mock's "${error.pointer}"`;
      this.#incident('mock-unfit', `${where} of ${operation} ${error.message}.`);
      return;
    }
    this.#answered(this.#step(of, { kind: 'done', state, visit, result: answer.value }));
  }

  #run(of: Rehearsed, effect: EffectOf<'run'>): void {
    const { workflow, state, visit, input } = effect;
    const mock = this.#mocks.next(workflow);
    if (mock?.kind === 'result') {
      this.#answered(this.#step(of, { kind: 'done', state, visit, result: mock.value }));
      return;
    }
    if (mock?.kind === 'failure') {
      this.#fail(of, { state, visit }, mock.error.code, mock.error.message);
      return;
    }
    const compiled = this.#around.runnable(workflow);
    if (compiled === undefined) {
      this.#incident('no-mock', `There is no mock for ${workflow}, and it cannot be run here.`);
      return;
    }
    const starter = of.live.context.identity.starter;
    const identity = this.#identity(compiled, starter);
    const first = begin(compiled, identity, { kind: 'run', input }, this.#moment());
    if (first.kind === 'refused') {
      this.#incident(first.code, first.message);
      return;
    }
    const child = this.#enter(compiled, first, { of, state, visit });
    of.children.set(`${state}#${visit}`, child);
  }

  #finish(of: Rehearsed, outcome: string, data: Json): void {
    if (of.parent === undefined) return;
    const { of: parent, state, visit } = of.parent;
    const handles = parent.compiled.states.get(state)?.on.some(({ event }) => event === outcome);
    if (outcome === 'failed' && handles !== true) {
      this.#fail(parent, { state, visit }, 'child-failed', 'The case that it ran ended as failed.');
      return;
    }
    this.#answered(this.#step(parent, { kind: 'done', state, visit, result: data, outcome }));
  }

  /** A failure that the workflow does not handle is an incident of its own code. */
  #fail(of: Rehearsed, { state, visit }: Visit, code: string, message: string): void {
    const refused = this.#step(of, { kind: 'failed', state, visit, error: { code, message } });
    if (refused?.code === 'unhandled') this.#incident(code, message);
    else this.#answered(refused);
  }

  #stop(of: Rehearsed, { state, visit, work }: EffectOf<'stop'>): void {
    this.#alarms.forget((alarm) => isAt(alarm, { of, state, visit }));
    this.#post.forget(isOf({ of, state, visit }));
    if (of === this.#main) this.#tasks.delete(state);
    const child = of.children.get(`${state}#${visit}`);
    if (work === 'run' && child !== undefined) this.#step(child, { kind: 'cancel' });
  }

  #match(): void {
    for (const { to, message } of this.#post.match()) {
      const { state, visit } = to.wait;
      const { name, body } = message;
      this.#queue.push(() => {
        this.#answered(this.#step(to.of, { kind: 'message', state, visit, name, body }));
      });
    }
  }

  /** An answer that is refused for anything but coming late would be an incident. */
  #answered(refused: Refusal | undefined): void {
    if (refused !== undefined && refused.code !== 'stale') {
      this.#incident(refused.code, refused.message);
    }
  }

  #incident(code: string, message: string): void {
    this.happenings.push({ kind: 'incident', code, message });
  }
}

/** What takes work back; nobody suspends a case of a rehearsal. */
type UndoingEffect = EffectOf<'undo' | 'undo-child' | 'child-undone' | 'rest-child'>;

/** One visit of one case on the stage. */
type StageVisit = { readonly of: Rehearsed } & Visit;

function isAt(one: StageVisit, { of, state, visit }: StageVisit): boolean {
  return one.of === of && one.state === state && one.visit === visit;
}

/** Tells whether somebody waits in this visit. */
function isOf(visit: StageVisit): (waiting: Waiting<Rehearsed>) => boolean {
  return ({ of, wait }) => isAt({ ...wait, of }, visit);
}
