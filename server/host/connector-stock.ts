import { ConnectorStock, earlierRecords } from '../../engine/index.ts';
import type { Catalogue, Clock, Connectors, LoadedCore, Records } from '../../engine/index.ts';
import type { Environment } from './environment.ts';

/** The doors of every release on the destinations of this host. */
export interface OpenStock {
  of(core: LoadedCore): Connectors;
  close(): Promise<void>;
}

interface Parts {
  readonly catalogue: Pick<Catalogue, 'core'>;
  readonly records: Records;
  readonly clock: Clock;
}

/** Opens the doors of releases on the destinations and with the secrets of an environment. */
export function stockOf(environment: Environment, { catalogue, records, clock }: Parts): OpenStock {
  const stock = new ConnectorStock({
    environment: environment.name,
    destinations: environment.destinations,
    secrets: environment.secrets,
    records,
    clock,
  });
  return {
    of: (loaded) => {
      const { release, core, view, validator } = loaded;
      return stock.of({
        release,
        earlier: earlierRecords(catalogue, loaded, clock),
        ...{ reference: core.reference, timeZone: view.timeZone },
        manifests: [...core.connectors.values()],
        types: new Map([...view.types].map(([name, type]) => [name, type.schema])),
        compile: (schema) => validator.compileAtFirstUse(schema),
      });
    },
    close: () => stock.close(),
  };
}
