/** One way in which a value does not fit its schema. */
export interface SchemaError {
  /** JSON Pointer to the value, or for a missing property to where it should be. */
  readonly pointer: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** A plain sentence without the field's name: `must not be longer than 200 characters`. */
  readonly message: string;
}

/** Tells every way in which a value does not fit; an empty list means that it fits. */
export type Validate = (value: unknown) => readonly SchemaError[];
