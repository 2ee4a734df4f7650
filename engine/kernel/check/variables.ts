import type { ValueType } from '../types/value-type.ts';

/** The names that an expression may use, with their types. */
export type Variables = Readonly<Record<string, ValueType>>;

/** What the formula of an audience may name: no case has begun yet. */
export const BEFORE_A_CASE: Variables = {};
