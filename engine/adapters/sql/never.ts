/** A time that never comes: last in every list, without nulls in a keyset. */
export const NEVER = Number.MAX_SAFE_INTEGER;
