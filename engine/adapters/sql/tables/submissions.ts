import type { Submission } from '../../../ports/step.ts';
import { insertInto } from '../batch.ts';
import type { Columns, RowOf } from '../columns.ts';
import { fromJson, toJson } from '../json.ts';

const SUBMISSION = {
  key: 'text',
  digest: 'text',
  answer: 'text',
  at: 'bigint',
} as const satisfies Columns;

type SubmissionColumns = RowOf<typeof SUBMISSION>;

export const addSubmissions = insertInto('submissions', SUBMISSION, 'key');

export function submissionColumns(submission: Submission): SubmissionColumns {
  const { key, digest, answer, at } = submission;
  return { key, digest, answer: toJson(answer), at };
}

export function storedSubmission(row: SubmissionColumns): Submission {
  return {
    key: row.key,
    digest: row.digest,
    answer: fromJson(row.answer) as Submission['answer'],
    at: row.at,
  };
}
