import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import { TrellisError } from '../errors.ts';
import type { Path, Problem } from '../problem.ts';
import type { JsonSchema } from '../types/value-type.ts';
import { NO_REACH, keepBestBranches } from './best-branch.ts';
import { CompiledSchemas } from './compiled-schemas.ts';
import { createAjv, metaSchemaErrors } from './create-ajv.ts';
import { pathOf } from './pointer.ts';
import { createReach } from './references.ts';
import { re2Engine } from './re2-engine.ts';
import type { Validate } from './schema-error.ts';
import { checkSchemaRules } from './schema-rules.ts';
import { isSchemaObject } from './subschemas.ts';
import { toSchemaError, valueErrors } from './value-errors.ts';
import { SIZE_LIMITS } from './value-size.ts';
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
  /**
   * The same, compiled at the first value: for schemas of a core, which were checked with it. One
   * that was not throws `schema-refused` then.
   */
  compileAtFirstUse(schema: JsonSchema): Validate;
}

export interface ValidatorOptions {
  /** How many errors are told about one value (Default: 100). */
  readonly mostErrors?: number;
  readonly limits?: SizeLimits;
  /**
   * Whether the types, and all that is compiled with them, were checked before: they are then not held
   * against the meta-schema again, which takes longer than to compile them. (Default: false)
   */
  readonly areChecked?: boolean;
}

/** The types that a validator knows, once it needs them. */
interface Known {
  readonly ajv: Ajv2020;
  /** The types that are not themselves refused. */
  readonly types: ReadonlyMap<string, JsonSchema>;
}

/**
 * Makes a validator in which `$ref: NAME` means the locked type of that name. A type that is itself
 * refused is left out: `check` on it says why, and references to it lead nowhere.
 */
export function createValidator(
  types: ReadonlyMap<string, JsonSchema>,
  options: ValidatorOptions = {},
): Validator {
  const { mostErrors = 100, limits = SIZE_LIMITS, areChecked = false } = options;
  let known: Known | undefined;
  const knownNow = (): Known => (known ??= learn(areChecked ? types : soundOf(types)));
  const compiled = new CompiledSchemas((schema) => {
    if (isSchemaObject(schema)) knownNow().ajv.removeSchema(schema);
  });
  const examine = (schema: JsonSchema): Validate | readonly Problem[] => {
    const same = compiled.findSame(schema);
    if (same !== undefined) return same;
    const { ajv, types: sound } = knownNow();
    const byRules = areChecked ? [] : checkSchemaRules(schema, sound);
    if (byRules.length > 0) return byRules;
    const found = compiled.find(schema);
    if (found !== undefined) return found;
    const problems = areChecked ? byCompiling(schema, ajv) : checkForm(ajv, schema);
    if (problems.length > 0) return problems;
    const one = {
      validate: ajv.compile(schema),
      reach: createReach({ root: schema, types: sound }),
    };
    const validate: Validate = (value) => valueErrors(value, one, { mostErrors, limits });
    compiled.keep(schema, validate);
    return validate;
  };
  const compile = (schema: JsonSchema): Validate => {
    const examined = examine(schema);
    if (typeof examined === 'function') return examined;
    throw refused(examined);
  };
  return {
    check: (schema) => {
      const examined = examine(schema);
      return typeof examined === 'function' ? [] : examined;
    },
    compile,
    compileAtFirstUse: (schema) => {
      let validate: Validate | undefined;
      return (value) => {
        validate ??= compile(schema);
        return validate(value);
      };
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

/** The types that are not themselves refused. */
function soundOf(types: ReadonlyMap<string, JsonSchema>): ReadonlyMap<string, JsonSchema> {
  return new Map(
    [...types].filter(
      ([, schema]) =>
        checkSchemaRules(schema, types).length === 0 && metaSchemaErrors(schema).length === 0,
    ),
  );
}

function learn(types: ReadonlyMap<string, JsonSchema>): Known {
  const ajv = createAjv({ code: { regExp: re2Engine } });
  for (const [name, schema] of types) {
    if (isSchemaObject(schema)) ajv.addSchema(schema, name);
    else ajv.addSchema(schema ? {} : { not: {} }, name);
  }
  return { ajv, types };
}

function checkForm(ajv: Ajv2020, schema: JsonSchema): readonly Problem[] {
  const errors = metaSchemaErrors(schema);
  return errors.length > 0 ? byMetaSchema(errors) : byCompiling(schema, ajv);
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
function byCompiling(schema: JsonSchema, ajv: Ajv2020): readonly Problem[] {
  if (!isSchemaObject(schema)) return [];
  try {
    ajv.compile(schema);
    return [];
  } catch (error) {
    ajv.removeSchema(schema);
    const reason = error instanceof Error ? error.message : String(error);
    const place = /at (?:path )?"?#?(\/[^"\s]*)"?/.exec(reason)?.[1] ?? '';
    return [refusal(pathOf(decodeURIComponent(place)), reason.replace(/^strict mode: /, ''))];
  }
}

function refusal(path: Path, message: string): Problem {
  return { code: 'schema-form', severity: 'error', path, message };
}

function refused(problems: readonly Problem[]): TrellisError {
  const { path = [], message = '' } = problems[0] ?? {};
  const place = path.length === 0 ? 'its root' : path.join('.');
  return new TrellisError('schema-refused', `The schema is refused at ${place}: ${message}`, {
    problems,
  });
}
