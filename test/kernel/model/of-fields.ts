/** What random workflows write, of one set of fields. */
import { fieldName, fieldsOf, withFields, writtenOf } from './model-fields.ts';
import type { ModelFields } from './model-fields.ts';
import type {
  Change,
  Guard,
  ModelData,
  ModelDecision,
  ModelForEach,
  ModelHearing,
  ModelTiming,
} from './model-workflow.ts';

/** A formula, and what it comes to. */
export interface Formula<T, A extends readonly unknown[] = []> {
  readonly text: string;
  readonly value: (fields: ModelFields, ...more: A) => T;
}

export interface FieldsChange {
  readonly set: Readonly<Record<string, string>>;
  readonly apply: (fields: ModelFields) => Partial<ModelFields>;
}

export interface FieldsDecision extends FieldsChange {
  readonly name: string;
  readonly table: Readonly<Record<string, unknown>> & {
    readonly inputs: Readonly<Record<string, string>>;
  };
}

export type FieldsTiming =
  | Exclude<ModelTiming, { readonly kind: 'in' | 'at' }>
  | ({ readonly kind: 'in' } & Formula<number>)
  | ({ readonly kind: 'at' } & Formula<number | undefined, [number]>);

/** Writes guards, changes, timings of one set. */
export class OfFields {
  readonly #set: number;

  constructor(set: number) {
    this.#set = set;
  }

  guard({ text, value }: Formula<boolean>): Guard {
    return { text: this.#text(text), holds: ({ data }) => value(this.#of(data)) };
  }

  change({ set, apply }: FieldsChange): Change {
    return { text: this.#written(set), apply: (data) => this.#with(data, apply) };
  }

  decision({ name, table, set, apply }: FieldsDecision): ModelDecision {
    const inputs = Object.entries(table.inputs).map(([input, text]) => [input, this.#text(text)]);
    return {
      name: `${name}${this.#set === 0 ? '' : String(this.#set)}`,
      table: { ...table, inputs: Object.fromEntries(inputs) },
      save: this.#written(set),
      apply: (data) => this.#with(data, apply),
    };
  }

  timing(timing: FieldsTiming): ModelTiming {
    if (timing.kind !== 'in' && timing.kind !== 'at') return timing;
    const text = this.#text(timing.text);
    if (timing.kind === 'in') {
      return { kind: 'in', text, hours: (data) => timing.value(this.#of(data)) };
    }
    return {
      kind: 'at',
      text,
      instant: (data, entered) => timing.value(this.#of(data), entered),
    };
  }

  list({ text, value }: Formula<number>): ModelForEach['in'] {
    return {
      text: this.#text(text),
      size: (data) => value(this.#of(data)),
      ...(text === 'nums' && { field: fieldName('nums', this.#set) }),
    };
  }

  hearing({ text, value }: Formula<string | undefined>): Pick<ModelHearing, 'match' | 'key'> {
    return { match: this.#text(text), key: (data) => value(this.#of(data)) };
  }

  #text(text: string): string {
    return writtenOf(text, this.#set);
  }

  #written(set: FieldsChange['set']): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(set).map(([name, text]) => [this.#text(name), this.#text(text)]),
    );
  }

  #of(data: ModelData): ModelFields {
    return fieldsOf(data, this.#set);
  }

  #with(data: ModelData, apply: FieldsChange['apply']): ModelData {
    return withFields(data, this.#set, apply(this.#of(data)));
  }
}
