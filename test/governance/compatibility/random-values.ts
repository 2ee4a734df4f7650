import fc from 'fast-check';
import type { Json } from '../../../engine/kernel/json.ts';

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('red', 'green', 'blue', 'a', 'b', '', 'A1', 'A123', 'abcdefgh', 'aaa', 'abab'),
  fc.constantFrom('2026-01-31', 'ann@example.com', '123e4567-e89b-42d3-a456-426614174000'),
  fc.constantFrom('0', '1', '1.5', '1.50', '2', '10', '99.99', '100', '-1', '0.123'),
  fc.integer({ min: -5, max: 12 }),
  fc.constantFrom(0.5, 1.5, 0.25, -0.5, 9.5, 4.5),
  fc.constantFrom(null, true, false),
);

/** Values of the kind that the random types are about. */
export const randomValues: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'x1', 'zz'), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** The same, as objects only. */
export const randomObjects: fc.Arbitrary<Json> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'x1', 'zz'),
  randomValues,
  { maxKeys: 5 },
);
