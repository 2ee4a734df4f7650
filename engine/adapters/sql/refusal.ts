import type { CommitResult } from '../../ports/cases.ts';

/** Why a step cannot be saved. */
export type Refusal = Exclude<CommitResult['kind'], 'saved'>;
