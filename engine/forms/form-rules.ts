import type { Variables } from '../kernel/check/variables.ts';
import type { Form } from '../kernel/definition/form.ts';
import type { Problem } from '../kernel/problem.ts';
import { placeOf, pointersRead, readCondition } from './conditions.ts';
import type { AnswerRule, QuestionPage } from './form-model.ts';
import { textIn } from './label.ts';
import { overlaps } from './paging.ts';

/**
 * Reads the rules of a form. Each is held against the answers with the last page that it reads
 * something of, when all that it needs is known.
 */
export function answerRules(
  form: Form,
  pages: readonly QuestionPage[],
  variables: Variables,
  report: (problem: Problem) => void,
  language?: string,
): readonly AnswerRule[] {
  return form.rules.flatMap((rule) => {
    const must = readCondition(rule.must, variables, report);
    if (must === undefined) return [];
    const at = placeOf(rule, form);
    const named = at === undefined ? pointersRead(must) : [...pointersRead(must), at];
    const page = pages.findLastIndex(({ questions }) =>
      questions.some(({ pointer }) => named.some((other) => overlaps(pointer, other))),
    );
    const place = at === undefined ? {} : { at };
    return [{ must, say: textIn(rule.say, language), page: Math.max(page, 0), ...place }];
  });
}
