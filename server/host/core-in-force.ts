import { TrellisError, createWebhooks, recordViews } from '../../engine/index.ts';
import type {
  Catalogue,
  Clock,
  Connectors,
  LoadedCore,
  Log,
  Records,
  Registry,
  Webhooks,
} from '../../engine/index.ts';
import type { Environment } from './environment.ts';
import { stockOf } from './connector-stock.ts';
import type { OpenStock } from './connector-stock.ts';

/** What a host follows a release with. */
export interface FollowParts {
  readonly registry: Pick<Registry, 'newestReleaseName'>;
  readonly catalogue: Pick<Catalogue, 'core'>;
  readonly environment: Environment;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
  /** What is laid around the connectors of each release. (Default: nothing) */
  readonly around: (opened: Connectors) => Connectors;
}

/**
 * The release in force on this host, with its doors. A newer release is followed while the host
 * runs: new cases, messages and pages go by it, and cases that run keep the doors of their own.
 */
export class CoreInForce {
  readonly #parts: FollowParts;
  readonly #stock: OpenStock;
  readonly #doors = new Map<string, Promise<Connectors>>();
  #longestTimeout = 0;
  #core: LoadedCore;
  #webhooks: Webhooks;
  #following: Promise<unknown> = Promise.resolve();

  private constructor(parts: FollowParts, stock: OpenStock, core: LoadedCore) {
    this.#parts = parts;
    this.#stock = stock;
    this.#core = core;
    this.#webhooks = this.#webhooksOf(core);
  }

  /**
   * Opens the doors of the release with which a host starts.
   * @throws `TrellisError` with code `destination-missing`, `destination-malformed`,
   * `allow-malformed` or `secret-missing` where the environment does not fit it.
   */
  static async open(parts: FollowParts, core: LoadedCore): Promise<CoreInForce> {
    const stock = stockOf(parts.environment, parts);
    const inForce = new CoreInForce(parts, stock, core);
    await inForce.connectorsOf(core.release);
    await inForce.#showRecords(core);
    return inForce;
  }

  get core(): LoadedCore {
    return this.#core;
  }

  get webhooks(): Webhooks {
    return this.#webhooks;
  }

  /** The doors of the release that a host starts with; no call of any release in use takes longer. */
  async connectors(): Promise<Connectors> {
    const doors = await this.connectorsOf(this.#core.release);
    return {
      call: (call) => doors.call(call),
      retryPolicy: (operation) => doors.retryPolicy(operation),
      timeout: (operation) => doors.timeout(operation),
      longestTimeout: () => this.#longestTimeout,
      close: () => doors.close(),
    };
  }

  /** The doors of a release. @throws as `open`, or `TrellisError` with code `no-release`. */
  connectorsOf(release: string): Promise<Connectors> {
    const known = this.#doors.get(release);
    if (known !== undefined) return known;
    const { catalogue, around } = this.#parts;
    const opening = catalogue.core(release).then((core) => {
      const doors = around(this.#stock.of(core));
      this.#longestTimeout = Math.max(this.#longestTimeout, doors.longestTimeout());
      return doors;
    });
    this.#doors.set(release, opening);
    opening.catch(() => this.#doors.delete(release));
    return opening;
  }

  /** Follows the newest release; answers whether there was a newer one that this host could follow. */
  follow(): Promise<boolean> {
    const turn = this.#following.then(() => this.#follow());
    this.#following = turn;
    return turn;
  }

  close(): Promise<void> {
    return this.#stock.close();
  }

  async #follow(): Promise<boolean> {
    const { registry, catalogue, log } = this.#parts;
    try {
      const newest = await registry.newestReleaseName();
      if (newest === undefined || newest === this.#core.release) return false;
      const core = await catalogue.core(newest);
      await this.connectorsOf(newest);
      await this.#showRecords(core);
      this.#webhooks = this.#webhooksOf(core);
      this.#core = core;
      log.info('a newer release of the core is in force', { release: newest });
      return true;
    } catch (error) {
      // This host goes on with the release that it has, and looks again at the next word of it.
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof TrellisError ? error.code : 'unknown';
      log.error('the newest release of the core cannot be followed', { code, message });
      return false;
    }
  }

  /** Lets report tools see the records of the types of a release. */
  async #showRecords({ core }: LoadedCore): Promise<void> {
    const { records, log } = this.#parts;
    for (const view of await records.show(recordViews(core)))
      log.warn('view-kept', { view, why: 'other views are made of it' });
  }

  #webhooksOf({ core, validator }: LoadedCore): Webhooks {
    const { environment, clock } = this.#parts;
    return createWebhooks({
      manifests: [...core.connectors.values()],
      secrets: environment.secrets,
      compile: (schema) => validator.compileAtFirstUse(schema),
      clock,
    });
  }
}
