import { checkWorkflowSource } from '../../engine/forms/check-workflow-source.ts';
import type { CoreView } from '../../engine/kernel/core-view.ts';
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import type { Problem } from '../../engine/kernel/problem.ts';
import type { Mutant, Operator, Place, Subject, Variation } from './operator.ts';
import { writeTree } from './tree.ts';

/** One wrong workflow of the corpus, or one that is written otherwise. */
export interface Specimen {
  /** Who made it, of what, and the how-manieth. */
  readonly name: string;
  readonly operator: string;
  readonly source: WorkflowSource;
  /** Present where it is wrong. */
  readonly place?: Place;
}

/** What the checker says of a specimen. */
export interface Verdict {
  readonly specimen: Specimen;
  readonly isRight: boolean;
  /** What it found, for those who look why. */
  readonly found: readonly string[];
}

export function mutantsOf(
  subjects: readonly Subject[],
  operators: readonly Operator[],
): readonly Specimen[] {
  return operators.flatMap((operator) =>
    subjects.flatMap((subject) =>
      operator.apply(subject).map((mutant, index) => ({
        ...specimen(subject, operator.name, mutant, index),
        place: mutant.place,
      })),
    ),
  );
}

export function variationsOf(
  subjects: readonly Subject[],
  variations: readonly Variation[],
): readonly Specimen[] {
  return variations.flatMap((variation) =>
    subjects.flatMap((subject) =>
      variation
        .apply(subject)
        .map((varied, index) => specimen(subject, variation.name, varied, index)),
    ),
  );
}

function specimen(
  { source }: Subject,
  operator: string,
  { tree, text, files }: Omit<Mutant, 'place'>,
  index: number,
): Specimen {
  const written = text ?? (tree === undefined ? source.text : writeTree(tree));
  return {
    name: `${operator} of ${source.name}, ${String(index + 1)}`,
    operator,
    source: { ...source, text: written, files: files ?? source.files },
  };
}

/** A wrong workflow must be refused at its place; a right one must not be refused. */
export function judge(specimen: Specimen, core: CoreView): Verdict {
  const { problems } = checkWorkflowSource(specimen.source, core);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const { place } = specimen;
  const isRight =
    place === undefined ? errors.length === 0 : errors.some((problem) => stands(problem, place));
  return { specimen, isRight, found: errors.map(tell) };
}

function stands({ path, file, position }: Problem, place: Place): boolean {
  if ('file' in place) return file?.endsWith(place.file) === true;
  if ('line' in place) return position?.line === place.line;
  return place.path.every((step, index) => path[index] === step);
}

function tell({ code, path, file, message, position }: Problem): string {
  const line = position === undefined ? '' : ` (line ${String(position.line)})`;
  return `${code} at ${file ?? ''}${path.join('.')}${line}: ${message}`;
}
