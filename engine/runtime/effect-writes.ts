import type { Effect, Visit } from '../kernel/effects.ts';
import type { JsonObject } from '../kernel/json.ts';
import { assertNever } from '../kernel/assert-never.ts';
import type {
  Job,
  JobKind,
  Link,
  StoredCase,
  Subscription,
  Task,
  TaskChange,
} from '../ports/step.ts';
import type { LinkTokens } from './link-tokens.ts';

/** What the effects of a step mean for the tables. */
export interface EffectWrites {
  readonly open: Task[];
  readonly change: TaskChange[];
  readonly add: Job[];
  readonly stop: Visit[];
  readonly subscribe: Subscription[];
  readonly links: Link[];
}

interface Place {
  readonly stored: Pick<StoredCase, 'id' | 'parent'>;
  readonly seq: number;
  readonly now: number;
  readonly tokens: LinkTokens;
}

/** How long the link of an ask stays good, in milliseconds. */
const LINK_LIFE = 90 * 24 * 60 * 60 * 1000;

export function taskId(caseId: string, { state, visit }: Visit): string {
  return `${caseId}/${state}/${visit}`;
}

/** Turns effects into rows. The n-th effect of step `seq` has the key `CASE/SEQ/N`, for ever. */
export function writeEffects(effects: readonly Effect[], place: Place): EffectWrites {
  const writes: EffectWrites = {
    open: [],
    change: [],
    add: [],
    stop: [],
    subscribe: [],
    links: [],
  };
  for (const [index, effect] of effects.entries()) {
    writeEffect(effect, `${place.stored.id}/${place.seq}/${index + 1}`, place, writes);
  }
  return writes;
}

function writeEffect(effect: Effect, key: string, place: Place, writes: EffectWrites): void {
  const caseId = place.stored.id;
  const job = (kind: JobKind, payload: JsonObject, visit?: Visit, runAt = place.now): void => {
    const at = visit === undefined ? {} : { visit: { state: visit.state, visit: visit.visit } };
    writes.add.push({ id: key, caseId, kind, payload, runAt, ...at });
  };
  switch (effect.kind) {
    case 'call':
      job('call', { operation: effect.operation, input: effect.input }, effect);
      break;
    case 'undo':
      job('undo', { entry: effect.entry, operation: effect.operation, input: effect.input });
      break;
    case 'undo-child':
      job('undo-child', { entry: effect.entry, state: effect.state, visit: effect.visit });
      break;
    case 'run':
      job('run', { workflow: effect.workflow, input: effect.input }, effect);
      break;
    case 'timer':
      job('timer', { timer: effect.timer }, effect, effect.at);
      break;
    case 'send':
      job('mail', { ...effect.mail });
      break;
    case 'task':
      writes.open.push(taskOf(effect, place));
      break;
    case 'ask':
      writes.open.push(taskOf({ ...effect, role: 'customer', notBy: [] }, place));
      writes.links.push(linkOf(key, taskId(caseId, effect), place));
      job('mail', { ...effect.mail, link: true });
      break;
    case 'reassign':
      writes.change.push({
        id: taskId(caseId, effect),
        role: effect.role,
        assignee: null,
        status: 'open',
      });
      break;
    case 'wait':
      for (const message of effect.messages) {
        const { state, visit, key: match, keep } = effect;
        const notBefore = place.now - keep;
        writes.subscribe.push({ caseId, state, visit, message, key: match, notBefore });
      }
      break;
    case 'stop':
      writes.stop.push({ state: effect.state, visit: effect.visit });
      if (effect.work === 'run') {
        // Without a visit of its own: the jobs of the visit that is left are removed.
        job('cancel-child', { state: effect.state, visit: effect.visit });
      }
      if (effect.work === 'task' || effect.work === 'ask') {
        writes.change.push({ id: taskId(caseId, effect), status: 'called-off' });
      }
      break;
    case 'finish':
      if (place.stored.parent !== undefined) {
        job('report', { outcome: effect.outcome, data: effect.data });
      }
      break;
    case 'child-undone':
      job('report', { undone: effect.entry });
      break;
    default:
      assertNever(effect);
  }
}

type PersonEffect = Extract<Effect, { readonly kind: 'task' | 'ask' }> & {
  readonly role: string;
  readonly notBy: readonly string[];
};

function taskOf(effect: PersonEffect, { stored, now }: Place): Task {
  const due = effect.kind === 'task' ? effect.due : undefined;
  return {
    id: taskId(stored.id, effect),
    caseId: stored.id,
    state: effect.state,
    visit: effect.visit,
    kind: effect.kind,
    title: effect.title,
    form: effect.form,
    role: effect.role,
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
