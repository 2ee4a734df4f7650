import { join } from 'node:path';
import { createSecrets } from '../../engine/index.ts';
import type { Destinations, Secrets, Signer } from '../../engine/index.ts';
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

/** Opens the environment of this host: in demo mode its systems are started on loopback. */
export async function openEnvironment(
  settings: Settings,
  signer: Signer,
  publicUrl: () => string,
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
  });
  return {
    name: 'demo',
    destinations: demo.destinations,
    secrets,
    demo,
    close: () => demo.close(),
  };
}
