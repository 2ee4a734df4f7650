import type {
  ConnectorManifest,
  RecordsConnector,
  WebhookConnector,
} from '../governance/connector-manifest.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { OpenConnector } from '../ports/connector.ts';
import type { Destination, Destinations, SecretText } from '../ports/destination.ts';
import type { Secrets } from '../ports/signer.ts';
import { createAddressCheck } from './address-check.ts';
import type { LookUp } from './address-check.ts';
import { openHttpConnector } from './http/http-connector.ts';
import type { RecordSurroundings } from './records/record-worker.ts';
import { openRecordsConnector } from './records/records-connector.ts';
import { openMailConnector } from './mail/mail-connector.ts';
import { openSqlConnector } from './sql/sql-connector.ts';

/** What every connector needs of its surroundings. */
export interface Surroundings extends RecordSurroundings {
  /** Which of a manifest's destinations is meant, e.g. `demo` or `production`. */
  readonly environment: string;
  readonly destinations: Destinations;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** How hosts become addresses. (Default: the system's resolver) */
  readonly lookUp?: LookUp;
}

/** Opens one connector on its destination in this environment. */
export function openConnector(
  manifest: Exclude<ConnectorManifest, WebhookConnector>,
  settings: Surroundings,
): OpenConnector {
  if (manifest.kind === 'records') return openRecordsConnector(manifest, settings);
  const reveal = (text: SecretText): string =>
    typeof text === 'string' ? text : (text.prefix ?? '') + settings.secrets.get(text.secret);
  switch (manifest.kind) {
    case 'http': {
      const destination = destinationOf(manifest, 'http', settings);
      const checkAddress = createAddressCheck(destination.allow, settings.lookUp);
      const { clock } = settings;
      return openHttpConnector(manifest, { destination, checkAddress, reveal, clock });
    }
    case 'sql':
      return openSqlConnector(manifest, {
        destination: destinationOf(manifest, 'sql', settings),
        reveal,
      });
    case 'mail': {
      const destination = destinationOf(manifest, 'mail', settings);
      const checkAddress = createAddressCheck(destination.allow, settings.lookUp);
      return openMailConnector(manifest, { destination, checkAddress, reveal });
    }
  }
}

/**
 * Tells what an environment lacks for the connectors of a core: destinations, and secrets that they
 * name; a sentence each.
 */
export function lackingFor(
  manifests: Iterable<ConnectorManifest>,
  around: Pick<Surroundings, 'environment' | 'destinations'> & {
    /** The names of the secrets that it has. */
    readonly secrets: ReadonlySet<string>;
  },
): readonly string[] {
  const lacking = new Set<string>();
  for (const manifest of manifests) {
    if (manifest.kind === 'records') continue;
    if (
      manifest.kind !== 'webhook' &&
      findDestination(manifest, manifest.kind, around) === undefined
    )
      lacking.add(noDestination(manifest, manifest.kind, around).message);
    for (const secret of manifest.secrets ?? []) {
      if (!around.secrets.has(secret))
        lacking.add(`The connector "${manifest.connector}" needs the secret "${secret}".`);
    }
  }
  return [...lacking];
}

type OnDestination = Exclude<ConnectorManifest, WebhookConnector | RecordsConnector>;
type Around = Pick<Surroundings, 'environment' | 'destinations'>;

function destinationOf<Kind extends Destination['kind']>(
  manifest: OnDestination,
  kind: Kind,
  around: Around,
): Extract<Destination, { kind: Kind }> {
  const destination = findDestination(manifest, kind, around);
  if (destination === undefined) throw noDestination(manifest, kind, around);
  return destination;
}

function findDestination<Kind extends Destination['kind']>(
  manifest: OnDestination,
  kind: Kind,
  { environment, destinations }: Around,
): Extract<Destination, { kind: Kind }> | undefined {
  const destination = destinations.get(manifest.destination[environment] ?? '');
  return destination !== undefined && isKind(destination, kind) ? destination : undefined;
}

function noDestination(
  { connector, destination }: OnDestination,
  kind: Destination['kind'],
  { environment, destinations }: Around,
): TrellisError {
  const name = destination[environment];
  return new TrellisError(
    'destination-missing',
    name === undefined
      ? `The connector "${connector}" names no destination for the environment "${environment}". Add one in its connector.yaml.`
      : `The connector "${connector}" needs the destination "${name}" of kind ${kind}; this host has ${[...destinations.keys()].join(', ') || 'none'}. Add it to the configuration of this host.`,
    { connector, environment },
  );
}

function isKind<Kind extends Destination['kind']>(
  destination: Destination,
  kind: Kind,
): destination is Extract<Destination, { kind: Kind }> {
  return destination.kind === kind;
}
