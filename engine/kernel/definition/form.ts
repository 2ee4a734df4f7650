import type { Path } from '../problem.ts';
import type { JsonSchema, ValueType } from '../types/value-type.ts';
import type { Audience } from './people.ts';
import type { DataField, DataPath, Delay, Expression, Text } from './values.ts';

/** A field of a list's items that is asked for. */
export interface Column {
  readonly name: string;
  /** Whether every item must have it, beyond what its type asks of it. */
  readonly required: boolean;
}

/** A field asked for: of the case's data, or of the form alone (`form.NAME` in its outcomes). */
export interface FormField {
  readonly path: Path;
  readonly scope: 'data' | 'form';
  readonly target: DataPath;
  /** Where a field of a `forEach`'s item is kept in the case's data; `[]` stands for the item. */
  readonly kept?: DataPath;
  /** The schema of a form's own field; a data field takes its type's. */
  readonly own?: { readonly type: ValueType; readonly schema: JsonSchema };
  readonly required: boolean;
  readonly title?: Text;
  readonly hint?: Text;
  readonly widget?: string;
  /** For a list of objects: the fields of an item that are asked for. */
  readonly columns?: readonly Column[];
  readonly when?: Expression;
}

export interface FormPage {
  readonly path: Path;
  readonly title?: Text;
  readonly fields: readonly FormField[];
}

export interface FormRule {
  readonly path: Path;
  readonly must: Expression;
  readonly say: Text;
  readonly at?: DataPath;
}

/** The item of the states that repeat a form, under the name that they give it. */
export interface FormItem extends DataField {
  /** The list of the case's data that it lies in, where it lies in one. */
  readonly list?: DataPath;
}

export interface Form {
  readonly path: Path;
  readonly name: string;
  readonly title: Text;
  /** For whom it is made; whoever is given it must be one of these. */
  readonly audience?: Audience;
  readonly show: readonly { readonly path: Path; readonly target: DataPath }[];
  /** The items that it is filled for, where a `forEach` repeats it: fields like those of the data. */
  readonly items: readonly FormItem[];
  readonly pages: readonly FormPage[];
  /** Buttons by outcome; empty where the state's `on` names them. */
  readonly outcomes: readonly { readonly name: string; readonly title: Text }[];
  readonly rules: readonly FormRule[];
  readonly summary: boolean;
  readonly saveAndReturn?: Delay;
}
