import type { Classification } from '../classification.ts';

/** The names of the kinds, as authors write and read them. */
export const KINDS = [
  'text',
  'number',
  'whole number',
  'decimal',
  'yes/no',
  'date',
  'date-time',
  'duration',
  'list',
  'object',
  'one of',
  'file',
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * The static type of a value. How a value of each kind is *stored* (in a case's data, in JSON) and
 * how it *runs* inside an expression differs for three kinds only:
 *
 * | kind | stored | running |
 * | --- | --- | --- |
 * | decimal | string `"80.00"` | `Decimal` |
 * | date-time | ISO string, UTC | epoch milliseconds |
 * | duration | ISO 8601 string `PT3H` | milliseconds |
 * | date | `YYYY-MM-DD` | the same |
 * | file | `{ id, name, type, size, sha256 }` | the same |
 * | all others | JSON | the same |
 */
export type ValueType = Facets &
  (
    | { readonly kind: 'text' | 'number' | 'whole number' | 'decimal' | 'yes/no' }
    | { readonly kind: 'date' | 'date-time' | 'duration' }
    | {
        readonly kind: 'file';
        /** The media types that are taken: `application/pdf`, `image/*`. */
        readonly accept: readonly string[];
        /** How big it may be, as authors write it: `10 MB`. */
        readonly maxSize: string;
      }
    | {
        readonly kind: 'one of';
        readonly choices: readonly (string | number)[];
        /** By choice: the fields beside this one that are there with it. */
        readonly brings?: Readonly<Record<string, readonly string[]>>;
      }
    | { readonly kind: 'list'; readonly of: ValueType }
    | {
        readonly kind: 'object';
        /** The locked type it is, e.g. `Customer`. */
        readonly name?: string;
        readonly fields: Readonly<Record<string, ValueType>>;
        /** The fields that a whole value must have, whatever a draft of it lacks. */
        readonly required: readonly string[];
      }
    /** The literal `null`, and what has no values to tell its kind (an empty list's items). */
    | { readonly kind: 'empty' }
  );

/** What every type carries beside its kind. */
export interface Facets {
  /** True when a value may be missing or null. */
  readonly mayBeEmpty: boolean;
  readonly classification: Classification;
  /** The field of a locked type that it came from, e.g. `Quote.netTotal`; for grants and releases. */
  readonly origin?: string;
  /** A literal's value, so that `segment == "platinum"` can be refused. */
  readonly literal?: string | number | boolean;
}

/** A JSON Schema (2020-12) as data; `true` accepts everything. */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>;
