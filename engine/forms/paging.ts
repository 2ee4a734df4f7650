import { pointersRead } from './conditions.ts';
import type { Question } from './form-model.ts';

/**
 * Splits the questions of one page as its author wrote it: a question whose condition reads the
 * answer to another one follows on a page of its own, since nothing may appear or vanish while a
 * page is being filled (it must work without JavaScript, and such fields are not accessible). A file
 * has a page of its own, after the other questions that it stands among: it is sent in another way.
 */
export function splitPage(questions: readonly Question[]): readonly (readonly Question[])[] {
  const pages: Question[][] = [];
  const levels = new Map<string, number>();
  for (const question of questions) {
    const level = levelOf(question, levels);
    levels.set(question.pointer, level);
    while (pages.length <= level) pages.push([]);
    pages[level]?.push(question);
  }
  return pages.flatMap(filesApart).filter((page) => page.length > 0);
}

function filesApart(questions: readonly Question[]): readonly (readonly Question[])[] {
  const isFile = ({ widget }: Question): boolean => widget.kind === 'file';
  const files = questions.filter(isFile).map((file) => [file]);
  return [questions.filter((question) => !isFile(question)), ...files];
}

function levelOf(question: Question, levels: ReadonlyMap<string, number>): number {
  if (question.when === undefined) return 0;
  const read = pointersRead(question.when);
  const before = [...levels].filter(([pointer]) => read.some((path) => overlaps(path, pointer)));
  return before.reduce((highest, [, level]) => Math.max(highest, level + 1), 0);
}

/** Tells whether one of two pointers lies inside the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
