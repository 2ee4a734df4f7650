/**
 * Which running cases hold values that a change of the core makes wrong. A case stays on its release
 * until somebody migrates it, so that nothing happens to it: it cannot move to the new one as it is.
 */
import { changedCore } from '../../governance/impact/changed-core.ts';
import type { CoreState } from '../../governance/impact/changed-core.ts';
import { referencesIn } from '../../governance/impact/references-in.ts';
import type { CaseState } from '../../kernel/case-state.ts';
import type { CaseContext } from '../../kernel/compile/case-context.ts';
import type { Json } from '../../kernel/json.ts';
import type { JsonSchema } from '../../kernel/types/value-type.ts';
import type { Validate } from '../../kernel/validator/schema-error.ts';
import type { Cases, RunningCase, WorkflowVersion } from '../../ports/cases.ts';
import { momentOf } from '../catalogue.ts';
import type { Catalogue, Definition, LoadedCore } from '../catalogue.ts';
import { evolutionTo } from '../evolution.ts';
import type { Proposed } from '../evolution.ts';
import { becomesWrong } from './becomes-wrong.ts';
import type { WrongValue } from './becomes-wrong.ts';

/** The running cases of one version. */
export interface CasesImpact extends WorkflowVersion {
  readonly cases: number;
  /** How many are in a state, by its id. */
  readonly states: Readonly<Record<string, number>>;
  /** How many of them hold a value that would be wrong. */
  readonly invalid: number;
  /** Some of these, those with the least ids. */
  readonly examples: readonly InvalidCase[];
}

/** A case that cannot move to the new release as it is, and why. */
interface InvalidCase extends WrongValue {
  readonly id: string;
  readonly reference: string;
}

export interface CasesImpactOptions {
  /** Versions whose cases are counted whatever they hold, beside those with a changed type. */
  readonly alsoOf?: readonly WorkflowVersion[];
  /** Versions whose cases were looked through already. */
  readonly notOf?: readonly WorkflowVersion[];
  /** How many cases have been looked at, of how many. */
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
  /** Ends the search: it is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Cases that are read at once. */
const PAGE = 500;

/** The cases of one version that are named. */
const EXAMPLES = 20;

interface Parts {
  readonly cases: Pick<Cases, 'versionsInUse' | 'running'>;
  readonly catalogue: Pick<Catalogue, 'version' | 'core'>;
  /** Epoch milliseconds, for formulas that ask what day it is. */
  readonly now: number;
}

/** Looks through the running cases of all versions that hold values of a type which changed. */
export async function impactOnCases(
  parts: Parts,
  proposed: Proposed,
  { alsoOf = [], notOf = [], onProgress, signal }: CasesImpactOptions = {},
): Promise<readonly CasesImpact[]> {
  const { cases, catalogue, now } = parts;
  const { after } = proposed;
  const tallies: Tally[] = [];
  const changedSince = rememberedFor(after);
  const counted = new Set(alsoOf.map(keyOf));
  const known = new Set(notOf.map(keyOf));
  for (const one of await cases.versionsInUse()) {
    if (known.has(keyOf(one))) continue;
    const definition = await catalogue.version(one.workflow, one.version);
    const evolution = await evolutionTo(catalogue, definition.core, proposed);
    const moment = momentOf(definition.core, now);
    const checks = fieldChecks(definition, after, changedSince).map((check) => {
      const take = evolution(check.schema);
      return { ...check, take: (value: Json) => take(value, moment) };
    });
    if (checks.length > 0 || counted.has(keyOf(one))) tallies.push(new Tally(one, checks));
  }
  const of = tallies.reduce((sum, { version }) => sum + version.cases, 0);
  let done = 0;
  for (const tally of tallies) {
    for await (const page of pagesOf(cases, tally.version, signal)) {
      for (const one of page) tally.add(one);
      done += page.length;
      // Others may have begun since they were counted.
      onProgress?.({ done, of: Math.max(of, done) });
    }
  }
  return tallies.map((tally) => tally.told());
}

async function* pagesOf(
  cases: Parts['cases'],
  version: WorkflowVersion,
  signal?: AbortSignal,
): AsyncGenerator<readonly RunningCase[]> {
  let last: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await cases.running(version, last, PAGE);
    yield page;
    last = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (last !== undefined);
}

/** What is asked of the data of a version's cases: those fields that hold a type which changed. */
function fieldChecks(
  { core, compiled }: Definition,
  after: LoadedCore,
  changedSince: (before: LoadedCore) => ReadonlySet<string>,
): readonly Omit<FieldCheck, 'take'>[] {
  const changed = changedSince(core);
  return compiled.workflow.data
    .filter(({ schema }) => referencesIn(schema).some((name) => changed.has(name)))
    .map(({ name, schema }) => {
      const gone = referencesIn(schema).find((type) => !after.view.types.has(type));
      const is = gone === undefined ? after.validator.compile(schema) : isGone(gone);
      return { name, schema, was: core.validator.compile(schema), is };
    });
}

/** The types that changed since a release, with all that hold them; worked out once for each. */
function rememberedFor(after: CoreState): (before: LoadedCore) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return ({ release, core, view }) => {
    const found = known.get(release) ?? changedCore({ core, view }, after).names;
    known.set(release, found);
    return found;
  };
}

function isGone(type: string): Validate {
  const message = `is of the type ${type}, which is not there any more`;
  return () => [{ pointer: '', keyword: '$ref', params: {}, message }];
}

interface FieldCheck {
  readonly name: string;
  readonly schema: JsonSchema;
  /** Makes of a value what it would be in the new release. */
  readonly take: (value: Json) => Json;
  readonly was: Validate;
  readonly is: Validate;
}

type InUse = Awaited<ReturnType<Cases['versionsInUse']>>[number];

/** What is known of the cases of one version so far. */
class Tally {
  readonly version: InUse;
  readonly #checks: readonly FieldCheck[];
  readonly #states = new Map<string, number>();
  readonly #examples: InvalidCase[] = [];
  #cases = 0;
  #invalid = 0;

  constructor(version: InUse, checks: readonly FieldCheck[]) {
    this.version = version;
    this.#checks = checks;
  }

  add({ id, reference, states, snapshot }: RunningCase): void {
    this.#cases += 1;
    for (const state of states) this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
    if (this.#checks.length === 0) return;
    const { context } = JSON.parse(snapshot) as CaseState;
    const { data } = context as unknown as Pick<CaseContext, 'data'>;
    for (const { name, was, is, take } of this.#checks) {
      const wrong = becomesWrong(name, data[name], { was, is, take });
      if (wrong === undefined) continue;
      this.#invalid += 1;
      if (this.#examples.length < EXAMPLES) this.#examples.push({ id, reference, ...wrong });
      return;
    }
  }

  told(): CasesImpact {
    const { workflow, version } = this.version;
    return {
      ...{ workflow, version },
      cases: this.#cases,
      states: Object.fromEntries([...this.#states].sort(([a], [b]) => a.localeCompare(b))),
      invalid: this.#invalid,
      examples: this.#examples,
    };
  }
}

function keyOf({ workflow, version }: WorkflowVersion): string {
  return `${workflow}@${version}`;
}
