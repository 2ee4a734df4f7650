import type { ErrorObject } from 'ajv';
import type { Reach } from './references.ts';

/** Keywords whose own error says it all: what failed inside them is not told. */
const SUMMARIES: ReadonlySet<string> = new Set(['contains', 'propertyNames']);

/** Tells nothing of a schema: for the meta-schema, whose references are its own. */
export const NO_REACH: Reach = () => new Set();

/**
 * Puts in the place of each failed `anyOf` or `oneOf` the errors of the one branch that fits best.
 * ajv lists the errors of all branches, and after them the `anyOf` itself.
 */
export function keepBestBranches(errors: readonly ErrorObject[], reach: Reach): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (SUMMARIES.has(error.keyword)) {
      takeWhile(
        kept,
        (last) => isInside(last, error) && reach(error.schema, false).has(last.parentSchema),
      );
    }
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    const ofBranches = takeWhile(kept, (last) => isInside(last, error));
    kept.push(...best(error, groupByBranch(error, ofBranches, reach)));
  }
  return kept;
}

/** Takes errors off the end of a list. */
function takeWhile(
  errors: ErrorObject[],
  holds: (error: ErrorObject) => boolean,
): readonly ErrorObject[] {
  let from = errors.length;
  for (let last = errors[from - 1]; last !== undefined && holds(last); last = errors[from - 1]) {
    from -= 1;
  }
  return errors.splice(from);
}

type Branch = readonly ErrorObject[];

function best(choice: ErrorObject, branches: readonly Branch[]): readonly ErrorObject[] {
  const [first] = branches;
  if (first === undefined) return [choice];
  const misfits = branches.filter((branch) => misfit(choice, branch) !== undefined);
  if (misfits.length === branches.length) return [summary(choice, branches)];
  return branches.reduce((a, b) => (cost(choice, b) < cost(choice, a) ? b : a), first);
}

/** All branches want something else altogether: one sentence with all that they want. */
function summary(choice: ErrorObject, branches: readonly Branch[]): ErrorObject {
  const heads = branches.flatMap((branch) => misfit(choice, branch) ?? []);
  const values = heads
    .flatMap(allowedValues)
    .filter((value) => typeof value === typeof choice.data);
  if (values.length > 0) {
    return { ...choice, keyword: 'enum', params: { allowedValues: [...new Set(values)] } };
  }
  const types = heads.flatMap((head) => [typesOf(head)].flat());
  return { ...choice, keyword: 'type', params: { type: [...new Set(types)] } };
}

/** The types that a branch is for, as its schema names them. */
function typesOf(error: ErrorObject): unknown {
  if (error.keyword !== 'type') return allowedValues(error).map(jsonTypeOf);
  const { type } = error.params as { readonly type: unknown };
  return typeof type === 'string' ? type.split(',') : type;
}

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function allowedValues(error: ErrorObject): unknown[] {
  const params = error.params as {
    readonly allowedValue?: unknown;
    readonly allowedValues?: unknown;
  };
  if (error.keyword === 'const') return [params.allowedValue];
  return Array.isArray(params.allowedValues) ? (params.allowedValues as unknown[]) : [];
}

/** The error that shows a branch to be meant for another kind of value. */
function misfit(choice: ErrorObject, branch: readonly ErrorObject[]): ErrorObject | undefined {
  return branch.find(
    (error) =>
      error.instancePath === choice.instancePath &&
      ['type', 'const', 'enum'].includes(error.keyword),
  );
}

function cost(choice: ErrorObject, branch: readonly ErrorObject[]): number {
  const ofAnotherKind = misfit(choice, branch) === undefined ? 0 : 10_000;
  const told = branch.some((error) => error.keyword === 'const') ? 1_000 : 0;
  return ofAnotherKind + told + branch.length;
}

/** Errors come in the order of their branches; each names the schema that it is of. */
function groupByBranch(choice: ErrorObject, errors: Branch, reach: Reach): Branch[] {
  const branches = (Array.isArray(choice.schema) ? choice.schema : []) as readonly unknown[];
  const groups = new Map<number, ErrorObject[]>();
  let current = 0;
  for (const error of errors) {
    const inPlace = error.instancePath === choice.instancePath;
    // A value of the wrong type is not looked into: what follows is of a later branch.
    const earliest = isWrongType(groups.get(current)?.at(-1), choice) ? current + 1 : current;
    const index = branches.findIndex(
      (branch, at) => at >= earliest && reach(branch, inPlace).has(error.parentSchema),
    );
    current = index < 0 ? current : index;
    const group = groups.get(current);
    if (group === undefined) groups.set(current, [error]);
    else group.push(error);
  }
  return [...groups.values()];
}

function isWrongType(error: ErrorObject | undefined, choice: ErrorObject): boolean {
  return error?.keyword === 'type' && error.instancePath === choice.instancePath;
}

/** What stands beside the choice, in the same schema, is not of its branches. */
function isInside(error: ErrorObject, choice: ErrorObject): boolean {
  if (error.instancePath === choice.instancePath) return error.parentSchema !== choice.parentSchema;
  return error.instancePath.startsWith(`${choice.instancePath}/`);
}
