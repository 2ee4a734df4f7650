import type { ErrorObject, ValidateFunction } from 'ajv';
import { keepBestBranches } from './best-branch.ts';
import { pointerTo } from './pointer.ts';
import type { Reach } from './references.ts';
import type { SchemaError } from './schema-error.ts';
import { sentenceFor } from './sentences.ts';
import { tooBig } from './value-size.ts';
import type { SizeLimits } from './value-size.ts';

/** A schema as ajv compiled it, and how its parts hang together. */
export interface CompiledSchema {
  readonly validate: ValidateFunction;
  readonly reach: Reach;
}

/** How much is looked at and told of one value. */
export interface ErrorLimits {
  readonly mostErrors: number;
  readonly limits: SizeLimits;
}

/** Tells every way in which a value does not fit a compiled schema. */
export function valueErrors(
  value: unknown,
  { validate, reach }: CompiledSchema,
  { mostErrors, limits }: ErrorLimits,
): readonly SchemaError[] {
  const size = tooBig(value, limits);
  if (size !== undefined) return [{ pointer: '', keyword: 'size', params: {}, message: size }];
  if (validate(value)) return [];
  // The `if` itself says nothing that the errors of its `then` or `else` do not say.
  const errors = keepBestBranches(validate.errors ?? [], reach);
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, mostErrors)
    .map(toSchemaError);
}

/** Says in Trellis' words what ajv found. */
export function toSchemaError(error: ErrorObject): SchemaError {
  const { keyword, instancePath } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const below =
    params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return {
    pointer: typeof below === 'string' ? pointerTo(instancePath, below) : instancePath,
    keyword,
    params,
    message: sentenceFor(error),
  };
}
