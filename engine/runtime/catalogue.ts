import { setImmediate as nextTurn } from 'node:timers/promises';
import { runnableOf } from '../kernel/check/runnable-view.ts';
import { readCore } from '../governance/core/read-core.ts';
import { buildCoreView } from '../governance/core/build-core-view.ts';
import type { Core } from '../governance/core/core.ts';
import type { CoreView } from '../kernel/core-view.ts';
import { compileWorkflow } from '../kernel/compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../kernel/compile/compile-workflow.ts';
import type { Moment } from '../kernel/compile/case-context.ts';
import { readWorkflow } from '../kernel/definition/read-workflow.ts';
import { takeReading } from '../kernel/definition/source.ts';
import { SELF } from '../kernel/definition/self.ts';
import { TrellisError } from '../kernel/errors.ts';
import { createValidator } from '../kernel/validator/validator.ts';
import type { Validator } from '../kernel/validator/validator.ts';
import type { CoreRelease, PublishedWorkflow, Registry } from '../ports/registry.ts';
import { NO_PASSED_CHECKS } from './passed-checks.ts';
import type { PassedChecks } from './passed-checks.ts';

/** A release of the core, ready for use. */
export interface LoadedCore {
  readonly release: string;
  readonly core: Core;
  readonly view: CoreView;
  readonly validator: Validator;
}

/** A published version, ready to run. */
export interface Definition {
  readonly published: PublishedWorkflow;
  readonly core: LoadedCore;
  readonly compiled: CompiledWorkflow;
}

/** Published workflows by name and version, read from the registry and compiled once. */
export class Catalogue {
  readonly #registry: Registry;
  readonly #checks: PassedChecks;
  readonly #definitions = new Map<string, Promise<Definition>>();
  readonly #cores = new Map<string, Promise<LoadedCore>>();
  readonly #newest = new Map<string, PublishedWorkflow>();

  /** What `checks` remembers is not checked again when it is read. (Default: all is) */
  constructor(registry: Registry, checks: PassedChecks = NO_PASSED_CHECKS) {
    this.#registry = registry;
    this.#checks = checks;
  }

  /**
   * Reads which versions are the newest; call it after something was published. Answers whether there
   * was anything new.
   */
  async refresh(): Promise<boolean> {
    const fresh = await this.#fresh();
    for (const workflow of fresh) {
      const known = this.#newest.get(workflow.name);
      // Another call may have been faster, and have read later.
      if (known !== undefined && known.version >= workflow.version) continue;
      this.#newest.set(workflow.name, workflow);
    }
    return fresh.length > 0;
  }

  /** The newest versions that are not known yet. */
  async #fresh(): Promise<readonly PublishedWorkflow[]> {
    if (this.#newest.size === 0) return this.#registry.published();
    const newest = await this.#registry.newestVersions();
    const unknown = newest.filter(
      ({ name, version }) => version > (this.#newest.get(name)?.version ?? 0),
    );
    const found = await Promise.all(
      unknown.map(({ name, version }) => this.#registry.version(name, version)),
    );
    return found.filter((one) => one !== undefined);
  }

  /** The newest version of every workflow, core processes included, by name. */
  list(): readonly PublishedWorkflow[] {
    return [...this.#newest.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws `TrellisError` with code `no-workflow`. */
  newest(name: string): Promise<Definition> {
    const published = this.#newest.get(name);
    return published === undefined
      ? Promise.reject(unknown(name))
      : this.#cached(`${name}@${published.version}`, () => Promise.resolve(published));
  }

  /**
   * The newest versions of some workflows, in the order of their names. Those that were not read yet are
   * read one after another, and others go on between. One that cannot be read is left out.
   */
  async readable(names: readonly string[]): Promise<readonly Definition[]> {
    const found: Definition[] = [];
    for (const name of names) {
      const version = this.#newest.get(name)?.version ?? 0;
      if (!this.#definitions.has(`${name}@${version}`)) await nextTurn();
      const definition = await this.newest(name).catch(() => undefined);
      if (definition !== undefined) found.push(definition);
    }
    return found;
  }

  /** @throws `TrellisError` with code `no-workflow`. */
  version(name: string, version: number): Promise<Definition> {
    return this.#cached(`${name}@${version}`, async () => {
      const published = await this.#registry.version(name, version);
      if (published === undefined) throw unknown(`${name}" version "${version}`);
      return published;
    });
  }

  /**
   * The version of a workflow that a case of `caller` runs: pinned when the caller was published.
   * @throws `TrellisError` with code `no-workflow`.
   */
  async pinned(name: string, caller: PublishedWorkflow): Promise<Definition> {
    if (name === SELF) return this.version(caller.name, caller.version);
    const version = caller.pins[name];
    return version === undefined ? this.newest(name) : this.version(name, version);
  }

  /** @throws `TrellisError` with code `no-release`. */
  core(release: string): Promise<LoadedCore> {
    return remember(this.#cores, release, async () => {
      const stored = await this.#registry.release(release);
      if (stored === undefined) {
        throw new TrellisError('no-release', `There is no release ${release} of the core.`);
      }
      return this.#loadCore(stored);
    });
  }

  /**
   * Reads a release that the registry may not have yet, so that only a right one comes into it.
   * @throws `TrellisError` with code `core-refused`.
   */
  adopt(release: CoreRelease): Promise<LoadedCore> {
    return remember(this.#cores, release.release, () => this.#loadCore(release));
  }

  #cached(key: string, find: () => Promise<PublishedWorkflow>): Promise<Definition> {
    return remember(this.#definitions, key, async () => {
      const published = await find();
      const core = await this.#coreFor(published);
      const reading = await this.#checks.reading(published);
      if (reading !== undefined) takeReading(published.source.text, reading);
      const isChecked =
        reading !== undefined || (await this.#checks.has({ kind: 'workflow', ...published }));
      const { workflow, problems } = readWorkflow(published.source, core.view, { isChecked });
      if (workflow === undefined) {
        throw new TrellisError(
          'not-checked',
          `${key} cannot be read: ${problems[0]?.message ?? 'it was refused'}`,
        );
      }
      const compiled = compileWorkflow(workflow, core.view, core.validator);
      return { published, core, compiled };
    });
  }

  /** The core that a version was published against, with the other workflows that it may run. */
  async #coreFor(published: PublishedWorkflow): Promise<LoadedCore> {
    const core = await this.core(published.release);
    const others = Object.entries(published.pins).filter(
      ([name]) => !core.view.runnables.has(name),
    );
    if (others.length === 0) return core;
    const views = await Promise.all(
      others.map(async ([name, version]) => {
        const { compiled } = await this.version(name, version);
        return runnableOf(name, compiled.workflow, core.view);
      }),
    );
    const runnables = new Map(core.view.runnables);
    for (const view of views) if (view !== undefined) runnables.set(view.name, view);
    return { ...core, view: { ...core.view, runnables } };
  }

  async #loadCore({ release, files }: CoreRelease): Promise<LoadedCore> {
    const isChecked = await this.#checks.has({ kind: 'core', files });
    const { core, problems } = readCore(new Map(Object.entries(files)), { isChecked });
    if (core === undefined) {
      throw new TrellisError(
        'core-refused',
        `Release ${release} of the core cannot be read: ${problems[0]?.message ?? ''}`,
        { problems },
      );
    }
    const loaded = loadCore(core, release);
    if (!isChecked) await this.#checks.add({ kind: 'core', files });
    return loaded;
  }
}

/** Makes a core that was read ready for use. */
export function loadCore(core: Core, release: string): LoadedCore {
  const view = buildCoreView(core, release);
  const schemas = new Map([...view.types].map(([name, type]) => [name, type.schema]));
  return { release, core, view, validator: createValidator(schemas, { areChecked: true }) };
}

/** The moment of a step: now, in the company's zone and with its default calendar. */
export function momentOf({ view }: LoadedCore, now: number): Moment {
  const calendar = view.calendars.get('default');
  return {
    now,
    timeZone: view.timeZone,
    calendar: calendar ?? { timeZone: view.timeZone, hours: [], holidays: [] },
  };
}

function unknown(name: string): TrellisError {
  return new TrellisError('no-workflow', `There is no workflow "${name}".`);
}

/** A failed load is not kept, so that the next call tries again. */
function remember<T>(
  known: Map<string, Promise<T>>,
  key: string,
  load: () => Promise<T>,
): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const loading = load();
  known.set(key, loading);
  loading.catch(() => known.delete(key));
  return loading;
}
