import type { JsonObject } from '../../kernel/json.ts';
import { readSize } from '../../kernel/values/media.ts';
import type { Conjunct } from './conjuncts.ts';
import { written } from './finding.ts';

const A_FILE: JsonObject = {
  id: 'file-1',
  name: 'example',
  type: 'application/pdf',
  size: 1000,
  sha256: 'ab'.repeat(32),
};

/** Stored files at the edges of what schemas take; none where no schema is of a file. */
export function fileSamples(conjuncts: readonly Conjunct[]): readonly JsonObject[] {
  const accepted = written(conjuncts, 'x-accept').flat().map(String);
  const limits = written(conjuncts, 'x-maxSize').map((size) => readSize(String(size)) ?? 0);
  if (accepted.length + limits.length === 0) return [];
  const sizes = [1000, ...limits, ...limits.map((limit) => limit + 1)];
  return [...new Set([...accepted, 'application/pdf', 'text/plain'])].flatMap((type) =>
    sizes.map((size) => ({ ...A_FILE, size, type: type.replace('*', 'example') })),
  );
}
