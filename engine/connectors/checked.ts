import type { SchemaError, Validate } from '../kernel/validator/schema-error.ts';
import type { CallOperation } from '../ports/connector.ts';

/** Holds what is sent against the operation's input type before anything is sent. */
export function checkedInput(validate: Validate, operation: CallOperation): CallOperation {
  return async (call) => {
    const wrong = validate(call.input);
    return wrong.length === 0
      ? operation(call)
      : {
          kind: 'broken',
          code: 'wrong-input',
          message: `What was given to ${call.operation} is not of the declared type: ${quote(wrong)}`,
        };
  };
}

/** Holds what the other side answered against the operation's output type. */
export function checkedOutput(validate: Validate, operation: CallOperation): CallOperation {
  return async (call) => {
    const answer = await operation(call);
    const wrong = answer.kind === 'ok' ? validate(answer.output) : [];
    return wrong.length === 0
      ? answer
      : {
          kind: 'broken',
          code: 'wrong-answer',
          message: `${call.operation} answered something that is not of the declared type: ${quote(wrong)}`,
        };
  };
}

const SHOWN = 5;

/** Writes schema errors with their places, never with values: `/order/status must be …`. */
function quote(errors: readonly SchemaError[]): string {
  const shown = errors
    .slice(0, SHOWN)
    .map(({ pointer, message }) => `${pointer === '' ? 'the whole' : pointer} ${message}`);
  const more = errors.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
