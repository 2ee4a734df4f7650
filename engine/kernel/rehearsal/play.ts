import type { CompiledWorkflow } from '../compile/compile-workflow.ts';
import type { Moment } from '../compile/case-context.ts';
import type { CaseIdentity } from '../case-state.ts';
import type { Actor, Effect, Visit } from '../effects.ts';
import { visitOf } from '../effects.ts';
import type { CaseEvent } from '../event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Beginning } from '../transition/begin.ts';
import { begin } from '../transition/begin.ts';
import type { Refusal, StepResult } from '../transition/step-result.ts';
import { transition } from '../transition/transition.ts';
import { Alarms } from './alarms.ts';
import type { Alarm } from './alarms.ts';
import { answerToCall, answerToRun } from './answers.ts';
import type { Answer } from './answers.ts';
import { isListening, isOfKind, momentIn, rehearsedOf } from './rehearsed.ts';
import type {
  EffectOf,
  Happening,
  Listening,
  Rehearsed,
  Surroundings,
  UndoingEffect,
} from './rehearsed.ts';
import { referenceOf } from './reference.ts';
import { unassignable } from './unassignable.ts';
import type { Mocks } from './mocks.ts';
import type { KeptMessage } from './post.ts';
import { Post } from './post.ts';
import { Queues } from './queues.ts';
import { OpenTasks, childKey, isAt, isOf } from './stage-visits.ts';

/** The most steps of one rehearsal; more is taken for a workflow that never rests. */
const MOST_STEPS = 5_000;

/**
 * The cases on the stage, step by step, and what each step asks for: calls are answered by mocks,
 * child cases run, timers fire when their time comes, mails and messages are kept.
 */
export class Play {
  readonly happenings: Happening[] = [];
  readonly taken = new Set<string>();
  readonly entered = new Set<string>();
  /** The open tasks of the case itself. */
  readonly tasks = new OpenTasks();
  readonly #around: Surroundings;
  readonly #mocks: Mocks;
  readonly #alarms = new Alarms<Rehearsed>();
  readonly #queue: (() => void)[] = [];
  readonly #post = new Post<Rehearsed>();
  readonly #queues = new Queues<Rehearsed>();
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

  /** The case that the test case begins, once it is there. */
  get main(): Rehearsed | undefined {
    return this.#main;
  }

  get moment(): Moment {
    return momentIn(this.#around.core, this.#now);
  }

  /** Begins the case itself and plays on until it waits. */
  begin(compiled: CompiledWorkflow, starter: Actor, beginning: Beginning): Refusal | undefined {
    const first = begin(compiled, this.#identity(compiled, starter), beginning, this.moment);
    if (first.kind === 'refused') return first;
    this.#main = this.#enter(compiled, first);
    this.#play();
    return undefined;
  }

  /** Takes a step of a case and plays on until all cases wait. */
  step(of: Rehearsed, event: CaseEvent): Refusal | undefined {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) {
      this.#incident('endless', 'The case never comes to rest.');
      return undefined;
    }
    const result = transition(of.compiled, of.live, event, this.moment);
    if (result.kind === 'refused') return result;
    Object.assign(of, { live: result.case, result });
    this.#record(of, result);
    this.#play();
    return undefined;
  }

  /** Keeps a message for whoever waits for it, now or soon enough. */
  receive(message: Omit<KeptMessage, 'at'>): void {
    this.#post.keep({ ...message, at: this.#now });
    this.#match();
    this.#play();
  }

  /** Lets time pass up to an instant (epoch milliseconds); timers fire in their order. */
  passUntil(instant: number): void {
    for (let next = this.#alarms.take(instant); next; next = this.#alarms.take(instant)) {
      this.#now = Math.max(this.#now, next.at);
      this.#fire(next);
    }
    this.#now = Math.max(this.#now, instant);
  }

  #fire(alarm: Alarm<Rehearsed>): void {
    const { of, timer, at } = alarm;
    this.step(of, { kind: 'timer', ...visitOf(alarm), timer, at });
  }

  #identity({ workflow }: CompiledWorkflow, starter: Actor): CaseIdentity {
    this.#cases += 1;
    const { timeZone } = this.#around.core;
    const reference = referenceOf(workflow, this.#cases, this.#now, timeZone);
    return { id: `case-${this.#cases}`, reference, starter };
  }

  #enter(
    compiled: CompiledWorkflow,
    first: StepResult,
    as?: Rehearsed['parent'] | 'detached',
  ): Rehearsed {
    const entered = rehearsedOf(compiled, first, as);
    if (typeof as === 'object') as.of.children.set(childKey(as), entered);
    this.#record(entered, first);
    return entered;
  }

  #record(of: Rehearsed, result: StepResult): void {
    if (of.parent === undefined && of.isDetached !== true) {
      for (const rule of result.taken) this.taken.add(rule);
      for (const state of Object.keys(result.case.context.visits)) this.entered.add(state);
    }
    for (const effect of result.effects)
      this.#queue.push(() => {
        this.#carryOut(of, effect);
      });
  }

  /** Carries out what waits and is due, in order; so with what that leads to. */
  #play(): void {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) next();
    } finally {
      this.#isPlaying = false;
    }
  }

  #next(): (() => void) | undefined {
    const alarm = this.#queue.length > 0 ? undefined : this.#alarms.take(this.#now);
    return alarm ? this.#fire.bind(this, alarm) : this.#queue.shift();
  }

  #carryOut(of: Rehearsed, effect: Effect): void {
    const { kind } = effect;
    if ('mail' in effect) {
      this.happenings.push({ kind: 'sent', message: effect.mail.message });
    } else if (isListening(effect)) this.#listen(of, effect);
    else if (kind === 'call') this.#call(of, effect);
    else if (kind === 'run') this.#run(of, effect, visitOf(effect));
    else if (kind === 'start') this.#detach(of, effect);
    else if (isOfKind(effect, 'queue', 'leave-queue')) this.#queueUp(of, effect);
    else if (kind === 'stop') this.#stop(of, effect);
    else if (kind === 'finish') this.#finish(of, effect.outcome, effect.data);
    else if (isOfKind(effect, 'timer', 'stop-timer')) this.#alarms.set(of, effect);
    else if (isOfKind(effect, 'task', 'reassign')) this.#assign(of, effect);
    else this.#undo(of, effect);
  }

  /** A wait hears until it has heard; what is heard under `on` is what the newest list says. */
  #listen(of: Rehearsed, effect: Listening): void {
    if (effect.kind === 'wait') {
      this.#post.await({ of, wait: { ...effect, notBefore: this.#now - effect.keep } });
    } else if (effect.kind === 'heard') this.#post.forget(isOf({ of, ...effect }));
    else this.#post.listen(of, effect);
    this.#match();
  }

  /** Whoever is next in a queue that has room is admitted at once. */
  #queueUp(of: Rehearsed, effect: EffectOf<'queue' | 'leave-queue'>): void {
    const visit = { of, ...visitOf(effect) };
    // A queue belongs to its workflow; the cases that this one runs may be of others.
    const queue = `${of.compiled.workflow.name}/${effect.queue}`;
    if (effect.kind === 'leave-queue') this.#queues.leave(visit);
    else this.#queues.join({ ...visit, queue, most: effect.most });
    for (let next = this.#queues.admit(); next !== undefined; next = this.#queues.admit()) {
      const { of: admitted, state, visit: number } = next;
      this.#queue.push(() => this.step(admitted, { kind: 'admit', state, visit: number }));
    }
  }

  #assign(of: Rehearsed, effect: EffectOf<'task' | 'reassign'>): void {
    const unfit = unassignable(effect.assignment, this.#around.core);
    if (unfit !== undefined) this.#incident(unfit.code, unfit.message);
    if (of === this.#main) this.tasks.take(effect);
  }

  #undo(of: Rehearsed, effect: UndoingEffect): void {
    if (effect.kind === 'rest-child') return;
    const { entry } = effect;
    const child = 'state' in effect && of.children.get(childKey(effect));
    if (effect.kind === 'undo') {
      this.#takeBack(of, effect);
    } else if (effect.kind === 'undo-run') {
      this.#run(of, effect, { state: '', visit: entry });
    } else if (effect.kind === 'child-undone') {
      if (of.parent !== undefined) this.step(of.parent.of, { kind: 'undone', entry });
    } else if (child) this.step(child, { kind: 'undo', entry });
    else this.step(of, { kind: 'undone', entry });
  }

  /** What takes work back needs no mock; one that it has may fail. */
  #takeBack(of: Rehearsed, { operation, entry }: EffectOf<'undo'>): void {
    this.#called(operation);
    const visit = { state: '', visit: entry };
    if (!this.#mocks.has(operation)) this.#succeed(of, visit, { result: {} });
    else this.#answer(of, visit, answerToCall(operation, this.#mocks, this.#around));
  }

  #call(of: Rehearsed, effect: EffectOf<'call'>): void {
    const { operation } = effect;
    this.#called(operation);
    this.#answer(of, visitOf(effect), answerToCall(operation, this.#mocks, this.#around));
  }

  #run(of: Rehearsed, effect: EffectOf<'run' | 'undo-run'>, visit: Visit): void {
    this.#called(effect.workflow);
    const answer = answerToRun(effect.workflow, of, this.#mocks, this.#around);
    if (answer.kind !== 'case') this.#answer(of, visit, answer);
    else this.#beginRun(of, answer.compiled, effect.input, { of, ...visit });
  }

  /** A case that is started goes on by itself; one that has a mock is only said to have begun. */
  #detach(of: Rehearsed, { workflow, input }: EffectOf<'start'>): void {
    this.#called(workflow);
    const answer = answerToRun(workflow, of, this.#mocks, this.#around);
    if (answer.kind === 'case') this.#beginRun(of, answer.compiled, input, 'detached');
    else if (answer.kind === 'incident') this.#incident(answer.code, answer.message);
  }

  #beginRun(
    of: Rehearsed,
    compiled: CompiledWorkflow,
    input: JsonObject,
    as: Rehearsed['parent'] | 'detached',
  ): void {
    const identity = this.#identity(compiled, of.live.context.identity.starter);
    const first = begin(compiled, identity, { kind: 'run', input }, this.moment);
    if (first.kind === 'refused') this.#incident(first.code, first.message);
    else this.#enter(compiled, first, as);
  }

  #answer(of: Rehearsed, visit: Visit, answer: Answer): void {
    if (answer.kind === 'incident') this.#incident(answer.code, answer.message);
    else if (answer.kind === 'failure') {
      this.#fail(of, visit, answer.error.code, answer.error.message);
    } else this.#succeed(of, visit, { result: answer.value });
  }

  /** A case that takes work back answers no state, but an entry of the undo list. */
  #succeed(of: Rehearsed, visit: Visit, end: { result: Json; outcome?: string }): void {
    const event: CaseEvent =
      visit.state === ''
        ? { kind: 'undone', entry: visit.visit }
        : { kind: 'done', ...visit, ...end };
    this.#answered(this.step(of, event));
  }

  #finish(of: Rehearsed, outcome: string, data: Json): void {
    if (of.parent === undefined) return;
    const { of: parent } = of.parent;
    const visit = visitOf(of.parent);
    const handlers = parent.compiled.states.get(visit.state)?.on ?? [];
    if (outcome === 'failed' && !handlers.some(({ event }) => event === outcome)) {
      this.#fail(parent, visit, 'child-failed', 'The case that it ran ended as failed.');
      return;
    }
    this.#succeed(parent, visit, { result: data, outcome });
  }

  /** A failure that the workflow does not handle is an incident of its own code. */
  #fail(of: Rehearsed, visit: Visit, code: string, message: string): void {
    const event: CaseEvent = { kind: 'failed', ...visit, error: { code, message } };
    const refused = visit.state === '' ? undefined : this.step(of, event);
    if (visit.state === '' || refused?.code === 'unhandled') this.#incident(code, message);
    else this.#answered(refused);
  }

  #stop(of: Rehearsed, effect: EffectOf<'stop'>): void {
    const visit = visitOf(effect);
    this.#alarms.forget((alarm) => isAt(alarm, { of, ...visit }));
    this.#post.forget(isOf({ of, ...visit }));
    if (of === this.#main) this.tasks.drop(effect);
    const child = of.children.get(childKey(visit));
    if (effect.work === 'run' && child !== undefined) this.step(child, { kind: 'cancel' });
  }

  #match(): void {
    for (const delivery of this.#post.match()) {
      const { state, visit } = delivery.to.wait;
      const { name, body } = delivery.message;
      this.#queue.push(() => {
        const refused = this.step(delivery.to.of, { kind: 'message', state, visit, name, body });
        if (refused !== undefined) this.#post.refuse(delivery, refused.code);
        this.#answered(refused);
        if (state === '' || refused !== undefined) this.#match();
      });
    }
  }

  /** An answer that is refused for anything but coming late would be an incident. */
  #answered(refused: Refusal | undefined): void {
    if (refused !== undefined && refused.code !== 'stale') {
      this.#incident(refused.code, refused.message);
    }
  }

  #called(operation: string): void {
    this.happenings.push({ kind: 'called', operation });
  }

  #incident(code: string, message: string): void {
    this.happenings.push({ kind: 'incident', code, message });
  }
}
