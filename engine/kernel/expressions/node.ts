import type { ValueType } from '../types/value-type.ts';
import type { Flow } from './flow.ts';
import type { Frame } from './frame.ts';

/** A checked part of an expression in its compiled form: takes a frame, gives a running value. */
export type Run = (frame: Frame) => unknown;

/** Where a value was read, when it was read from a name and not worked out. */
interface NodePath {
  /** Tells paths apart even where a name is used for an item of several lists. */
  readonly key: string;
  /** As the author wrote it: `quote.netTotal`, `l.qty`. */
  readonly shown: string;
}

/** How what lies in a list, or in an item of it, may be followed to where it came from. */
export interface ItemOrigin {
  /** The path of the list: an item's field `qty` flows from `lines.qty`. */
  readonly prefix: string;
  /** What decided which items there are. */
  readonly extra: readonly Flow[];
}

/** A part of an expression that was found to be right. */
export interface Node {
  readonly from: number;
  readonly to: number;
  readonly type: ValueType;
  /** Gives the value in its running form; `null` for empty. */
  readonly run: Run;
  /** Gives the value in its stored form, where it is handed on just as it was read. */
  readonly stored?: Run;
  readonly path?: NodePath;
  /** True where only the facts of this place say that it cannot be empty. */
  readonly assumed?: boolean;
  readonly items?: ItemOrigin;
  /** The key of the list whose size it is. */
  readonly counts?: string;
  readonly flows: readonly Flow[];
  /** Keys of paths that are known to be present where this holds, and where it does not. */
  readonly whenTrue: readonly string[];
  readonly whenFalse: readonly string[];
}

/** The parts of a node that most nodes leave at their defaults. */
type NodeParts = Pick<Node, 'type' | 'run'> & Partial<Omit<Node, 'from' | 'to'>>;

/** Makes a node for a place of the source. */
export function makeNode(place: { start: number; end: number }, parts: NodeParts): Node {
  const { start: from, end: to } = place;
  return { from, to, flows: NONE, whenTrue: NONE, whenFalse: NONE, ...parts };
}

const NONE: readonly never[] = [];

/** Joins what flows into several nodes. */
export function flowsOf(nodes: readonly Node[]): readonly Flow[] {
  return nodes.flatMap((node) => node.flows);
}
