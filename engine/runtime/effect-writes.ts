import type { Assignment, Effect, Visit } from '../kernel/effects.ts';
import { isSameVisit, visitOf } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import type {
  Job,
  JobKind,
  Link,
  StoredCase,
  Subscription,
  Task,
  TaskChange,
  TimerOfVisit,
} from '../ports/step.ts';
import type { QueuePlace } from '../ports/queues.ts';
import type { LinkTokens } from './link-tokens.ts';
import { queueKey } from './queue-key.ts';

/** What the effects of a step mean for the tables. */
export interface EffectWrites {
  readonly open: Task[];
  readonly change: TaskChange[];
  readonly add: Job[];
  readonly stop: Visit[];
  readonly stopTimers: TimerOfVisit[];
  readonly subscribe: Subscription[];
  readonly unsubscribe: Visit[];
  readonly links: Link[];
  readonly join: QueuePlace[];
  readonly leave: Visit[];
}

interface Place {
  readonly stored: Pick<StoredCase, 'id' | 'parent' | 'workflow'>;
  readonly seq: number;
  readonly now: number;
  readonly tokens: LinkTokens;
}

/** How long the link of an ask stays good, in milliseconds. */
const LINK_LIFE = 90 * 24 * 60 * 60 * 1000;

export function taskId(caseId: string, { state, visit, item }: Visit): string {
  return `${caseId}/${state}/${visit}${item === undefined ? '' : `.${item}`}`;
}

/** Reads what {@link taskId} wrote; `undefined` for any other text. */
export function readTaskId(id: string): (Visit & { readonly caseId: string }) | undefined {
  const [, caseId, state, visit, item] =
    /^([^/]+)\/(.+)\/([1-9]\d{0,14})(?:[.](0|[1-9]\d{0,8}))?$/.exec(id) ?? [];
  if (caseId === undefined || state === undefined) return undefined;
  return {
    caseId,
    state,
    visit: Number(visit),
    ...(item === undefined ? {} : { item: Number(item) }),
  };
}

/** Turns effects into rows. The n-th effect of step `seq` has the key `CASE/SEQ/N`, for ever. */
export function writeEffects(effects: readonly Effect[], place: Place): EffectWrites {
  const writes: EffectWrites = {
    open: [],
    change: [],
    add: [],
    stop: [],
    stopTimers: [],
    subscribe: [],
    unsubscribe: [],
    links: [],
    join: [],
    leave: [],
  };
  for (const [index, effect] of effects.entries()) {
    writeEffect(effect, { key: `${place.stored.id}/${place.seq}/${index + 1}`, place, writes });
  }
  return writes;
}

type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

/** Where the rows of one effect go. */
interface Target {
  readonly key: string;
  readonly place: Place;
  readonly writes: EffectWrites;
}

/** What each kind of effect writes. */
const WRITERS: { readonly [K in Effect['kind']]: (effect: EffectOf<K>, target: Target) => void } = {
  call: (effect, target) => {
    const { operation, input, retry } = effect;
    const payload = { operation, input, ...(retry && { retry: { ...retry } }) };
    // Without a visit of its own, it is not removed when the visit is called off.
    if (effect.outlives === true) addJob(target, 'call', { ...payload, ...visitOf(effect) });
    else addJob(target, 'call', payload, effect);
  },
  undo: ({ entry, operation, input }, target) => {
    addJob(target, 'undo', { entry, operation, input });
  },
  // The case that takes work back is a child of the case as a whole, by the number of the entry.
  'undo-run': ({ entry, workflow, input }, target) => {
    addJob(target, 'run', { workflow, input, state: '', visit: entry });
  },
  'undo-child': (effect, target) => {
    addJob(target, 'undo-child', { entry: effect.entry, ...visitOf(effect) });
  },
  run: (effect, target) => {
    addJob(target, 'run', { workflow: effect.workflow, input: effect.input }, effect);
  },
  start: ({ workflow, input }, target) => {
    // Without a visit: it goes on whatever becomes of this case.
    addJob(target, 'start', { workflow, input });
  },
  timer: ({ timer, at, ...visit }, { key, place, writes }) => {
    const work = { visit: visitOf(visit), timer, payload: { timer, at }, runAt: at };
    writes.add.push({ id: key, caseId: place.stored.id, kind: 'timer', ...work });
  },
  'stop-timer': ({ timer, ...visit }, { writes }) => {
    writes.stopTimers.push({ ...visitOf(visit), timer });
  },
  send: ({ mail }, target) => {
    addJob(target, 'mail', { ...mail });
  },
  'send-to-role': ({ role, mail }, target) => {
    addJob(target, 'mail-to-role', { role, ...mail });
  },
  task: (effect, target) => {
    const { place, writes } = target;
    writes.open.push(taskOf({ ...effect, roles: rolesOf(effect.assignment) }, place));
    if (!isSettled(effect.assignment)) addJob(target, 'assign', { ...effect.assignment }, effect);
  },
  ask: (effect, target) => {
    const { key, place, writes } = target;
    writes.open.push(taskOf({ ...effect, roles: ['customer'], notBy: [] }, place));
    writes.links.push(linkOf(key, taskId(place.stored.id, effect), place));
    addJob(target, 'mail', { ...effect.mail, link: true }, effect);
  },
  reassign: (effect, target) => {
    const { assignment } = effect;
    const id = taskId(target.place.stored.id, effect);
    const roles = rolesOf(assignment);
    target.writes.change.push({ id, roles, assignee: null, status: 'open' });
    if (!isSettled(assignment)) addJob(target, 'assign', { ...assignment }, effect);
  },
  wait: ({ messages, state, visit, key, keep }, { place, writes }) => {
    const notBefore = place.now - keep;
    for (const message of messages) {
      writes.subscribe.push({ caseId: place.stored.id, state, visit, message, key, notBefore });
    }
  },
  'rest-child': (effect, target) => {
    addJob(target, 'rest-child', { resting: effect.resting, reason: effect.reason }, effect);
  },
  hear: ({ number, messages }, { place, writes }) => {
    writes.unsubscribe.push({ state: '', visit: number - 1 });
    const { id: caseId } = place.stored;
    for (const one of messages) {
      writes.subscribe.push({ caseId, state: '', visit: number, ...one });
    }
  },
  heard: ({ state, visit }, { writes }) => {
    writes.unsubscribe.push({ state, visit });
  },
  queue: (effect, target) => {
    const { place, writes } = target;
    const queue = queueKey(place.stored.workflow, effect.queue);
    const { most } = effect;
    // A step may both take a place and ask for it once more.
    if (!writes.join.some((one) => isSameVisit(one, effect))) {
      const standing = { caseId: place.stored.id, ...visitOf(effect) };
      writes.join.push({ ...standing, queue, most, since: place.now });
    }
    callUp(queue, target);
  },
  'leave-queue': (effect, target) => {
    const { place, writes } = target;
    writes.leave.push(visitOf(effect));
    // What would have told it that its turn has come has nothing to tell.
    writes.stop.push(visitOf(effect));
    callUp(queueKey(place.stored.workflow, effect.queue), target);
  },
  stop: (effect, target) => {
    stopWork(effect, target);
  },
  finish: ({ outcome, data }, target) => {
    if (target.place.stored.parent !== undefined) addJob(target, 'report', { outcome, data });
  },
  'child-undone': ({ entry }, target) => {
    addJob(target, 'report', { undone: entry });
  },
};

function writeEffect<K extends Effect['kind']>(effect: EffectOf<K>, target: Target): void {
  WRITERS[effect.kind](effect, target);
}

function addJob(
  { key, place, writes }: Target,
  kind: JobKind,
  payload: JsonObject,
  visit?: Visit,
): void {
  const at = visit === undefined ? {} : { visit: visitOf(visit) };
  writes.add.push({ id: key, caseId: place.stored.id, kind, payload, runAt: place.now, ...at });
}

/** Looks who is next in a queue, whatever becomes of this case. */
function callUp(queue: string, { key, place, writes }: Target): void {
  writes.add.push({ id: key, caseId: queue, kind: 'call-up', payload: {}, runAt: place.now });
}

function stopWork(effect: EffectOf<'stop'>, target: Target): void {
  const { place, writes } = target;
  const { work } = effect;
  writes.stop.push(visitOf(effect));
  // Without a visit of its own: the jobs of the visit that is left are removed.
  if (work === 'run') {
    addJob(target, 'cancel-child', {
      ...visitOf(effect),
      ...(effect.plain && { plain: effect.plain }),
    });
  }
  if (work === 'task' || work === 'ask') {
    writes.change.push({ id: taskId(place.stored.id, effect), status: 'called-off' });
  }
}

type PersonEffect = Extract<Effect, { readonly kind: 'task' | 'ask' }> & {
  readonly roles: readonly string[];
  readonly notBy: readonly string[];
};

function rolesOf(assignment: Assignment): readonly string[] {
  return assignment.kind === 'roles' ? assignment.roles : [];
}

/** Nothing is left to find out: the roles are known to exist, and whoever has one claims the task. */
function isSettled(assignment: Assignment): boolean {
  return assignment.kind === 'roles' && assignment.pick === 'claim' && assignment.computed !== true;
}

function taskOf(effect: PersonEffect, { stored, now }: Place): Task {
  const due = effect.kind === 'task' ? effect.due : undefined;
  return {
    id: taskId(stored.id, effect),
    caseId: stored.id,
    ...visitOf(effect),
    kind: effect.kind,
    title: effect.title,
    form: effect.form,
    roles: effect.roles,
    notBy: effect.notBy,
    status: 'open',
    createdAt: now,
    ...(due === undefined ? {} : { due }),
  };
}

function linkOf(key: string, task: string, { stored, now, tokens }: Place): Link {
  return {
    hash: tokens.hashOf(tokens.forEffect(key)),
    caseId: stored.id,
    purpose: 'task',
    taskId: task,
    expiresAt: now + LINK_LIFE,
  };
}
