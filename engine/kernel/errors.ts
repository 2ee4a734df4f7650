/**
 * A refusal with a stable code. The message says what is wrong, where, what was expected and what
 * to do; `data` carries the values for programs. Every code is listed in `engine/README.md`.
 */
export class TrellisError extends Error {
  override readonly name = 'TrellisError';
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
