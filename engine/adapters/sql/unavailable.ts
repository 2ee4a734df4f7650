import { TrellisError } from '../../kernel/errors.ts';
import type { Store } from '../../ports/store.ts';
import type { Dialect } from './dialect.ts';

type Judge = Pick<Dialect, 'unavailable'>;
type Method = (...given: readonly unknown[]) => unknown;

/** Tells whether the database cannot be used for now, so that the same may well succeed later. */
export function isUnavailable({ unavailable }: Judge, error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  return unavailable.test(typeof code === 'string' ? code : error.message);
}

/** Lets every port say with `database-unavailable` that the database cannot be used for now. */
export function sayingUnavailable(store: Store, dialect: Judge): Store {
  const told = (error: unknown): unknown => unavailableOr(dialect, error);
  const ports = Object.entries(store).map(([name, port]: [string, object]) => {
    if (typeof port === 'function') return [name, port];
    const methods = Object.entries(port) as [string, Method][];
    return [name, Object.fromEntries(methods.map(([key, one]) => [key, telling(told, one)]))];
  });
  return Object.fromEntries(ports) as Store;
}

function telling(told: (error: unknown) => unknown, method: Method): Method {
  return (...given) => {
    const answer = method(...given);
    if (isPromise(answer))
      return answer.then(undefined, (error: unknown) => Promise.reject(told(error) as Error));
    return isContent(answer) ? content(told, answer) : answer;
  };
}

async function* content(
  told: (error: unknown) => unknown,
  pieces: AsyncIterable<unknown>,
): AsyncGenerator {
  try {
    yield* pieces;
  } catch (error) {
    throw told(error);
  }
}

function isPromise(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}

function isContent(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

function unavailableOr(dialect: Judge, error: unknown): unknown {
  if (!isUnavailable(dialect, error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TrellisError(
    'database-unavailable',
    'The database cannot be used at present, so nothing was promised. Look again in a moment, and try again.',
    { reason },
  );
}
