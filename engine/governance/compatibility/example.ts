import type { Json } from '../../kernel/json.ts';
import { pointerTo } from '../../kernel/validator/pointer.ts';
import type { Conjunct } from './conjuncts.ts';
import type { Comparison, Finding } from './finding.ts';
import { Samples } from './samples.ts';

interface Around extends Comparison {
  readonly type: string;
  /** The whole type that the finding is in. */
  readonly whole: readonly Conjunct[];
}

/** How many values are tried before a break counts as not shown. */
const MOST_TRIES = 1_500;

/** Looks for a value that fits the type on one side and not on the other, because of what was found. */
export function exampleOf(finding: Finding, around: Around): { readonly value: Json } | undefined {
  const { from, to, type, whole } = around;
  const isRight = from.validator.compile({ $ref: type });
  const isStillRight = to.validator.compile({ $ref: type });
  const pointer = finding.of.reduce<string>((so, step) => pointerTo(so, String(step)), '');
  const samples = new Samples(from);
  let tries = 0;
  let second: { readonly value: Json } | undefined;
  for (const part of samples.edges(finding.from, [finding.against])) {
    for (const value of samples.around(whole, finding.of, part)) {
      tries += 1;
      if (tries > MOST_TRIES) return second;
      if (isRight(value).length > 0) continue;
      const errors = isStillRight(value);
      const here = errors.filter((error) => error.pointer.startsWith(pointer));
      if (here.length > 0 && here.length === errors.length && isOf(finding, errors)) {
        return { value };
      }
      if (here.length > 0) second ??= { value };
    }
  }
  return second;
}

/** Whether what the validator says of a value is just what was found. */
function isOf({ at }: Finding, errors: readonly { readonly pointer: string }[]): boolean {
  const pointer = at.reduce<string>((so, step) => pointerTo(so, String(step)), '');
  return errors.every((error) => error.pointer === pointer);
}
