/**
 * Marks a place that no value can reach, so that a new member of a union is a type error there.
 * @throws `RangeError` where the types were lied to.
 */
export function assertNever(value: never): never {
  throw new RangeError(`No such case: ${JSON.stringify(value)}`);
}
