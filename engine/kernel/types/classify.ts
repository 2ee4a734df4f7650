import type { Classification } from '../classification.ts';
import { LEVELS, PUBLIC, join } from '../classification.ts';
import { remembered } from '../remembered.ts';
import type { ValueType } from './value-type.ts';

/** One value inside another: the fields that lead to it, and its type. */
export interface Leaf {
  readonly path: readonly string[];
  readonly type: ValueType;
}

/** The most leaves that are told apart; what lies beyond is told by the object that holds it. */
const MOST_LEAVES = 500;

/** Joins a classification into a type and everything inside it. */
export function raise(type: ValueType, by: Classification): ValueType {
  if (join(PUBLIC, by) === PUBLIC) return type;
  const raised = { ...type, classification: join(type.classification, by) };
  if (raised.kind === 'list') return { ...raised, of: raise(raised.of, by) };
  if (raised.kind !== 'object') return raised;
  const fields = Object.entries(raised.fields).map(([name, field]) => [name, raise(field, by)]);
  return { ...raised, fields: Object.fromEntries(fields) as Record<string, ValueType> };
}

/**
 * Lists the values that a type holds: the fields of an object and of its objects, and of a list's
 * items. A plain value is its own only leaf.
 */
export function leavesOf(type: ValueType): readonly Leaf[] {
  return type.kind === 'object' || type.kind === 'list' ? listLeaves(type) : [{ path: [], type }];
}

const listLeaves = remembered((type: ValueType): readonly Leaf[] => {
  const leaves: Leaf[] = [];
  collect(type, [], leaves);
  return leaves;
});

function collect(type: ValueType, path: readonly string[], leaves: Leaf[]): void {
  if (type.kind === 'list' && type.of.kind === 'object') {
    collect(type.of, path, leaves);
  } else if (type.kind === 'object' && hasFields(type) && leaves.length < MOST_LEAVES) {
    for (const [name, field] of Object.entries(type.fields)) {
      collect(field, [...path, name], leaves);
    }
  } else {
    leaves.push({ path, type });
  }
}

function hasFields(type: Extract<ValueType, { kind: 'object' }>): boolean {
  return Object.keys(type.fields).length > 0;
}

/**
 * What the mere size of a value gives away: the level and tags that all its parts have in common.
 * A list is not secret because one field of its items is.
 */
export function shapeClassification(type: ValueType): Classification {
  const [first = PUBLIC, ...rest] = leavesOf(type).map((leaf) => leaf.type.classification);
  return rest.reduce(meet, first);
}

function meet(a: Classification, b: Classification): Classification {
  const level = LEVELS.indexOf(a.level) <= LEVELS.indexOf(b.level) ? a.level : b.level;
  return { level, tags: a.tags.filter((tag) => b.tags.includes(tag)) };
}
