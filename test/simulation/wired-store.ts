import type { Store } from '../../engine/ports/store.ts';
import type { Ask } from './ask.ts';

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** The ports by which a host works on cases; what is published is read before it starts. */
const PORTS = ['cases', 'jobs', 'messages', 'incidents', 'worklist', 'queues', 'files'] as const;

/** A store of which every question and answer goes over a line. */
export function wiredStore(store: Store, ask: Ask): Store {
  const wired = (port: (typeof PORTS)[number]): object => {
    const methods = Object.entries(store[port]) as [string, Method][];
    const asked = methods.map(([name, method]): [string, Method] => [
      name,
      (...given) => ask(`${port}.${name}`, () => method(...given)),
    ]);
    return Object.fromEntries(asked);
  };
  const ports = PORTS.map((port) => [port, wired(port)] as const);
  return { ...store, ...(Object.fromEntries(ports) as Pick<Store, (typeof PORTS)[number]>) };
}
