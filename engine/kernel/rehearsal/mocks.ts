import type { CoreView } from '../core-view.ts';
import type { Json } from '../json.ts';
import type { Validator } from '../validator/validator.ts';
import type { WorkError } from '../event.ts';
import { answerValue } from './typed-values.ts';

export type MockAnswer =
  | { readonly kind: 'result'; readonly value: Json }
  | { readonly kind: 'failure'; readonly error: WorkError };

/** What the mocks of a test case answer, call by call. */
export class Mocks {
  readonly #mocks: Readonly<Record<string, unknown>>;
  readonly #core: CoreView;
  readonly #calls = new Map<string, number>();

  constructor(mocks: Readonly<Record<string, unknown>>, core: CoreView) {
    this.#mocks = mocks;
    this.#core = core;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#mocks, name);
  }

  /** The next answer of an operation; `undefined` without a mock, or when its list is used up. */
  next(name: string): MockAnswer | undefined {
    if (!this.has(name)) return undefined;
    const mock = this.#mocks[name] as Json;
    const call = this.#calls.get(name) ?? 0;
    this.#calls.set(name, call + 1);
    const value = Array.isArray(mock) ? (mock as readonly Json[])[call] : mock;
    return value === undefined ? undefined : answerOf(answerValue(value, name, this.#core));
  }
}

/** Says how the answer of a mock is not of the operation's type, where it is not. */
export function misfitOf(
  answer: Json,
  operation: string,
  core: CoreView,
  validator: Validator,
): string | undefined {
  const schema = core.operations.get(operation)?.outputSchema ?? true;
  const [error] = validator.compile(schema)(answer);
  if (error === undefined) return undefined;
  const where = error.pointer === '' ? 'The mock' : `The mock's "${error.pointer}"`;
  return `${where} of ${operation} ${error.message}.`;
}

function answerOf(value: Json): MockAnswer {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const keys = Object.keys(value);
    const code = (value as Readonly<Record<string, Json>>)['fail'];
    if (keys.length === 1 && typeof code === 'string') {
      return { kind: 'failure', error: { code, message: `The mock fails with ${code}.` } };
    }
  }
  return { kind: 'result', value };
}
