import { join } from 'node:path';
import { createSecrets } from '../../engine/index.ts';
import type { Clock, Destinations, Secrets, Signer } from '../../engine/index.ts';
import type { Demo } from '../demo/start-demo.ts';
import type { Settings } from '../settings.ts';
import { readDestinationsFile } from './destinations-file.ts';

/** Where the systems behind the connectors are, and the secrets for them. */
export interface Environment {
  /** Which of a manifest's destinations is meant. */
  readonly name: string;
  readonly destinations: Destinations;
  readonly secrets: Secrets;
  /** The bundled company's other systems, in demo mode. */
  readonly demo?: Demo;
  close(): Promise<void>;
}

/** What an environment needs of its host. */
interface Surroundings {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly publicUrl: () => string;
  /** Milliseconds between an order of the demo and its confirmation. */
  readonly confirmAfter?: number;
}

/** Opens the environment of this host: in demo mode its systems are started on loopback. */
export async function openEnvironment(
  settings: Settings,
  { signer, clock, publicUrl, confirmAfter }: Surroundings,
): Promise<Environment> {
  if (settings.destinationsFile !== undefined) {
    const read = await readDestinationsFile(settings.destinationsFile);
    return { ...read, close: () => Promise.resolve() };
  }
  if (!settings.demo) {
    const secrets = createSecrets({});
    return { name: 'production', destinations: new Map(), secrets, close: () => Promise.resolve() };
  }
  const secrets = createSecrets({
    'oms-token': signer.sign('demo', 'oms-token'),
    'oms-webhook-key': signer.sign('demo', 'oms-webhook-key'),
  });
  const { startDemo } = await import('../demo/start-demo.ts');
  const demo = await startDemo({
    dataDir: join(settings.dataFolder, 'demo'),
    webhookUrl: () => `${publicUrl()}/webhooks/oms`,
    secrets,
    now: () => clock.now(),
    ...(confirmAfter === undefined ? {} : { confirmAfter }),
  });
  return {
    name: 'demo',
    destinations: demo.destinations,
    secrets,
    demo,
    close: () => demo.close(),
  };
}
