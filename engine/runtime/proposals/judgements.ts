import type { Judgement } from '../../governance/proposals/judge.ts';
import type { ChangedFiles } from '../../governance/proposals/proposal.ts';
import type { CoreRelease } from '../../ports/registry.ts';
import { parseRelease } from '../../ports/registry.ts';
import { withReadings } from '../impact/with-readings.ts';
import { NO_PASSED_CHECKS } from '../passed-checks.ts';
import type { ProposalParts } from './parts.ts';

/** How many judgements are remembered. */
const REMEMBERED = 20;

/** What is judged: a change of a release, under the name that it would get. */
export interface Judged {
  readonly base: CoreRelease;
  readonly change: ChangedFiles;
  readonly release: string;
  /** The digest of the release that it would be. */
  readonly digest: string;
}

/** Judges changes of the core against what stands now; remembers what it found. */
export class Judgements {
  readonly #parts: Pick<ProposalParts, 'store' | 'workshop' | 'clock' | 'checks'>;
  readonly #known = new Map<string, Promise<Judgement>>();

  constructor(parts: Pick<ProposalParts, 'store' | 'workshop' | 'clock' | 'checks'>) {
    this.#parts = parts;
  }

  /** @throws `TrellisError` with code `try-again` or `overloaded`. */
  async of(judged: Judged): Promise<Judgement> {
    const { registry } = this.#parts.store;
    const versions = await registry.newestVersions();
    const standing = versions.map(({ name, version }) => `${name}@${version}`);
    const key = [judged.base.digest, judged.digest, ...standing].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const judging = this.#judge(judged);
    this.#known.set(key, judging);
    judging.catch(() => this.#known.delete(key));
    for (const oldest of [...this.#known.keys()].slice(0, -REMEMBERED)) this.#known.delete(oldest);
    return judging;
  }

  async #judge({ base, change, release }: Judged): Promise<Judgement> {
    const { store, workshop, clock, checks = NO_PASSED_CHECKS } = this.#parts;
    const published = await store.registry.published();
    const standing = published
      .filter(({ name }) => !name.startsWith('core/'))
      .map(({ name, version, source, pins, release: of }) => ({
        ...{ name, version, source, pins, release: of },
      }));
    return workshop.judge({
      earlier: [...(await this.#before(base)), base].map(({ release: name, files }) => ({
        ...{ release: name, files },
      })),
      change,
      release,
      now: clock.now(),
      workflows: await withReadings(standing, checks),
    });
  }

  /** The releases of the same line before this one, the oldest first. */
  async #before({ release }: CoreRelease): Promise<readonly CoreRelease[]> {
    const { line, number } = parseRelease(release);
    const names = Array.from({ length: number - 1 }, (_, index) => `${line}.${index + 1}`);
    const found = await Promise.all(names.map((one) => this.#parts.store.registry.release(one)));
    return found.filter((one) => one !== undefined);
  }
}
