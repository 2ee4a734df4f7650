import { withinState } from '../../kernel/check/statechart.ts';
import type { CoreView } from '../../kernel/core-view.ts';
import type { State } from '../../kernel/definition/state.ts';
import type { Workflow } from '../../kernel/definition/workflow.ts';
import type { CaseEvent, FormValues } from '../../kernel/event.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Beginning } from '../../kernel/transition/begin.ts';
import type { PersonalMask } from './personal-mask.ts';
import {
  NONE,
  WHOLE,
  holdsPersonal,
  maskOf,
  maskOfFields,
  personalPaths,
} from './personal-mask.ts';
import type { BodyPath } from './sealed.ts';

/** What an entry says, as far as it decides what of it is personal. */
interface Said {
  readonly kind: string;
  readonly body: Json;
}

/** Knows what of the cases of one workflow version is personal, by its types. */
export interface PersonalReader {
  /** What of a case's data is. */
  readonly data: PersonalMask;
  /** Cases can hold something personal: in their data, or in what they are given. */
  readonly holds: boolean;
  /** The places in the body of an entry that changed the state of its case. */
  partsOf(entry: Said): readonly BodyPath[];
}

/** Reads the types of a workflow; what has none there is taken as personal. */
export function personalReader(workflow: Workflow, core: CoreView): PersonalReader {
  const data = maskOfFields(workflow.data.map(({ name, type }) => [name, maskOf(type)]));
  const own = maskOfFields(ownFields(workflow));
  const states = new Map(withinState(workflow.root).map((state) => [state.id, state]));
  const message = (name: string): PersonalMask => bodyMask(name, core);
  const result = (id: string): PersonalMask => resultMask(states.get(id), core);
  const begun = new Map(
    workflow.starts.flatMap((start): [string, string][] =>
      start.kind === 'message' ? [[start.name, start.message]] : [],
    ),
  );
  const masks = { data, own, message, result, begun };
  const heard = [...begun.values(), ...[...states.values()].flatMap(heardIn)];
  const given = [...states.values()].filter(hasResult).map(({ id }) => result(id));
  return {
    data,
    holds: [data, own, ...heard.map(message), ...given].some(holdsPersonal),
    partsOf: (entry) => partsOf(entry, masks),
  };
}

/** The places of what people have written into a note, which may tell of anybody. */
export function writtenWords(body: Json, at: BodyPath = []): readonly BodyPath[] {
  return isObject(body)
    ? WORDS.flatMap((name) => personalPaths(body[name], WHOLE, [...at, name]))
    : [];
}

const WORDS = ['text', 'reason', 'message'];

interface Masks {
  readonly data: PersonalMask;
  readonly own: PersonalMask;
  readonly message: (name: string) => PersonalMask;
  readonly result: (state: string) => PersonalMask;
  /** The message of each start by one. */
  readonly begun: ReadonlyMap<string, string>;
}

function partsOf({ kind, body }: Said, masks: Masks): readonly BodyPath[] {
  if (kind === 'started') {
    const { beginning } = body as unknown as { readonly beginning: Beginning };
    return begunParts(beginning, masks);
  }
  if (!isObject(body)) return [];
  const event = body as unknown as CaseEvent | { readonly kind: 'migrate' };
  switch (event.kind) {
    case 'outcome':
    case 'press':
      return formParts(event.form, masks, ['form']);
    case 'done':
      return personalPaths(event.result, masks.result(event.state), ['result']);
    case 'failed':
      return personalPaths(event.error.message, WHOLE, ['error', 'message']);
    case 'message':
      return personalPaths(asJson(event.body), masks.message(event.name), ['body']);
    case 'modify':
      return changeParts(event, masks);
    default:
      return writtenWords(body);
  }
}

function begunParts(beginning: Beginning, masks: Masks): readonly BodyPath[] {
  switch (beginning.kind) {
    case 'form':
      return formParts(beginning.form, masks, ['beginning', 'form']);
    case 'message':
      return personalPaths(
        asJson(beginning.body),
        masks.message(masks.begun.get(beginning.start) ?? ''),
        ['beginning', 'body'],
      );
    case 'api':
    case 'run':
      return personalPaths(asJson(beginning.input), masks.data, ['beginning', 'input']);
    case 'schedule':
      return [];
  }
}

function formParts({ data, own }: FormValues, masks: Masks, at: BodyPath): readonly BodyPath[] {
  return [
    ...personalPaths(asJson(data), masks.data, [...at, 'data']),
    ...personalPaths(asJson(own), masks.own, [...at, 'own']),
  ];
}

function changeParts(
  event: Extract<CaseEvent, { readonly kind: 'modify' }>,
  { data }: Masks,
): readonly BodyPath[] {
  const set = event.set.flatMap(({ field, value }, index) =>
    personalPaths(value, maskAt(data, field.split('.')), ['set', index, 'value']),
  );
  const { work } = event;
  const as =
    work?.kind === 'skip'
      ? personalPaths(skipped(work.as), WHOLE, ['work', 'as', AS[work.as.kind]])
      : [];
  return [...writtenWords(asJson(event)), ...set, ...as];
}

type SkippedEnd = Extract<
  NonNullable<Extract<CaseEvent, { readonly kind: 'modify' }>['work']>,
  { readonly kind: 'skip' }
>['as'];

const AS = { outcome: 'outcome', done: 'result', failed: 'error', message: 'body' } as const;

/** What somebody has put in place of the answer to skipped work. */
function skipped(as: SkippedEnd): Json | undefined {
  switch (as.kind) {
    case 'outcome':
      return undefined;
    case 'done':
      return as.result;
    case 'failed':
      return { ...as.error };
    case 'message':
      return as.body;
  }
}

function maskAt(mask: PersonalMask, path: readonly string[]): PersonalMask {
  return path.reduce<PersonalMask>((inner, name) => {
    if (inner.kind === 'fields') return inner.fields.get(name) ?? WHOLE;
    return inner.kind === 'none' ? NONE : WHOLE;
  }, mask);
}

/** The forms' own fields by name; one that two forms have is personal where one of them says so. */
function ownFields({ forms }: Workflow): readonly (readonly [string, PersonalMask])[] {
  const masks = new Map<string, PersonalMask>();
  for (const { target, own } of forms
    .flatMap(({ pages }) => pages)
    .flatMap(({ fields }) => fields)) {
    const [name] = target;
    if (own === undefined || name === undefined) continue;
    const known = masks.get(name);
    const mask = maskOf(own.type);
    masks.set(name, known === undefined || !holdsPersonal(known) ? mask : WHOLE);
  }
  return [...masks];
}

function bodyMask(message: string, core: CoreView): PersonalMask {
  const body = core.messages.get(message)?.body;
  return body === undefined ? WHOLE : maskOf(body);
}

function hasResult({ kind }: State): boolean {
  return kind === 'call' || kind === 'run';
}

function resultMask(state: State | undefined, core: CoreView): PersonalMask {
  if (state?.kind === 'call') return maskOrWhole(core.operations.get(state.operation)?.output);
  if (state?.kind === 'run') return maskOrWhole(core.runnables.get(state.workflow)?.output);
  return WHOLE;
}

function maskOrWhole(type: Parameters<typeof maskOf>[0] | undefined): PersonalMask {
  return type === undefined ? WHOLE : maskOf(type);
}

function heardIn(state: State): readonly string[] {
  const heard = state.hears.map(({ message }) => message);
  return state.kind === 'wait' ? [...state.messages, ...heard] : heard;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asJson(value: object): JsonObject {
  return value as JsonObject;
}
