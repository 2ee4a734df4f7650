import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { TrellisError } from '../errors.ts';
import type { Path, Problem } from '../problem.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { NO_REACH, keepBestBranches } from './best-branch.ts';
import { FORMATS } from './formats.ts';
import { addKeywords } from './keywords.ts';
import { pathOf, pointerTo } from './pointer.ts';
import { createReach } from './references.ts';
import type { Reach } from './references.ts';
import { re2Engine } from './re2-engine.ts';
import type { SchemaError, Validate } from './schema-error.ts';
import { checkSchemaRules } from './schema-rules.ts';
import { sentenceFor } from './sentences.ts';
import { isSchemaObject } from './subschemas.ts';
import { SIZE_LIMITS, tooBig } from './value-size.ts';
import type { SizeLimits } from './value-size.ts';

/** The one door through which values are held against schemas. */
export interface Validator {
  /** Finds everything that keeps a schema from being used; paths count from the schema's root. */
  check(schema: JsonSchema): readonly Problem[];
  /**
   * Makes a function that tells every way in which a value does not fit.
   * @throws `TrellisError` with code `schema-refused` for a schema that `check` finds fault with.
   */
  compile(schema: JsonSchema): Validate;
}

export interface ValidatorOptions {
  /** How many errors are told about one value (Default: 100). */
  readonly mostErrors?: number;
  readonly limits?: SizeLimits;
}

/**
 * Makes a validator in which `$ref: NAME` means the locked type of that name. A type that is itself
 * refused is left out: `check` on it says why, and references to it lead nowhere.
 */
export function createValidator(
  types: ReadonlyMap<string, JsonSchema>,
  options: ValidatorOptions = {},
): Validator {
  const { mostErrors = 100, limits = SIZE_LIMITS } = options;
  const ajv = createAjv();
  const sound = new Map(
    [...types].filter(
      ([, schema]) =>
        checkSchemaRules(schema, types).length === 0 && ajv.validateSchema(schema) === true,
    ),
  );
  for (const [name, schema] of sound) {
    if (isSchemaObject(schema)) ajv.addSchema(schema, name);
    else ajv.addSchema(schema ? {} : { not: {} }, name);
  }
  const check = (schema: JsonSchema): readonly Problem[] => {
    const byRules = checkSchemaRules(schema, sound);
    if (byRules.length > 0) return byRules;
    if (ajv.validateSchema(schema) !== true) return byMetaSchema(ajv.errors ?? []);
    return typeof schema === 'boolean' ? [] : byCompiling(() => ajv.compile(schema));
  };
  return {
    check,
    compile: (schema) => {
      const problems = check(schema);
      const [first] = problems;
      if (first !== undefined) throw refused(first, problems);
      const validate = ajv.compile(schema);
      const reading = { validate, reach: createReach({ root: schema, types: sound }) };
      return (value) => errorsOf(value, reading, { mostErrors, limits });
    },
  };
}

/** Finds everything that keeps one schema from being used. */
export function checkSchema(
  schema: JsonSchema,
  types: ReadonlyMap<string, JsonSchema> = new Map(),
): readonly Problem[] {
  return createValidator(types).check(schema);
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
    multipleOfPrecision: 9,
    logger: false,
    code: { regExp: re2Engine },
  });
  for (const [name, check] of FORMATS) ajv.addFormat(name, check);
  addKeywords(ajv);
  return ajv;
}

interface Compiled {
  readonly validate: ValidateFunction;
  readonly reach: Reach;
}

function errorsOf(
  value: unknown,
  { validate, reach }: Compiled,
  { mostErrors, limits }: Required<ValidatorOptions>,
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

function toSchemaError(error: ErrorObject): SchemaError {
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

function byMetaSchema(errors: readonly ErrorObject[]): readonly Problem[] {
  const told = new Map<string, Problem>();
  for (const error of keepBestBranches(errors, NO_REACH)) {
    const { pointer, message } = toSchemaError(error);
    const path = pathOf(pointer);
    told.set(`${pointer} ${message}`, refusal(path, `"${path.join('.')}" ${message}.`));
  }
  return [...told.values()];
}

/** Some faults show only when ajv compiles: a keyword it does not know, a missing `type`. */
function byCompiling(compile: () => unknown): readonly Problem[] {
  try {
    compile();
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const place = /at (?:path )?"?#?(\/[^"\s]*)"?/.exec(reason)?.[1] ?? '';
    return [refusal(pathOf(decodeURIComponent(place)), reason.replace(/^strict mode: /, ''))];
  }
}

function refusal(path: Path, message: string): Problem {
  return { code: 'schema-form', severity: 'error', path, message };
}

function refused(first: Problem, problems: readonly Problem[]): TrellisError {
  const place = first.path.length === 0 ? 'its root' : first.path.join('.');
  return new TrellisError('schema-refused', `The schema is refused at ${place}: ${first.message}`, {
    problems,
  });
}
