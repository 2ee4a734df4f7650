import type { FormModel } from './form-model.ts';
import type { ListQuestion } from './list-entries.ts';
import { isListQuestion } from './list-entries.ts';

/** What one page in the browser shows. With `back`, the way on leads back to the summary. */
export type Step =
  | { readonly kind: 'outcome'; readonly back?: boolean }
  | { readonly kind: 'page'; readonly page: number; readonly back?: boolean }
  /** One entry of a list, being added or changed; or the question whether to remove it. */
  | {
      readonly kind: 'entry' | 'remove';
      readonly list: ListQuestion;
      readonly entry: number;
      readonly back?: boolean;
    }
  | { readonly kind: 'summary' };

/** The lists of a form, in their order; a step names one by its place here. */
function listsOf(model: FormModel): readonly ListQuestion[] {
  return model.pages.flatMap(({ questions }) => questions).filter(isListQuestion);
}

/** Writes a step as it stands in an address: `page-1`, `list-1-entry-2`, `check`. */
export function stepKey(model: FormModel, step: Step): string {
  if (step.kind === 'summary') return 'check';
  const key = step.back === true ? '-back' : '';
  if (step.kind === 'outcome') return `outcome${key}`;
  if (step.kind === 'page') return `page-${step.page + 1}${key}`;
  const list = listsOf(model).findIndex(({ pointer }) => pointer === step.list.pointer);
  return `list-${list + 1}-${step.kind}-${step.entry + 1}${key}`;
}

/** Reads a step from an address; `undefined` where the form has no such step. */
export function readStep(model: FormModel, key: string): Step | undefined {
  if (key === 'check') return { kind: 'summary' };
  const match = /^(outcome|page-(\d{1,3})|list-(\d{1,3})-(entry|remove)-(\d{1,4}))(-back)?$/u.exec(
    key,
  );
  if (match === null) return undefined;
  const [, , page, list, kind, entry, suffix] = match;
  const back = suffix === undefined ? {} : { back: true };
  if (page !== undefined) {
    const index = Number(page) - 1;
    return model.pages[index] === undefined ? undefined : { kind: 'page', page: index, ...back };
  }
  if (list === undefined) return model.outcomeFirst ? { kind: 'outcome', ...back } : undefined;
  const found = listsOf(model)[Number(list) - 1];
  const index = Number(entry) - 1;
  if (found === undefined || index < 0 || index >= found.widget.maxItems) return undefined;
  return { kind: kind === 'remove' ? 'remove' : 'entry', list: found, entry: index, ...back };
}

/** The index of the page on which a list stands. */
export function pageOfList(model: FormModel, list: ListQuestion): number {
  return model.pages.findIndex(({ questions }) =>
    questions.some(({ pointer }) => pointer === list.pointer),
  );
}
