import { canonicalJson } from '../../governance/canonical-json.ts';
import { digestText } from '../../governance/digest.ts';
import { TrellisError } from '../../kernel/errors.ts';

/** Makes the token by which somebody confirms what they were shown: a short digest of each fact. */
export function tokenOf(facts: readonly unknown[]): string {
  return facts.map((fact) => digestText(canonicalJson(fact)).slice(0, 16)).join('-');
}

/**
 * Refuses a token that was made of other facts; `names` says what each of them is called.
 * @throws `TrellisError` with code `review-stale`, which says what has changed.
 */
export function assertShown(
  token: string,
  facts: readonly unknown[],
  names: readonly string[],
): void {
  const given = token.split('-');
  const now = tokenOf(facts).split('-');
  const changed = names.filter((_name, index) => given[index] !== now[index]);
  if (changed.length === 0) return;
  throw new TrellisError(
    'review-stale',
    `This has changed since it was shown: ${changed.join(', ')}. Look at it again; nothing was decided.`,
    { changed },
  );
}
