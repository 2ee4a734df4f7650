import {
  applyChange,
  impactOnCases,
  impactOnRecords,
  loadCore,
  readCore,
} from '../../engine/index.ts';
import type { CasesImpact, Clock, ProposalLook, RecordsImpact } from '../../engine/index.ts';
import type { Host } from '../host/open-host.ts';

/** What a proposal would do to running cases and to records, as far as they have been looked through. */
export type CaseImpact =
  | { readonly kind: 'looking'; readonly done: number; readonly of: number }
  | {
      readonly kind: 'found';
      readonly cases: readonly CasesImpact[];
      readonly records: readonly RecordsImpact[];
      readonly at: number;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** How long what was found is shown before cases are looked through anew, in milliseconds. */
const FRESH = 60_000;
/** How many proposals are remembered. */
const REMEMBERED = 20;

/** Looks through the running cases for proposals, each once at a time, while others are served. */
export class CaseImpacts {
  readonly #host: Pick<Host, 'store' | 'catalogue' | 'clock'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, CaseImpact>();

  constructor(host: Pick<Host, 'store' | 'catalogue' | 'clock'>) {
    this.#host = host;
    this.#clock = host.clock;
  }

  /** What is known of an open proposal; begins to look where nothing is, or it is old. */
  of(look: ProposalLook): CaseImpact {
    const { digest } = look.proposal;
    const known = this.#known.get(digest);
    const isOld = known?.kind === 'found' && known.at + FRESH < this.#clock.now();
    if (known !== undefined && known.kind !== 'failed' && !isOld) return known;
    const begun: CaseImpact = { kind: 'looking', done: 0, of: 0 };
    this.#keep(digest, begun);
    void this.#look(look);
    return begun;
  }

  async #look({ proposal, judgement }: ProposalLook): Promise<void> {
    const { digest } = proposal;
    const { store, catalogue } = this.#host;
    try {
      const base = await store.registry.release(proposal.base);
      const files = applyChange(new Map(Object.entries(base?.files ?? {})), proposal.files);
      const { core } = readCore(files, { isChecked: true });
      if (core === undefined) throw new Error('The changed core cannot be read.');
      const broken = new Set(judgement?.broken.map(({ name }) => name));
      const inUse = await store.cases.versionsInUse();
      const now = this.#clock.now();
      const change = {
        before: await catalogue.core(proposal.base),
        after: loadCore(core, proposal.release),
      };
      const { records: stored } = store;
      const records = await impactOnRecords({ records: stored, catalogue, now }, change);
      const cases = await impactOnCases({ cases: store.cases, catalogue, now }, change, {
        alsoOf: inUse.filter(({ workflow }) => broken.has(workflow)),
        onProgress: (progress) => {
          this.#keep(digest, { kind: 'looking', ...progress });
        },
      });
      this.#keep(digest, { kind: 'found', cases, records, at: this.#clock.now() });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#keep(digest, { kind: 'failed', message });
    }
  }

  #keep(digest: string, impact: CaseImpact): void {
    this.#known.delete(digest);
    this.#known.set(digest, impact);
    for (const oldest of [...this.#known.keys()].slice(0, -REMEMBERED)) this.#known.delete(oldest);
  }
}
