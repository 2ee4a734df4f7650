import { verifyHistory } from '../../engine/index.ts';
import type { AuditFinding, AuditProgress, AuditSummary } from '../../engine/index.ts';
import type { Host } from '../host/open-host.ts';
import { readAnchor } from '../host/read-anchor.ts';

/** What a host knows of its history since it was asked to verify it. */
export type HistoryCheck =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'looking' } & Begun & Pick<AuditProgress, 'cases' | 'entries'>)
  | ({
      readonly kind: 'over';
      readonly summary: AuditSummary;
      /** The first of those that do not hold. */
      readonly found: readonly AuditFinding[];
      readonly notHolding: number;
      /** Whether it was held against an anchor file. */
      readonly anchored: boolean;
    } & Begun)
  | ({ readonly kind: 'failed'; readonly message: string } & Begun);

interface Begun {
  /** Who asked for it. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** The most findings that are shown. */
const MOST_SHOWN = 100;

/** Requests are answered between: some 10 ms of work each. */
const BESIDE_REQUESTS = { entries: 200, leaves: 50_000 };

/** Verifies the history for people who ask, once at a time, while a host serves others. */
export class HistoryChecks {
  readonly #host: Pick<Host, 'store' | 'clock' | 'checkpointKey' | 'settings'>;
  #last: HistoryCheck = { kind: 'none' };

  constructor(host: Pick<Host, 'store' | 'clock' | 'checkpointKey' | 'settings'>) {
    this.#host = host;
  }

  /** The newest: what was found lives as long as the host, for a database could be altered to say so. */
  get last(): HistoryCheck {
    return this.#last;
  }

  /** Begins one, unless one is under way. */
  begin(by: string): void {
    if (this.#last.kind === 'looking') return;
    const begun = { by, since: this.#host.clock.now() };
    this.#last = { kind: 'looking', ...begun, cases: 0, entries: 0 };
    void this.#verify(begun);
  }

  async #verify(begun: Begun): Promise<void> {
    const { store, checkpointKey, settings } = this.#host;
    const found: AuditFinding[] = [];
    let notHolding = 0;
    try {
      const { anchorFile } = settings;
      const anchor = anchorFile === undefined ? [] : await readAnchor(anchorFile);
      const summary = await verifyHistory({
        ...{ store, trust: { keys: [checkpointKey], anchor }, atOnce: BESIDE_REQUESTS },
        onFinding: (one) => {
          notHolding += 1;
          if (found.length < MOST_SHOWN) found.push(one);
        },
        onProgress: ({ cases, entries }) => {
          this.#last = { kind: 'looking', ...begun, cases, entries };
        },
      });
      const anchored = anchorFile !== undefined;
      this.#last = { kind: 'over', ...begun, summary, found, notHolding, anchored };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#last = { kind: 'failed', ...begun, message };
    }
  }
}
