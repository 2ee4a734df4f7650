import { authorize, buildForm, shownRows } from '../../engine/index.ts';
import type { AccessActor, CaseLook, Form } from '../../engine/index.ts';
import type { RowView } from '../views/forms/form-view.ts';
import { rowView } from '../views/forms/row-view.ts';

/** The data of a case as far as an actor may read it: a row for each field that has a value. */
export function shownData(look: CaseLook, actor: AccessActor): readonly RowView[] {
  const { core, compiled } = look.definition;
  const built = buildForm(everything(look), compiled.workflow, core.view, {
    audience: actor.kind === 'staff' ? 'staff' : 'customer',
    mayRead: ({ classification, origin }) =>
      authorize(actor, 'field.read', {
        classification,
        core: core.view,
        ...(origin === undefined ? {} : { origin }),
      }).allowed,
  });
  if (!built.ok) return [];
  return shownRows(built.model.shown, look.data, core.view.timeZone)
    .filter(({ value }) => value.kind !== 'empty')
    .map((row) => rowView(row));
}

/** A form that shows all of a case and asks for nothing. */
function everything({ definition }: CaseLook): Form {
  const { data } = definition.compiled.workflow;
  return {
    path: [],
    name: 'everything',
    title: 'What is known',
    show: data.map(({ path, name }) => ({ path, target: [name] })),
    pages: [],
    outcomes: [],
    rules: [],
    summary: false,
  };
}
