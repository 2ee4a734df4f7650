import type { ValueType } from '../types/value-type.ts';

/** The names that an expression may use, with their types. */
export type Variables = Readonly<Record<string, ValueType>>;
