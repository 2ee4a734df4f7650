import { TrellisError } from '../../engine/index.ts';
import type { BulkSelection, Definition, WorkChange } from '../../engine/index.ts';
import { selectionOf } from '../desk/bulk-orders.ts';
import { readWork, workChoices } from '../desk/case-changes.ts';
import { caseFields, emptiedField, enteredFields } from '../desk/case-fields.ts';
import type { CaseField } from '../desk/case-fields.ts';
import type { Visitor } from '../middleware/visitor.ts';
import { caseFieldGroups, enteredTexts } from '../views/pages/case-field-view.ts';
import type { ChangeChoice } from '../views/pages/change-page.ts';
import { changePage } from '../views/pages/change-page.ts';
import { paths } from '../views/paths.ts';
import { namesOf, plainText } from '../views/texts/names.ts';
import { workLabel } from '../views/texts/work-label.ts';
import { chosenFilters } from './case-filters.ts';
import type { Reply } from './reply.ts';
import { redirect } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { nothing, route } from './route.ts';
import type { Site } from './site.ts';
import { show } from './site.ts';

type Fields = RouteRequest<undefined>['fields'];

/** What tells which cases are meant, in a posted form. */
const SELECTING: ReadonlySet<string> = new Set([
  ...['case', 'scope', 'workflow', 'status', 'reference'],
]);

/** Preparing to change what many cases carry, or where they are. */
export function bulkModifyRoutes(site: Site): readonly Route[] {
  return [
    route({
      method: 'post',
      path: paths.modifyCases,
      action: 'case.change',
      ...nothing,
      handle: (request) => prepare(site, request),
    }),
  ];
}

/** The name under which the fields come that are to be emptied. */
const EMPTY = 'empty';

function emptying(known: readonly CaseField[], fields: Fields): ChangeChoice {
  const chosenOnes = emptiedIn(fields);
  return {
    ...{ id: EMPTY, name: EMPTY, label: 'Empty these', several: true },
    options: known.map(({ field, label }) => ({
      ...{ id: `${EMPTY}-${field.replaceAll('.', '-')}`, value: field, label },
      chosen: chosenOnes.has(field),
    })),
  };
}

function emptiedIn(fields: Fields): ReadonlySet<string> {
  return new Set(fields.flatMap(([name, value]) => (name === EMPTY ? [value] : [])));
}

interface Wrong {
  readonly fields: ReadonlyMap<string, string>;
  readonly work?: string;
}

/** Asks what is to be changed of the cases that somebody has chosen. */
export async function askModify(
  site: Site,
  visitor: Visitor,
  fields: Fields,
  wrong: Wrong = { fields: new Map() },
): Promise<Reply> {
  const { definition, known } = await chosen(site, visitor, fields);
  const { workflow, states } = definition.compiled;
  const names = namesOf(workflow);
  const given = new Map(fields);
  const select = (
    id: string,
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => ({ id, name: id, label, value: given.get(id) ?? '', options });
  const everywhere = { stored: { states: [...states.keys()].filter(isInside) }, definition };
  const page = changePage({
    area: 'cases',
    backHref: paths.cases,
    backText: 'Cases',
    heading: `Change cases of ${plainText(workflow.title) ?? workflow.name}`,
    lead: 'What you leave empty stays as it is. You see what becomes of each case before anything happens.',
    consequences: [],
    action: paths.modifyCases,
    hidden: fields
      .filter(([name]) => SELECTING.has(name))
      .map(([name, value]) => ({ name, value })),
    groups: [
      ...caseFieldGroups('What they carry', known, enteredTexts(fields, known), wrong.fields),
      { title: 'What they carry no longer', fields: [], choices: [emptying(known, fields)] },
    ],
    fields: [
      {
        ...select('work', 'What becomes of the work', [
          { value: '', label: 'It stays as it is' },
          ...workChoices(everywhere)
            .filter(({ how }) => how !== 'done' && how !== 'message')
            .map((one) => ({ value: one.value, label: workLabel(one, names) })),
        ]),
        ...(wrong.work === undefined ? {} : { error: wrong.work }),
      },
      select('to', 'Move to', [
        { value: '', label: 'Nowhere' },
        ...everywhere.stored.states.map((id) => ({
          value: id,
          label: `${names.state(id)} (${id})`,
        })),
      ]),
    ],
    button: 'See what would happen',
  });
  const isWrong = wrong.fields.size > 0 || wrong.work !== undefined;
  return show(site, visitor, page, isWrong ? 422 : 200);
}

async function prepare(site: Site, { visitor, fields }: RouteRequest<undefined>): Promise<Reply> {
  const { definition, known, selection } = await chosen(site, visitor, fields);
  const entered = enteredTexts(fields, known);
  const { set: written, errors } = enteredFields(definition, known, entered, new Map());
  const emptied = known.filter(({ field }) => emptiedIn(fields).has(field));
  const both = emptied.find(({ field }) => written.some((one) => one.field === field));
  const wrongs = new Map(errors);
  if (both !== undefined) wrongs.set(both.field, 'Write something here, or empty it: not both.');
  if (wrongs.size > 0) return askModify(site, visitor, fields, { fields: wrongs });
  const set = [...written, ...emptied.map(({ field }) => emptiedField(definition, field))];
  const work = workIn(definition, fields);
  if (work === undefined && set.length === 0) {
    const wrong = { fields: wrongs, work: 'Say what is to be changed.' };
    return askModify(site, visitor, fields, wrong);
  }
  const id = await site.host.engine.bulk.prepare({
    change: { kind: 'modify', set, ...(work === undefined ? {} : { work }) },
    selection,
    actor: visitor.author,
  });
  return redirect(paths.operation(id));
}

function workIn(definition: Definition, fields: Fields): WorkChange | undefined {
  const given = new Map(fields);
  const states = [...definition.compiled.states.keys()].filter(isInside);
  return readWork(
    { stored: { states }, definition },
    { work: given.get('work') ?? '', to: given.get('to') ?? '', answer: '' },
  );
}

interface Chosen {
  readonly selection: BulkSelection;
  /** The newest version of the workflow that they are of. */
  readonly definition: Definition;
  readonly known: readonly CaseField[];
}

/** @throws `TrellisError` with code `nothing-chosen` or `bad-request`. */
async function chosen(
  { host }: Site,
  { actor }: Pick<Visitor, 'actor'>,
  fields: Fields,
): Promise<Chosen> {
  const { filter } = chosenFilters(Object.fromEntries(fields), host.clock.now());
  const selection = selectionOf(fields, filter);
  const [first = ''] = selection.kind === 'cases' ? selection.ids : [];
  if (selection.kind === 'cases' && first === '') {
    throw new TrellisError('nothing-chosen', 'Choose one case at least.');
  }
  const name = first === '' ? filter.workflow : (await host.engine.look(first)).stored.workflow;
  if (name === undefined) {
    throw new TrellisError(
      'bad-value',
      'Choose a workflow in the filters first: cases of different workflows carry different things.',
    );
  }
  const definition = await host.catalogue.newest(name);
  return { selection, definition, known: caseFields({ data: {}, definition }, actor) };
}

function isInside(id: string): boolean {
  return id !== '';
}
