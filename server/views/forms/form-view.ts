/**
 * What the templates of forms read. Everything in it is text or a flag: a template decides
 * nothing, and escapes all of it.
 */

/** A page of a form. `template` is the partial that writes its middle. */
export interface FormView {
  /** For the browser's tab: begins with `Error: ` when something is wrong. */
  readonly pageTitle: string;
  /** The form's title, above the heading of a page that has its own. */
  readonly caption?: string;
  readonly heading: string;
  readonly backHref?: string;
  readonly action: string;
  /** True where a file is sent along. */
  readonly multipart: boolean;
  /** Hidden fields of the host, e.g. the key that makes a double submission harmless. */
  readonly hidden: readonly HiddenView[];
  readonly errors: readonly ErrorLinkView[];
  /** What the form shows and does not ask for. */
  readonly shown: readonly RowView[];
  readonly body: BodyView;
  readonly buttons: readonly ButtonView[];
  /**
   * True where the first button would do more than go on: Enter then presses a hidden button
   * that only goes on.
   */
  readonly plainEnter: boolean;
  readonly saveLabel?: string;
  readonly cancelHref?: string;
}

export type BodyView =
  | { readonly template: 'forms/questions'; readonly groups: readonly GroupView[] }
  | { readonly template: 'forms/summary'; readonly sections: readonly SectionView[] }
  | { readonly template: 'forms/outcome'; readonly field: FieldView }
  | { readonly template: 'forms/remove'; readonly rows: readonly RowView[] };

export interface HiddenView {
  readonly name: string;
  readonly value: string;
}

interface ErrorLinkView {
  readonly href: string;
  readonly text: string;
}

/** `emphasis` is the GOV.UK class of the button: none for the main one. */
export interface ButtonView {
  readonly label: string;
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  readonly emphasis?: 'secondary' | 'warning';
}

/** Questions that belong together; with a legend when they come from one object. */
export interface GroupView {
  readonly legend?: string;
  readonly fields: readonly FieldView[];
}

interface SectionView {
  readonly title?: string;
  readonly rows: readonly RowView[];
}

/** One row of a summary list. */
export interface RowView {
  readonly label: string;
  /** The label as it stands inside the words read out for the `Change` link. */
  readonly spoken: string;
  readonly lines: readonly string[];
  readonly files?: readonly FileView[];
  readonly table?: TableView;
  readonly changeHref?: string;
}

/** A file that was uploaded; without `href` it can only be named. */
export interface FileView {
  readonly name: string;
  readonly size: string;
  readonly href?: string;
}

export interface TableView {
  readonly caption: string;
  readonly head: readonly CellView[];
  readonly rows: readonly (readonly CellView[])[];
}

interface CellView {
  readonly text: string;
  readonly numeric: boolean;
}

/** What every field carries. */
export interface FieldFrame {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** Ids of the hint and the error message, for `aria-describedby`. */
  readonly describedBy?: string;
}

export type FieldView = FieldFrame &
  (
    | TextView
    | { readonly template: 'forms/textarea'; readonly value: string; readonly rows: number }
    | { readonly template: 'forms/select'; readonly options: readonly OptionView[] }
    | ChoicesView
    | { readonly template: 'forms/date'; readonly inputs: readonly DateInputView[] }
    | ListView
    | FileInputView
  );

export interface FileInputView {
  readonly template: 'forms/file';
  /** What the browser offers: `application/pdf,image/*`. */
  readonly accept: string;
  readonly current?: FileView;
  /** The buttons beside it: to upload it now, and to take it away. */
  readonly upload: ButtonView;
  readonly remove: ButtonView;
}

export interface TextView {
  readonly template: 'forms/text';
  readonly type: string;
  readonly value: string;
  readonly inputmode?: string;
  readonly autocomplete?: string;
  /** True where a browser must not correct the spelling. */
  readonly verbatim: boolean;
  /** How many characters wide, where the answer is short. */
  readonly width?: number;
}

export interface ChoicesView {
  readonly template: 'forms/choices';
  readonly type: 'radio' | 'checkbox';
  /** The middle of the class names: `govuk-radios__item`. */
  readonly block: 'radios' | 'checkboxes';
  readonly options: readonly OptionView[];
  readonly inline: boolean;
}

export interface OptionView {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}

export interface DateInputView {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly width: number;
  readonly wrong: boolean;
  readonly autocomplete?: string;
}

/** A list whose entries have pages of their own. */
interface ListView {
  readonly template: 'forms/list';
  /** How many entries there are, posted along so that a change in another window is noticed. */
  readonly length: number;
  readonly emptyText: string;
  readonly entries: readonly EntryView[];
  /** Absent when the list is full. */
  readonly add?: ButtonView;
}

export interface EntryView {
  /** `Line 2` */
  readonly title: string;
  readonly rows: readonly RowView[];
  readonly change: ButtonView;
  readonly remove: ButtonView;
}
