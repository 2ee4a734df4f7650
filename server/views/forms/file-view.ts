import { isFileValue, valueAt } from '../../../engine/index.ts';
import type { AnswerError, Draft, FileQuestion } from '../../../engine/index.ts';
import { fieldFrame } from './field-view.ts';
import type { FieldView } from './form-view.ts';
import type { FileHref } from './row-view.ts';
import { fileView } from './row-view.ts';

interface Around {
  readonly draft: Draft;
  readonly errors: readonly AnswerError[];
  readonly fileHref: FileHref | undefined;
}

/** Makes the view of a question for a file, with the one that was uploaded before. */
export function fileInputView(
  question: FileQuestion,
  { draft, errors, fileHref }: Around,
): FieldView {
  const { accept, maxSize } = question.widget;
  const error = errors.find(({ pointer }) => pointer === question.pointer);
  const limit = `Up to ${maxSize}`;
  const hint = question.hint === undefined ? limit : `${question.hint}. ${limit}`;
  const current = valueAt(draft.values, question.pointer);
  return {
    ...fieldFrame({ ...question, hint }, error?.text),
    template: 'forms/file',
    accept: accept.includes('*/*') ? '' : accept.join(','),
    ...(isFileValue(current) ? { current: fileView(current, fileHref) } : {}),
    upload: { label: 'Upload', name: '#action', value: 'upload', emphasis: 'secondary' },
    remove: { label: 'Remove', name: '#action', value: 'remove', emphasis: 'secondary' },
  };
}
