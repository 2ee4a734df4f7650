import { canonicalJson } from '../governance/canonical-json.ts';
import type { ConnectorManifest } from '../governance/connector-manifest.ts';
import { digestText } from '../governance/digest.ts';
import type { JsonSchema } from '../kernel/types/value-type.ts';
import type { Connectors } from '../ports/connector.ts';
import { createConnectors } from './create-connectors.ts';
import type { Surroundings } from './open-connector.ts';
import { referencesIn } from './references-in.ts';

/** What of its surroundings a connector has of the release that it stands in. */
type OfRelease = 'reference' | 'timeZone' | 'release' | 'compile' | 'earlier';

/** The connectors of one release, with what they refer to. */
export interface ReleasedManifests extends Pick<Surroundings, OfRelease> {
  readonly manifests: readonly ConnectorManifest[];
  /** The schemas of the locked types. */
  readonly types: ReadonlyMap<string, JsonSchema>;
}

/**
 * The connectors of every release in use: a case calls those of the release that it runs on. A
 * connector that is the same in several releases is opened once, so that its limits hold for all of
 * them together.
 */
export class ConnectorStock {
  readonly #surroundings: Omit<Surroundings, OfRelease>;
  readonly #opened = new Map<string, Connectors>();
  readonly #byRelease = new Map<string, Connectors>();

  constructor(surroundings: Omit<Surroundings, OfRelease>) {
    this.#surroundings = surroundings;
  }

  /**
   * The connectors of a release; opens those that no other release has.
   * @throws `TrellisError` with the codes of {@link createConnectors}.
   */
  of(released: ReleasedManifests): Connectors {
    const known = this.#byRelease.get(released.release);
    if (known !== undefined) return known;
    const none = createConnectors({ ...this.#surroundings, ...released, manifests: [] });
    const byName = new Map(
      released.manifests.map((manifest) => [manifest.connector, this.#open(manifest, released)]),
    );
    const doors = (operation: string): Connectors => byName.get(connectorOf(operation)) ?? none;
    const all: Connectors = {
      call: (call) => doors(call.operation).call(call),
      retryPolicy: (operation) => doors(operation).retryPolicy(operation),
      timeout: (operation) => doors(operation).timeout(operation),
      longestTimeout: () =>
        Math.max(...[none, ...byName.values()].map((one) => one.longestTimeout())),
      close: () => this.close(),
    };
    this.#byRelease.set(released.release, all);
    return all;
  }

  /** Ends the pools and sockets of all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((one) => one.close()));
  }

  #open(manifest: ConnectorManifest, released: ReleasedManifests): Connectors {
    const digest = sameness(manifest, released);
    const known = this.#opened.get(digest);
    if (known !== undefined) return known;
    const opened = createConnectors({
      ...{ ...this.#surroundings, ...released },
      manifests: [manifest],
    });
    this.#opened.set(digest, opened);
    return opened;
  }
}

/** Those with the same are one connector. Records are written under a release: none is another's. */
function sameness(manifest: ConnectorManifest, { types, release }: ReleasedManifests): string {
  const own = manifest.kind === 'records' ? release : referencesIn(manifest, types);
  return digestText(canonicalJson([manifest, own]));
}

/** The name of an operation's connector: `records` of `records.Quote.find`. */
function connectorOf(operation: string): string {
  return operation.slice(0, operation.indexOf('.'));
}
