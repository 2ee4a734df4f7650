import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import type { ChangeField } from './change-page.ts';

export interface MigrateModel {
  readonly name: string;
  readonly title: string;
  readonly from: ChangeField;
  readonly to: ChangeField;
  /** One for each state that changed, in which it is chosen where its cases go on. */
  readonly mapping: readonly ChangeField[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

/** Makes the page on which taking cases to another version is prepared. */
export function migratePage(model: MigrateModel): Page {
  return {
    template: 'pages/migrate',
    title: `Take cases of ${model.title} to another version`,
    area: 'workflows',
    model: {
      ...model,
      from: withChosen(model.from),
      to: withChosen(model.to),
      mapping: model.mapping.map(withChosen),
      action: paths.migrate(model.name),
      workflowHref: paths.workflow(model.name),
    },
  };
}

function withChosen({ options = [], ...field }: ChangeField): object {
  const describedBy = field.hint === undefined ? '' : `${field.id}-hint`;
  return {
    ...field,
    describedBy,
    options: options.map((one) => ({ ...one, chosen: one.value === field.value })),
  };
}
