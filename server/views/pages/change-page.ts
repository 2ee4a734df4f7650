import type { Area, Page } from '../page.ts';

/** One field of a change: a line, an area of text (`rows`) or a choice (`options`). */
export interface ChangeField {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly rows?: number;
  /** What is written is not shown. */
  readonly secret?: true;
  /** Written by letter: no spelling is looked after, and every letter is as wide. */
  readonly verbatim?: true;
  readonly inputmode?: 'numeric' | 'decimal';
  /** What may be written, among other things. */
  readonly suggestions?: readonly string[];
  /** What it is chosen from. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly error?: string;
}

/** Several ways, of which one is chosen, or with `several` any number. */
export interface ChangeChoice {
  readonly several?: true;
  readonly hint?: string;
  readonly error?: string;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly options: readonly {
    readonly id: string;
    readonly value: string;
    readonly label: string;
    readonly chosen: boolean;
  }[];
}

/** One entry of a list. */
interface ChangeRow {
  readonly legend: string;
  readonly fields: readonly ChangeField[];
}

/** Fields that belong together, and what may be chosen of them. */
export interface ChangeGroup {
  readonly title: string;
  /** Where an error about all of it leads. */
  readonly id?: string;
  readonly lead?: string;
  readonly error?: string;
  readonly fields: readonly ChangeField[];
  /** The entries of a list, each with fields of its own. */
  readonly rows?: readonly ChangeRow[];
  readonly choices?: readonly ChangeChoice[];
}

/** What must happen before a change can; the link leads whoever may do it there. */
export interface ChangeBefore {
  readonly text: string;
  readonly link?: { readonly href: string; readonly label: string };
}

/** A page that says what a change would come to, and asks for it to be confirmed. */
export interface ChangeModel {
  readonly area?: Area;
  readonly backHref: string;
  readonly backText: string;
  readonly heading: string;
  readonly lead: string;
  /** What would happen, a sentence each. */
  readonly consequences: readonly string[];
  /** What somebody has to do before, and where, or who may. */
  readonly before?: readonly ChangeBefore[];
  /** Why it cannot be done; there is no form then. */
  readonly refused?: string;
  /** Another way to go on with what was entered, instead of the button. */
  readonly otherButton?: { readonly name: string; readonly value: string; readonly label: string };
  /** (Default: post) */
  readonly method?: 'get';
  readonly action: string;
  readonly hidden?: readonly { readonly name: string; readonly value: string }[];
  readonly choices?: readonly ChangeChoice[];
  /** Fields that belong together, before the others. */
  readonly groups?: readonly ChangeGroup[];
  readonly fields: readonly ChangeField[];
  readonly button: string;
  /** It cannot be taken back. */
  readonly warning?: boolean;
}

/** Makes the field in which somebody says why. */
export function reasonField(value: string, error?: string): ChangeField {
  return {
    id: 'reason',
    name: 'reason',
    label: 'Why?',
    hint: 'It stands in the history, with your name.',
    value,
    rows: 3,
    ...(error === undefined ? {} : { error }),
  };
}

/** Makes the page on which a change is confirmed. */
export function changePage({
  area,
  choices = [],
  groups = [],
  fields,
  ...model
}: ChangeModel): Page {
  const inGroups = groups.flatMap((group) => [
    group,
    ...group.fields,
    ...(group.rows ?? []).flatMap((row) => row.fields),
    ...(group.choices ?? []),
  ]);
  const errors = [...inGroups, ...fields].flatMap(({ id = '', error }) =>
    error === undefined ? [] : [{ href: `#${id}`, text: error }],
  );
  return {
    template: 'pages/change',
    title: `${errors.length > 0 ? 'Error: ' : ''}${model.heading}`,
    ...(area === undefined ? {} : { area }),
    model: {
      method: 'post',
      ...model,
      errors,
      choices: choices.map(choiceView),
      groups: groups.map((group) => ({
        ...group,
        fields: group.fields.map(fieldView),
        rows: group.rows?.map((row) => ({ ...row, fields: row.fields.map(fieldView) })),
        choices: group.choices?.map(choiceView),
      })),
      fields: fields.map(fieldView),
    },
  };
}

function choiceView(choice: ChangeChoice): object {
  const kind =
    choice.several === true
      ? { block: 'checkboxes', type: 'checkbox' }
      : { block: 'radios', type: 'radio' };
  return { ...choice, ...kind, describedBy: describedBy(choice) };
}

function fieldView(field: ChangeField): object {
  return {
    ...field,
    type: field.secret === true ? 'password' : 'text',
    ...(field.secret === true ? { autocomplete: 'off' } : {}),
    describedBy: describedBy(field),
    options: field.options?.map((one) => ({ ...one, chosen: one.value === field.value })),
  };
}

function describedBy({ id, hint, error }: Pick<ChangeField, 'id' | 'hint' | 'error'>): string {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  return ids.filter((one) => one !== '').join(' ');
}
