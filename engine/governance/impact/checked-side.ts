import { runnableOf } from '../../kernel/check/runnable-view.ts';
import type { CoreView, RunnableView } from '../../kernel/core-view.ts';
import { SELF } from '../../kernel/definition/self.ts';
import { takeReading } from '../../kernel/definition/source.ts';
import type { Checked, CheckSource, ImpactVersion } from './impact.ts';

/** The published versions by name, and which of them are the newest. */
export class ImpactVersions {
  readonly all: readonly ImpactVersion[];
  /** Those that others run. */
  readonly run: ReadonlySet<ImpactVersion>;
  readonly #newest = new Map<string, ImpactVersion>();
  readonly #known = new Map<string, ImpactVersion>();

  constructor(all: readonly ImpactVersion[]) {
    this.all = all;
    for (const one of all) {
      const { name, version = 0 } = one;
      this.#known.set(`${name}@${version}`, one);
      if ((this.#newest.get(name)?.version ?? -1) < version) this.#newest.set(name, one);
    }
    this.run = new Set(all.flatMap((one) => this.runBy(one)));
  }

  /**
   * What a version runs: the newest versions where it is the newest itself, for it would be published
   * anew with the release, else those that it was published with. Core processes are the core's own.
   */
  runBy(one: ImpactVersion): readonly ImpactVersion[] {
    const isNewest = this.#newest.get(one.name) === one;
    return Object.entries(one.pins)
      .filter(([run]) => run !== SELF && !run.startsWith('core/'))
      .flatMap(([run, pinned]) => {
        const newest = this.#newest.get(run);
        return (isNewest ? newest : (this.#known.get(`${run}@${pinned}`) ?? newest)) ?? [];
      });
  }
}

/** What was found in a version, and against what it was held. */
export interface Seen extends Checked {
  readonly core: CoreView;
}

/**
 * Looks at versions under one state of the core, those that it runs before it. What others run is
 * looked at once; what was found of the rest is not kept, for of many versions that is very much.
 */
export class CheckedSide {
  readonly #view: CoreView;
  readonly #versions: ImpactVersions;
  readonly #check: CheckSource;
  readonly #seen = new Map<ImpactVersion, Seen>();
  readonly #whole = new Map<ImpactVersion, Seen>();
  readonly #isSure: (version: ImpactVersion) => boolean;

  /** What is sure to pass is only read, where no more than what it gives to others is asked for. */
  constructor(
    view: CoreView,
    versions: ImpactVersions,
    check: CheckSource,
    isSure: (version: ImpactVersion) => boolean,
  ) {
    this.#view = view;
    this.#versions = versions;
    this.#check = check;
    this.#isSure = isSure;
  }

  /** What every check there is finds. */
  checked(version: ImpactVersion): Seen {
    return this.#look(version, this.#whole, false, new Set());
  }

  /** The version as it is read, and checked where that is not sure to find nothing. */
  read(version: ImpactVersion): Seen {
    return this.#read(version, new Set());
  }

  /** What a version is held against: the core, with what it runs. */
  viewFor(version: ImpactVersion): CoreView {
    return this.#coreFor(version, new Set([version]));
  }

  #read(version: ImpactVersion, under: ReadonlySet<ImpactVersion>): Seen {
    const isSure = this.#isSure(version);
    return this.#look(version, isSure ? this.#seen : this.#whole, isSure, under);
  }

  #look(
    version: ImpactVersion,
    known: Map<ImpactVersion, Seen>,
    isChecked: boolean,
    under: ReadonlySet<ImpactVersion>,
  ): Seen {
    const before = known.get(version);
    if (before !== undefined) return before;
    const core = this.#coreFor(version, new Set([...under, version]));
    if (version.reading !== undefined) takeReading(version.source.text, version.reading);
    const seen = { ...this.#check(version.source, core, isChecked), core };
    if (this.#versions.run.has(version)) known.set(version, seen);
    return seen;
  }

  /** The core with the workflows that a version runs; what runs itself by others cannot be. */
  #coreFor(version: ImpactVersion, under: ReadonlySet<ImpactVersion>): CoreView {
    const runnables = this.#versions
      .runBy(version)
      .filter((run) => !under.has(run))
      .map((run): RunnableView | undefined => {
        const { workflow, core } = this.#read(run, under);
        return workflow && runnableOf(run.name, workflow, core);
      })
      .filter((run) => run !== undefined);
    if (runnables.length === 0) return this.#view;
    const named = runnables.map((run) => [run.name, run] as const);
    return { ...this.#view, runnables: new Map([...this.#view.runnables, ...named]) };
  }
}
