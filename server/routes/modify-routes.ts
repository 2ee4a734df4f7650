import { TrellisError } from '../../engine/index.ts';
import type { CaseLook, HandEvent } from '../../engine/index.ts';
import type { EnteredChange, WorkChoice } from '../desk/case-changes.ts';
import { fieldChoices, readChange, workChoices } from '../desk/case-changes.ts';
import type { Visitor } from '../middleware/visitor.ts';
import type { ChangeField } from '../views/pages/change-page.ts';
import { changePage, reasonField } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { consequencesOf } from '../views/texts/consequences.ts';
import type { Names } from '../views/texts/names.ts';
import { namesOf } from '../views/texts/names.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

interface Entered extends EnteredChange {
  readonly reason: string;
}

const NOTHING: Entered = { work: '', to: '', answer: '', field: '', value: '', reason: '' };

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
      handle: ({ subject, visitor }) => Promise.resolve(enter(site, subject, visitor, NOTHING)),
    }),
    route({ ...asked, method: 'post', handle: (request) => modify(site, request) }),
  ];
}

async function modify(
  site: Site,
  { subject, visitor, fields }: RouteRequest<CaseLook>,
): Promise<Reply> {
  const given = new Map(fields);
  const names = Object.keys(NOTHING) as (keyof Entered)[];
  const entered = Object.fromEntries(
    names.map((name) => [name, given.get(name) ?? '']),
  ) as unknown as Entered;
  const { operations } = site.host.engine;
  const caseId = subject.stored.id;
  try {
    const change = {
      ...readChange(subject, entered),
      reason: entered.reason,
      actor: visitor.author,
    };
    if (given.get('confirmed') === 'yes') {
      await operations.modify({ caseId, ...change });
      return redirect(paths.case(caseId));
    }
    const event: HandEvent = { kind: 'modify', ...change };
    const preview = await operations.preview(caseId, event);
    const words = consequencesOf(preview, namesOf(subject.definition.compiled.workflow));
    return confirm(site, subject, visitor, entered, words);
  } catch (error) {
    const isTheirs =
      error instanceof TrellisError &&
      ['bad-value', 'not-possible', 'no-reason'].includes(error.code);
    if (!isTheirs) throw error;
    return enter(site, subject, visitor, entered, error.message);
  }
}

function enter(
  site: Site,
  look: CaseLook,
  visitor: Visitor,
  entered: Entered,
  error?: string,
): Reply {
  const { stored, definition } = look;
  const names = namesOf(definition.compiled.workflow);
  const page = changePage({
    ...placeOf(look),
    heading: `Change ${stored.reference}`,
    lead: 'What the case carries is changed first, then its work. You see what it comes to before anything happens.',
    consequences: [],
    fields: [
      workField(look, names, entered, error),
      chosen('to', 'Move to', entered.to, [
        { value: '', label: 'Nowhere' },
        ...[...definition.compiled.states.keys()]
          .filter((id) => id !== '')
          .map((id) => ({ value: id, label: `${names.state(id)} (${id})` })),
      ]),
      {
        ...line('answer', 'Answer, where work is skipped with one', entered.answer),
        hint: 'As JSON, of the type that the operation or message has.',
        rows: 3,
      },
      chosen('field', 'Field to change', entered.field, [
        { value: '', label: 'None' },
        ...fieldChoices(look).map(({ field }) => ({ value: field, label: field })),
      ]),
      { ...line('value', 'New value', entered.value), hint: 'Leave it empty to empty the field.' },
      reasonField(entered.reason),
    ],
    button: 'Show what happens then',
  });
  return show(site, visitor, page, error === undefined ? 200 : 422);
}

function confirm(
  site: Site,
  look: CaseLook,
  visitor: Visitor,
  entered: Entered,
  consequences: readonly string[],
): Reply {
  const { reason, ...rest } = entered;
  const change = entered.field === '' ? [] : [`“${entered.field}” becomes “${entered.value}”.`];
  const page = changePage({
    ...placeOf(look),
    heading: `Change ${look.stored.reference}?`,
    lead: 'Nothing has happened yet.',
    consequences: [...change, ...consequences],
    hidden: Object.entries({ ...rest, confirmed: 'yes' }).map(([name, value]) => ({ name, value })),
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
    label: labelOf(choice, names),
  }));
  return {
    ...chosen('work', 'What becomes of the work', entered.work, [
      { value: '', label: 'It stays as it is' },
      ...options,
    ]),
    ...(error === undefined ? {} : { error }),
  };
}

function labelOf({ state, how, name }: WorkChoice, names: Names): string {
  const title = `“${names.state(state)}”`;
  switch (how) {
    case 'repeat':
      return `Do ${title} again`;
    case 'move':
      return `Move from ${title} to the state chosen below`;
    case 'outcome':
      return `Skip ${title} with “${names.outcome(undefined, name ?? '')}”`;
    case 'message':
      return `Skip ${title} with ${name ?? ''} and the answer below`;
    case 'done':
      return `Skip ${title} with the answer below`;
    case 'failed':
      return `Skip ${title} as failed`;
  }
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
