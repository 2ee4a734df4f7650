import { authorize, buildForm, shownRows } from '../../engine/index.ts';
import type {
  AccessActor,
  CaseLook,
  FileValue,
  Form,
  ShownField,
  SummaryRow,
} from '../../engine/index.ts';
import type { RowView } from '../views/forms/form-view.ts';
import type { FileHref } from '../views/forms/row-view.ts';
import { rowView } from '../views/forms/row-view.ts';
import { filesOfRows } from './seen-files.ts';

/** The data of a case as far as an actor may read it: a row for each field that has a value. */
export function shownData(
  look: CaseLook,
  actor: AccessActor,
  fileHref: FileHref,
): readonly RowView[] {
  return carried(look, actor).map((row) => rowView(row, { fileHref }));
}

/** The files among the data of a case that an actor may read. */
export function shownFiles(look: CaseLook, actor: AccessActor): readonly FileValue[] {
  return filesOfRows(carried(look, actor));
}

function carried(look: CaseLook, actor: AccessActor): readonly SummaryRow[] {
  const { data } = look.definition.compiled.workflow;
  return rowsOf(look, actor, showing(data.map(({ path, name }) => ({ path, target: [name] }))));
}

/** What the forms that start a case asked for, as far as an actor may read it. */
export function sentData(
  look: CaseLook,
  actor: AccessActor,
  fileHref: FileHref,
): readonly RowView[] {
  return sent(look, actor).map((row) => rowView(row, { fileHref }));
}

/** The files among what the forms that start a case asked for. */
export function sentFiles(look: CaseLook, actor: AccessActor): readonly FileValue[] {
  return filesOfRows(sent(look, actor));
}

function sent(look: CaseLook, actor: AccessActor): readonly SummaryRow[] {
  const { starts, forms } = look.definition.compiled.workflow;
  const names = new Set(starts.flatMap((start) => (start.kind === 'form' ? [start.form] : [])));
  const asked = forms
    .filter(({ name }) => names.has(name))
    .flatMap(({ pages }) => pages)
    .flatMap(({ fields }) => fields)
    .filter(({ scope }) => scope === 'data');
  const targets = new Map(asked.map(({ path, target }) => [target.join('.'), { path, target }]));
  // Of a list, the house may have filled more than it asked for.
  const columns = new Map(
    asked.flatMap(({ target, columns: names }) =>
      names === undefined ? [] : [[`/${target.join('/')}`, names.map(({ name }) => `/${name}`)]],
    ),
  );
  return rowsOf(look, actor, showing([...targets.values()]), (shown) => ({
    ...shown,
    ...(shown.columns && {
      columns: shown.columns.filter(
        ({ pointer }) => columns.get(shown.pointer)?.includes(pointer) ?? true,
      ),
    }),
  }));
}

function rowsOf(
  look: CaseLook,
  actor: AccessActor,
  form: Form,
  narrow: (shown: ShownField) => ShownField = (shown) => shown,
): readonly SummaryRow[] {
  const { core, compiled } = look.definition;
  const built = buildForm(form, compiled.workflow, core.view, {
    audience: actor.kind === 'staff' ? 'staff' : 'customer',
    mayRead: ({ classification, origin }) =>
      authorize(actor, 'field.read', {
        classification,
        core: core.view,
        ...(origin === undefined ? {} : { origin }),
      }).allowed,
  });
  if (!built.ok) return [];
  const rows = shownRows(built.model.shown.map(narrow), look.data, core.view.timeZone);
  return rows.filter(({ value }) => value.kind !== 'empty');
}

/** A form that only shows. */
function showing(show: Form['show']): Form {
  return {
    path: [],
    name: 'shown',
    title: 'What is known',
    show,
    items: [],
    pages: [],
    outcomes: [],
    rules: [],
    summary: false,
  };
}
