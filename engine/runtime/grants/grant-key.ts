import { canonicalJson } from '../../governance/canonical-json.ts';
import { digestText } from '../../governance/digest.ts';
import type { Grant } from '../../kernel/core-view.ts';

/** The key under which the uses of a grant are counted: a new quota or end of it keeps the count. */
export function grantKey({ team, operations, messages, write }: Grant): string {
  const parts = [operations, messages, write].map((names) => [...names].sort());
  return digestText(canonicalJson([team, ...parts]));
}
