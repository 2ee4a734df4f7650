import type { Start } from '../kernel/definition/workflow.ts';
import type { InForce } from './in-force.ts';
import type { Catalogue, Definition } from './catalogue.ts';

type StartOf<K extends Start['kind']> = Extract<Start, { readonly kind: K }>;

/** A way to start the newest version of a workflow that nobody has to press. */
export interface StandingStart<K extends Start['kind']> {
  readonly definition: Definition;
  readonly start: StartOf<K>;
}

type Standing = Pick<InForce, 'current'>;

/**
 * Lists the starts of a kind of all newest versions that are not retired, in the order of the workflows'
 * names. Only those are looked into whose text has `word` in it, which such a start cannot do without.
 */
export async function startsOf<K extends Start['kind']>(
  kind: K,
  word: string,
  { catalogue, inForce }: { readonly catalogue: Catalogue; readonly inForce: Standing },
): Promise<readonly StandingStart<K>[]> {
  const look = await inForce.current();
  const names = catalogue
    .list()
    .filter(({ name, source }) => source.text.includes(word) && look.retired(name) === undefined)
    .map(({ name }) => name);
  // One that cannot be read any more does not keep the others from beginning.
  const found = await catalogue.readable(names);
  return found.flatMap((definition) =>
    definition.compiled.workflow.starts
      .filter((start): start is StartOf<K> => start.kind === kind)
      .map((start) => ({ definition, start })),
  );
}

/**
 * Tells whether a start stood at a moment already, in this version or unchanged in those before: what
 * came about before it was published begins nothing.
 */
export async function stoodAt(
  { definition, start }: { readonly definition: Definition; readonly start: Start },
  at: number,
  catalogue: Catalogue,
): Promise<boolean> {
  const { name, version, publishedAt } = definition.published;
  if (at >= publishedAt) return true;
  if (version === 1) return false;
  const before = await catalogue.version(name, version - 1);
  const same = before.compiled.workflow.starts.find((one) => isSame(one, start));
  return same !== undefined && stoodAt({ definition: before, start: same }, at, catalogue);
}

/** What is saved and set may differ. */
function isSame(one: Start, other: Start): boolean {
  if (one.name !== other.name) return false;
  if (one.kind === 'schedule' && other.kind === 'schedule') {
    return one.pattern === other.pattern && one.zone === other.zone;
  }
  return one.kind === 'message' && other.kind === 'message' && one.message === other.message;
}
