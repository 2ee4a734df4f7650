import { RE2JS } from 're2js';
import { Latest } from '../latest.ts';

/** A pattern that can be held against texts in time linear to their length. */
export interface LinearPattern {
  test(text: string): boolean;
  toString(): string;
}

const LATEST = new Latest(100_000, compile);

/**
 * Compiles a regular expression by RE2's rules, which know no backtracking: no look-around, no
 * back references.
 * @throws `Error` that says what the pattern has that RE2 does not.
 */
export function linearPattern(source: string): LinearPattern {
  return LATEST.of(source);
}

function compile(source: string): LinearPattern {
  const pattern = RE2JS.compile(source);
  return { test: (text: string) => pattern.matcher(text).find(), toString: () => source };
}

/** What ajv calls in place of `new RegExp`. `code` matters for stand-alone output only. */
export const re2Engine = Object.assign((source: string) => linearPattern(source), {
  code: 'linearPattern',
});
