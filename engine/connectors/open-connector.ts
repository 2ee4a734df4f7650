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

function destinationOf<Kind extends Destination['kind']>(
  manifest: Exclude<ConnectorManifest, WebhookConnector | RecordsConnector>,
  kind: Kind,
  { environment, destinations }: Surroundings,
): Extract<Destination, { kind: Kind }> {
  const name = manifest.destination[environment];
  const destination = name === undefined ? undefined : destinations.get(name);
  if (destination === undefined || !isKind(destination, kind)) {
    throw new TrellisError(
      'destination-missing',
      name === undefined
        ? `The connector "${manifest.connector}" names no destination for the environment "${environment}". Add one in its connector.yaml.`
        : `The connector "${manifest.connector}" needs the destination "${name}" of kind ${kind}; this host has ${[...destinations.keys()].join(', ') || 'none'}. Add it to the configuration of this host.`,
      { connector: manifest.connector, environment },
    );
  }
  return destination;
}

function isKind<Kind extends Destination['kind']>(
  destination: Destination,
  kind: Kind,
): destination is Extract<Destination, { kind: Kind }> {
  return destination.kind === kind;
}
