/** How sensitive a value is, least first. */
export const LEVELS = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Level = (typeof LEVELS)[number];

/** A level and the tags beside it (`personal`, or the company's own), sorted and without repeats. */
export interface Classification {
  readonly level: Level;
  readonly tags: readonly string[];
}

/** What a receiver of values may be given. */
export interface Clearance {
  readonly upTo: Level;
  readonly tags: readonly string[];
}

export const PUBLIC: Classification = { level: 'public', tags: [] };

/** Joins two classifications: the higher level, all tags (the least upper bound of the lattice). */
export function join(a: Classification, b: Classification): Classification {
  if (a === b || isPublic(b)) return a;
  if (isPublic(a)) return b;
  const level = LEVELS.indexOf(a.level) >= LEVELS.indexOf(b.level) ? a.level : b.level;
  return { level, tags: [...new Set([...a.tags, ...b.tags])].sort() };
}

/** Tells whether a value of this classification may reach a receiver with this clearance. */
export function mayFlow(value: Classification, receiver: Clearance): boolean {
  return (
    LEVELS.indexOf(value.level) <= LEVELS.indexOf(receiver.upTo) &&
    value.tags.every((tag) => receiver.tags.includes(tag))
  );
}

/** Writes a classification as people read it: `confidential, personal`. */
export function showClassification(value: Classification): string {
  return [value.level, ...value.tags].join(', ');
}

function isPublic(value: Classification): boolean {
  return value.level === 'public' && value.tags.length === 0;
}
