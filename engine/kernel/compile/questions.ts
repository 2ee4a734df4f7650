import { expressionsIn } from '../definition/expressions-in.ts';
import type { Workflow } from '../definition/workflow.ts';
import { questionAbout, questionsIn } from '../expressions/state-questions.ts';
import type { CaseContext } from './case-context.ts';
import { hasEnded } from './visits.ts';

/** A question about a state that some formula of a workflow asks. */
export interface Question {
  readonly name: string;
  readonly word: string;
  readonly path: string;
}

/** Finds what the formulas of a workflow ask about its states, so that nothing else is answered. */
export function questionsOf(workflow: Workflow): readonly Question[] {
  const found = new Map<string, Question>();
  for (const { source } of expressionsIn(workflow)) {
    for (const { word, path } of questionsIn(source)) {
      const name = questionAbout(word, path);
      found.set(name, { name, word, path });
    }
  }
  return [...found.values()];
}

/** Answers by where the case is at this moment. */
export function answersTo(
  questions: readonly Question[],
  context: CaseContext,
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    questions.map(({ name, word, path }) => [
      name,
      word === 'in' ? isIn(context, path) : isDoneWith(context, path),
    ]),
  );
}

function isIn({ open }: CaseContext, state: string): boolean {
  const work = open[state];
  return work !== undefined && work.left !== true && work.calledOff !== true;
}

/** The case has been in the state, and has left it or come to its end. */
function isDoneWith(context: CaseContext, state: string): boolean {
  if ((context.visits[state] ?? 0) === 0) return false;
  return !isIn(context, state) || hasEnded(context.open[state]);
}
