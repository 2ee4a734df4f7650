import type { Dialect } from './dialect.ts';
import { isUnavailable } from './unavailable.ts';

/** The database was lost after it was told to commit: nobody knows whether it did. */
export class UnsureError extends Error {
  override readonly name = 'UnsureError';
  readonly code: unknown;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.code = 'code' in cause ? cause.code : undefined;
  }
}

/** Runs what commits; where the database is lost meanwhile, the error says that nobody is sure. */
export async function committing<T>(
  dialect: Pick<Dialect, 'unavailable'>,
  commit: () => Promise<T>,
): Promise<T> {
  try {
    return await commit();
  } catch (error) {
    throw error instanceof Error && isUnavailable(dialect, error) ? new UnsureError(error) : error;
  }
}
