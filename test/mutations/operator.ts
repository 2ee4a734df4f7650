import type { Path } from '../../engine/kernel/problem.ts';
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import type { Tree } from './tree.ts';

/** A right workflow that is to be made wrong, or written otherwise. */
export interface Subject {
  readonly source: WorkflowSource;
  readonly tree: Tree;
}

/** Where a problem has to be told: at or inside a path, in a file beside the workflow, in a line. */
export type Place = { readonly path: Path } | { readonly file: string } | { readonly line: number };

/** One wrong workflow: a changed tree, a changed text, or changed files. */
export interface Mutant {
  readonly place: Place;
  readonly tree?: Tree;
  readonly text?: string;
  readonly files?: WorkflowSource['files'];
}

/** Makes wrong workflows out of right ones. */
export interface Operator {
  readonly name: string;
  /** Why whatever it makes is wrong. */
  readonly why: string;
  readonly apply: (subject: Subject) => readonly Mutant[];
}

/** Writes a right workflow otherwise, so that it says the same. */
export interface Variation {
  readonly name: string;
  /** Why what it makes is right. */
  readonly why: string;
  readonly apply: (subject: Subject) => readonly Omit<Mutant, 'place'>[];
}

/** An operator that puts something else in the place of parts, and is told just there. */
export function operator(
  name: string,
  why: string,
  apply: (tree: Tree, subject: Subject) => readonly (readonly [Tree, Path])[],
): Operator {
  return {
    name,
    why,
    apply: (subject) =>
      apply(subject.tree, subject).map(([tree, path]) => ({ tree, place: { path } })),
  };
}
