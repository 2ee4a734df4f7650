import { TrellisError } from '../../engine/index.ts';
import type { CaseLook, FieldChange, HandEvent, Json, JsonObject } from '../../engine/index.ts';
import type { EnteredWork } from '../desk/case-changes.ts';
import { readWork, workChoices } from '../desk/case-changes.ts';
import type { CaseField } from '../desk/case-fields.ts';
import { caseFields, enteredFields } from '../desk/case-fields.ts';
import type { Visitor } from '../middleware/visitor.ts';
import { CASE_FIELD, WAS, caseFieldGroups, enteredTexts } from '../views/pages/case-field-view.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { consequencesOf } from '../views/texts/consequences.ts';
import type { Names } from '../views/texts/names.ts';
import { namesOf } from '../views/texts/names.ts';
import { workLabel } from '../views/texts/work-label.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

interface Entered extends EnteredWork {
  readonly reason: string;
  /** What was entered for fields of the case, by field. */
  readonly fields: ReadonlyMap<string, string>;
  /** What stood there when the page was shown: somebody may have changed the case since. */
  readonly was: ReadonlyMap<string, string>;
}

interface Wrong {
  /** Why a field cannot be taken, by field. */
  readonly fields: ReadonlyMap<string, string>;
  /** Why the change as a whole cannot be made. */
  readonly work?: string;
}

const RIGHT: Wrong = { fields: new Map() };

/** Changing one case by hand: entered, then shown with what it comes to, then confirmed. */
export function modifyRoutes(site: Site): readonly Route[] {
  const asked = {
    path: '/cases/:id/modify',
    action: 'case.change',
    load: ({ parameters }: RouteRequest<undefined>) =>
      site.host.engine.look(parameters['id'] ?? ''),
    subject: () => ({}),
  } as const;
  return [
    route({
      ...asked,
      method: 'get',
      handle: ({ subject, visitor, query }) => {
        const work = proposedWork(subject, query);
        const known = caseFields(subject, visitor.actor);
        const was = new Map(known.map(({ field, text }) => [field, text]));
        const entered = { work, to: '', answer: '', reason: '', fields: was, was };
        return Promise.resolve(enter(site, subject, visitor, entered));
      },
    }),
    route({ ...asked, method: 'post', handle: (request) => modify(site, request) }),
  ];
}

/** What an incident proposes for the work of a state: to do it again, or to skip it. */
function proposedWork(look: CaseLook, query: Readonly<Record<string, string>>): string {
  const { again, skip } = query;
  const found = workChoices(look).find(
    ({ state, how }) =>
      (state === again && how === 'repeat') ||
      (state === skip && how !== 'repeat' && how !== 'move'),
  );
  return found?.value ?? '';
}

async function modify(
  site: Site,
  { subject, visitor, fields }: RouteRequest<CaseLook>,
): Promise<Reply> {
  const given = new Map(fields);
  const known = caseFields(subject, visitor.actor);
  const entered = enteredOf(fields, known);
  const { set, errors } = enteredFields(subject.definition, known, entered.fields, entered.was);
  if (errors.size > 0) return enter(site, subject, visitor, entered, { fields: errors });
  const { operations } = site.host.engine;
  const caseId = subject.stored.id;
  try {
    const work = readWork(subject, entered);
    const { reason } = entered;
    const change = { set, reason, actor: visitor.author, ...(work === undefined ? {} : { work }) };
    if (given.get('confirmed') === 'yes') {
      await operations.modify({ caseId, ...change });
      return redirect(paths.case(caseId));
    }
    const event: HandEvent = { kind: 'modify', ...change };
    const preview = await operations.preview(caseId, event);
    const words = consequencesOf(preview, namesOf(subject.definition.compiled.workflow));
    const sentences = set.map((one) => changeText(one, known));
    return confirm(site, subject, visitor, entered, [...sentences, ...words]);
  } catch (error) {
    const isTheirs =
      error instanceof TrellisError &&
      ['bad-value', 'not-possible', 'no-reason'].includes(error.code);
    if (!isTheirs) throw error;
    return enter(site, subject, visitor, entered, { ...RIGHT, work: error.message });
  }
}

function enteredOf(fields: RouteRequest<CaseLook>['fields'], known: readonly CaseField[]): Entered {
  const given = new Map(fields);
  const text = (name: string): string => given.get(name) ?? '';
  const was = fields.flatMap(([name, value]): (readonly [string, string])[] =>
    name.startsWith(WAS) ? [[name.slice(WAS.length), value]] : [],
  );
  return {
    work: text('work'),
    to: text('to'),
    answer: text('answer'),
    reason: text('reason'),
    fields: enteredTexts(fields, known),
    was: new Map(was),
  };
}

function changeText({ field, value }: FieldChange, known: readonly CaseField[]): string {
  const { label = field, text = '', columns } = known.find((one) => one.field === field) ?? {};
  const was =
    text === ''
      ? 'nothing'
      : `“${valueText(columns === undefined ? text : (JSON.parse(text) as Json))}”`;
  const is = valueText(value);
  return value === null
    ? `“${label}” is emptied; it was ${was}.`
    : `“${label}” becomes “${is}”; it was ${was}.`;
}

/** A value in a sentence: the entries of a list one after the other, each with what it holds. */
function valueText(value: Json): string {
  if (Array.isArray(value)) return (value as readonly Json[]).map(valueText).join('; ');
  if (typeof value === 'object' && value !== null) {
    return Object.values(value as JsonObject)
      .map(valueText)
      .join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function enter(
  site: Site,
  look: CaseLook,
  visitor: Visitor,
  entered: Entered,
  wrong: Wrong = RIGHT,
): Reply {
  const { stored, definition } = look;
  const names = namesOf(definition.compiled.workflow);
  const isWrong = wrong.fields.size > 0 || wrong.work !== undefined;
  const page = changePage({
    ...placeOf(look),
    heading: `Change ${stored.reference}`,
    lead: 'What the case carries is changed first, then its work. You see what it comes to before anything happens.',
    consequences: [],
    hidden: [...entered.was].map(([field, value]) => ({ name: `${WAS}${field}`, value })),
    groups: caseFieldGroups(
      'What it carries',
      caseFields(look, visitor.actor),
      entered.fields,
      wrong.fields,
    ),
    fields: [
      workField(look, names, entered, wrong.work),
      chosen('to', 'Move to', entered.to, [
        { value: '', label: 'Nowhere' },
        ...[...definition.compiled.states.keys()]
          .filter((id) => id !== '')
          .map((id) => ({ value: id, label: `${names.state(id)} (${id})` })),
      ]),
      ...answerFields(look, entered),
      reasonField(entered.reason),
    ],
    button: 'Show what happens then',
  });
  return show(site, visitor, page, isWrong ? 422 : 200);
}

/** Only a call, a child case or a message has an answer. */
function answerFields(look: CaseLook, { answer }: Entered): readonly ChangeField[] {
  if (!workChoices(look).some(({ how }) => how === 'done' || how === 'message')) return [];
  const hint = 'As JSON, of the type that the operation or message has.';
  return [{ ...line('answer', 'Answer, where work is skipped with one', answer), hint, rows: 3 }];
}

function confirm(
  site: Site,
  look: CaseLook,
  visitor: Visitor,
  entered: Entered,
  consequences: readonly string[],
): Reply {
  const { reason, fields, was, ...rest } = entered;
  const ofCase = [...fields].map(([field, value]) => [`${CASE_FIELD}${field}`, value] as const);
  const before = [...was].map(([field, value]) => [`${WAS}${field}`, value] as const);
  const hidden = [...Object.entries(rest), ...ofCase, ...before, ['confirmed', 'yes'] as const];
  const page = changePage({
    ...placeOf(look),
    heading: `Change ${look.stored.reference}?`,
    lead: 'Nothing has happened yet.',
    consequences,
    hidden: hidden.map(([name, value]) => ({ name, value })),
    fields: [reasonField(reason)],
    button: 'Change it',
    warning: true,
  });
  return show(site, visitor, page);
}

function placeOf({ stored }: CaseLook) {
  return {
    area: 'cases',
    backHref: paths.case(stored.id),
    backText: stored.reference,
    action: paths.modifyCase(stored.id),
  } as const;
}

function workField(look: CaseLook, names: Names, entered: Entered, error?: string): ChangeField {
  const options = workChoices(look).map((choice) => ({
    value: choice.value,
    label: workLabel(choice, names),
  }));
  return {
    ...chosen('work', 'What becomes of the work', entered.work, [
      { value: '', label: 'It stays as it is' },
      ...options,
    ]),
    ...(error === undefined ? {} : { error }),
  };
}

function line(name: string, label: string, value: string): ChangeField {
  return { id: name, name, label, value };
}

function chosen(
  name: string,
  label: string,
  value: string,
  options: NonNullable<ChangeField['options']>,
): ChangeField {
  return { ...line(name, label, value), options };
}
