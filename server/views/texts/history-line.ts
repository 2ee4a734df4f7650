import type { AuditEntry, Json, JsonObject } from '../../../engine/index.ts';
import { paths } from '../paths.ts';
import type { TimeView, ViewMoment } from './moment.ts';
import { showTime } from './moment.ts';
import type { Names } from './names.ts';

/** One line of a case's history in plain words. */
export interface HistoryLine {
  readonly seq: number;
  readonly at: TimeView;
  readonly text: string;
  /** Why, where there is more to say. */
  readonly detail?: string;
  /** The operation on many cases that it was part of. */
  readonly operationHref?: string;
  readonly who: string;
  readonly tone: 'plain' | 'person' | 'good' | 'bad';
}

interface Wording {
  readonly text: string;
  readonly detail?: string;
  readonly tone: HistoryLine['tone'];
}

type Words = (body: JsonObject, names: Names, moment: ViewMoment) => Wording;

const BEGUN_BY: ReadonlyMap<string, string> = new Map([
  ['message', 'A message began the case'],
  ['schedule', 'The schedule began the case'],
]);

const WORDS: ReadonlyMap<string, Words> = new Map<string, Words>([
  [
    'started',
    (body) => ({
      text: BEGUN_BY.get(textIn(objectIn(body, 'beginning'), 'kind')) ?? 'Started the case',
      tone: 'person',
    }),
  ],
  [
    'outcome',
    (body, names) => ({
      text: `Completed “${stateIn(body, names)}”: ${names.outcome(undefined, textIn(body, 'outcome'))}`,
      tone: 'person',
    }),
  ],
  [
    'press',
    (body, names) => ({
      text: `Chose “${names.button(textIn(body, 'state'), textIn(body, 'button'))}”`,
      tone: 'person',
    }),
  ],
  [
    'admit',
    (body, names) => ({ text: `“${stateIn(body, names)}” came to its turn`, tone: 'good' }),
  ],
  ['done', (body, names) => ({ text: `Finished “${stateIn(body, names)}”`, tone: 'good' })],
  [
    'failed',
    (body, names) => ({
      text: `“${stateIn(body, names)}” did not work`,
      detail: textIn(objectIn(body, 'error'), 'message'),
      tone: 'bad',
    }),
  ],
  [
    'message',
    (body, names) => ({
      // Under `on`, it is the case as a whole that hears.
      text:
        textIn(body, 'state') === ''
          ? `Received “${textIn(body, 'name')}”`
          : `Received “${textIn(body, 'name')}” for “${stateIn(body, names)}”`,
      tone: 'good',
    }),
  ],
  [
    'timer',
    (body, names) => ({ text: `A time limit of “${stateIn(body, names)}” was up`, tone: 'plain' }),
  ],
  [
    'suspend',
    (body) => ({ text: 'Suspended the case', detail: textIn(body, 'reason'), tone: 'bad' }),
  ],
  [
    'resume',
    (body) => ({ text: 'Let the case go on', detail: textIn(body, 'reason'), tone: 'person' }),
  ],
  [
    'migrate',
    (body) => ({
      text: `Took the case to version ${JSON.stringify(body['to'] ?? '')}`,
      detail: textIn(body, 'reason'),
      tone: 'person',
    }),
  ],
  [
    'modify',
    (body, names, moment) => {
      const work = objectIn(body, 'work');
      const detail = textIn(body, 'reason');
      if (work['kind'] !== 'timer') {
        return { text: 'Changed the case by hand', detail, tone: 'bad' };
      }
      const { text } = showTime(Number(work['at']), moment);
      const what = `a time limit of “${stateIn(work, names)}”`;
      return { text: `Moved ${what} to ${text}`, detail, tone: 'person' };
    },
  ],
  [
    'cancel',
    (body) => ({
      text: body['plain'] === true ? 'Called the case off as it was' : 'Called the case off',
      detail: textIn(body, 'reason'),
      tone: 'bad',
    }),
  ],
  ['undo', () => ({ text: 'Asked to take its work back', tone: 'plain' })],
  [
    'undone',
    (body) =>
      textIn(body, 'reason') === ''
        ? { text: 'Took a piece of earlier work back', tone: 'plain' }
        : {
            text: 'Went on without taking a piece of earlier work back',
            detail: textIn(body, 'reason'),
            tone: 'bad',
          },
  ],
  [
    'skipped',
    (body) => ({
      text: 'Went on without the work of an incident',
      detail: textIn(body, 'reason'),
      tone: 'bad',
    }),
  ],
  [
    'incident',
    (body) => ({ text: 'Stopped at an incident', detail: textIn(body, 'message'), tone: 'bad' }),
  ],
  [
    'retried',
    (body) => ({
      text: 'Had the incident tried again',
      detail: textIn(body, 'reason'),
      tone: 'person',
    }),
  ],
  [
    'assigned',
    (body, names) => ({
      text: `Gave “${taskIn(body, names)}” to ${nameIn(body, 'assignee')}`,
      detail: isGiven(body, 'insteadOf') ? `${nameIn(body, 'insteadOf')} is away` : '',
      tone: 'plain',
    }),
  ],
  ...(['delegated', 'reassigned'] as const).map((kind): [string, Words] => [
    kind,
    (body, names) => ({
      text: isGiven(body, 'assignee')
        ? `Handed “${taskIn(body, names)}” to ${nameIn(body, 'assignee')}`
        : `Gave “${taskIn(body, names)}” back to the team`,
      detail: textIn(body, 'reason'),
      tone: 'person',
    }),
  ]),
  [
    'returned',
    (body, names) => ({
      text: `Gave “${taskIn(body, names)}” back to whoever had handed it on`,
      tone: 'person',
    }),
  ],
  [
    'mailed',
    (body) => ({
      text: `Mailed “${textIn(body, 'message')}” to everybody with the role ${textIn(body, 'role')}`,
      detail: peopleIn(body).join(', '),
      tone: 'plain',
    }),
  ],
  [
    'erased',
    (body) => ({
      text: 'Erased what was personal in the case',
      detail: textIn(body, 'reason'),
      tone: 'person',
    }),
  ],
  ['comment', (body) => ({ text: 'Commented', detail: textIn(body, 'text'), tone: 'person' })],
  [
    'claimed',
    (body, names) => ({
      text: `Took “${taskIn(body, names)}”`,
      detail: isGiven(body, 'insteadOf') ? `${nameIn(body, 'insteadOf')} is away` : '',
      tone: 'person',
    }),
  ],
  [
    'released',
    (body, names) => ({ text: `Gave “${taskIn(body, names)}” back to the team`, tone: 'person' }),
  ],
]);

/** Says in plain words what an audit entry says for programs. */
export function historyLine(entry: AuditEntry, names: Names, moment: ViewMoment): HistoryLine {
  const wording = WORDS.get(entry.kind)?.(objectOf(entry.body), names, moment) ?? {
    text: `Something else happened (${entry.kind})`,
    tone: 'plain',
  };
  const { text, tone } = wording;
  const detail = lostWords(entry) ? 'What was written here is erased.' : wording.detail;
  const operation = textIn(objectOf(entry.body), 'operation');
  return {
    seq: entry.seq,
    at: showTime(entry.at, moment),
    text,
    ...(detail === undefined || detail === '' ? {} : { detail }),
    ...(operation === '' ? {} : { operationHref: paths.operation(operation) }),
    who: entry.actor.name,
    tone,
  };
}

/** Tells whether somebody's words in an entry were erased. */
function lostWords({ body, sealed, salt }: AuditEntry): boolean {
  if (sealed === undefined || salt !== undefined) return false;
  return ['text', 'reason', 'message'].some(
    (name) => objectOf(body)[name] === null && sealed.at.some((path) => path.at(-1) === name),
  );
}

function stateIn(body: JsonObject, names: Names): string {
  return names.state(textIn(body, 'state'));
}

/** A task's id is `CASE/STATE/VISIT`, and a state's id may hold slashes. */
function taskIn(body: JsonObject, names: Names): string {
  return names.state(textIn(body, 'task').split('/').slice(1, -1).join('/'));
}

function nameIn(body: JsonObject, name: string): string {
  return textIn(objectIn(body, name), 'name');
}

function peopleIn(body: JsonObject): readonly string[] {
  const { people } = body;
  const all: readonly Json[] = Array.isArray(people) ? people : [];
  return all.map(objectOf).map((one) => {
    const absent = isGiven(one, 'insteadOf') ? ` for ${nameIn(one, 'insteadOf')}` : '';
    return `${textIn(one, 'name')}${absent}`;
  });
}

function isGiven(body: JsonObject, name: string): boolean {
  return body[name] !== undefined && body[name] !== null;
}

function textIn(body: JsonObject, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

function objectIn(body: JsonObject, name: string): JsonObject {
  return objectOf(body[name] ?? null);
}

function objectOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}
