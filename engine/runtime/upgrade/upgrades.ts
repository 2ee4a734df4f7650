import { upgradeFrom } from '../../governance/core/upgrade.ts';
import { applyChange } from '../../governance/proposals/changed-files.ts';
import type { EarlierFiles } from '../../governance/proposals/judge.ts';
import type { Proposal } from '../../governance/proposals/proposal.ts';
import type { ReadyEdit } from '../../governance/upgrade/ready-edit.ts';
import { addToDate, startOfDate } from '../../kernel/values/zone.ts';
import { TrellisError } from '../../kernel/errors.ts';
import { compareReleases, releasesBetween } from '../../ports/registry.ts';
import type { PublishedWorkflow, Registry } from '../../ports/registry.ts';
import type { Workshop } from '../../ports/workshop.ts';
import type { Catalogue } from '../catalogue.ts';
import type { InForce } from '../in-force.ts';

/** A workflow that its owners have to bring to the release in force. */
export interface UpgradeTask {
  readonly workflow: string;
  /** The newest version, and the release that it stands on. */
  readonly version: number;
  readonly release: string;
  /** The release in force. */
  readonly to: string;
  /** The last day that a release has given them, `2027-03-01`. */
  readonly until: string;
  /** The last millisecond of that day for the company, of the epoch. */
  readonly due: number;
}

/** The workflows that a release let stay behind. */
export interface LeftBehind {
  /** (Default: it left none) */
  readonly until?: string;
  readonly workflows: readonly {
    readonly workflow: string;
    /** The release that its newest version stands on. */
    readonly on: string;
    readonly isDone: boolean;
  }[];
}

interface Parts {
  readonly registry: Pick<Registry, 'newestReleaseName' | 'release'>;
  readonly catalogue: Pick<Catalogue, 'list' | 'core'>;
  readonly workshop: Pick<Workshop, 'ready'>;
  readonly inForce: Pick<InForce, 'current'>;
}

/** What releases have left to the owners of workflows. */
export class Upgrades {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The workflows that may stay behind the release in force, and still do, but for retired ones; the
   * first due first.
   */
  async tasks(): Promise<readonly UpgradeTask[]> {
    const { registry, catalogue, inForce } = this.#parts;
    const to = await registry.newestReleaseName();
    if (to === undefined) return [];
    const look = await inForce.current();
    const behind = catalogue
      .list()
      .filter(({ name, release }) => !name.startsWith('core/') && isBefore(release, to))
      .filter(({ name }) => look.retired(name) === undefined);
    const found = await Promise.all(behind.map((one) => this.#taskOf(one, to)));
    return found
      .filter((one) => one !== undefined)
      .sort((a, b) => a.until.localeCompare(b.until) || a.workflow.localeCompare(b.workflow));
  }

  /** What there is to do of one workflow; nothing where it stands on the release in force. */
  async task(workflow: string): Promise<UpgradeTask | undefined> {
    return (await this.tasks()).find((one) => one.workflow === workflow);
  }

  /**
   * The edit that brings a workflow from the release that it stands on to another, made and checked;
   * nothing where no name in it has to change.
   * @throws `TrellisError` with code `try-again` or `overloaded`.
   */
  async ready({ workflow, release, to }: UpgradeTask): Promise<ReadyEdit | undefined> {
    const { registry } = this.#parts;
    const names = [release, ...releasesBetween(release, to), to];
    const releases = await Promise.all(names.map((name) => releaseNamed(registry, name)));
    return this.#edit(releases, workflow);
  }

  /**
   * The edit that would bring a workflow to what is proposed, as above.
   * @throws `TrellisError` with code `no-release`, `try-again` or `overloaded`.
   */
  async readyUnder(
    { base, release, files }: Pick<Proposal, 'base' | 'release' | 'files'>,
    workflow: string,
  ): Promise<ReadyEdit | undefined> {
    const before = await releaseNamed(this.#parts.registry, base);
    const after = applyChange(new Map(Object.entries(before.files)), files);
    const proposed = { release, files: Object.fromEntries(after) };
    return this.#edit([before, proposed], workflow);
  }

  /** Where cases go that are in states which a version on this release has no more, as it says. */
  async statesUnder(release: string, workflow: string): Promise<ReadonlyMap<string, string>> {
    const { upgrade } = (await this.#parts.catalogue.core(release)).core;
    return new Map(Object.entries(upgrade?.migrate?.[workflow]?.states ?? {}));
  }

  /** What a release has left to the owners of workflows, and which of them have done it. */
  async leftBy({ base, release }: Pick<Proposal, 'base' | 'release'>): Promise<LeftBehind> {
    const { catalogue } = this.#parts;
    const { behind } = upgradeFrom((await catalogue.core(release)).core, base) ?? {};
    const standing = new Map(catalogue.list().map((one) => [one.name, one]));
    return {
      ...(behind === undefined ? {} : { until: behind.until }),
      workflows: (behind?.workflows ?? []).flatMap((name) => {
        const found = standing.get(name);
        if (found === undefined) return [];
        return [{ workflow: name, on: found.release, isDone: !isBefore(found.release, release) }];
      }),
    };
  }

  #edit(releases: readonly EarlierFiles[], workflow: string): Promise<ReadyEdit | undefined> {
    const { catalogue, workshop } = this.#parts;
    const workflows = catalogue
      .list()
      .filter(({ name }) => !name.startsWith('core/'))
      .map(({ name, version, source, pins }) => ({ name, version, source, pins }));
    return workshop.ready({ releases, workflows, workflow });
  }

  async #taskOf(
    { name, version, release }: PublishedWorkflow,
    to: string,
  ): Promise<UpgradeTask | undefined> {
    const { catalogue } = this.#parts;
    let before = release;
    let until: string | undefined;
    for (const next of [...releasesBetween(release, to), to]) {
      const { behind } = upgradeFrom((await catalogue.core(next)).core, before) ?? {};
      if (behind?.workflows.includes(name) === true) until = behind.until;
      before = next;
    }
    if (until === undefined) return undefined;
    const { timeZone } = (await catalogue.core(to)).view;
    const due = startOfDate(timeZone, addToDate(until, 1, 'days')) - 1;
    return { workflow: name, version, release, to, until, due };
  }
}

function isBefore(release: string, other: string): boolean {
  return compareReleases(release, other) < 0;
}

async function releaseNamed(
  registry: Pick<Registry, 'release'>,
  name: string,
): Promise<EarlierFiles> {
  const found = await registry.release(name);
  if (found === undefined) throw new TrellisError('no-release', `There is no release ${name}.`);
  return { release: name, files: found.files };
}
