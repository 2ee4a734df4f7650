import type { Store } from '../../engine/ports/store.ts';
import type { Around } from '../../server/host/open-host.ts';

/** What a host does that cannot be taken back, in the order of an event's way through the house. */
const BOUNDARIES = {
  /** A batch of steps is saved. */
  cases: ['commit'],
  /** Jobs are taken, put back and marked as done. */
  jobs: ['claim', 'postpone', 'finish'],
  /** A message is kept, and marked as one that has begun what it begins. */
  messages: ['receive', 'offered'],
} as const satisfies Partial<Record<keyof Store, readonly string[]>>;

/** The named places in which a host can be killed: before and after each commit, send and mark. */
export const FAULT_POINTS: readonly string[] = [
  ...Object.entries(BOUNDARIES).flatMap(([port, methods]) =>
    methods.map((method) => `${port}.${method}`),
  ),
  'connectors.call',
  'http.answer',
].flatMap((name) => [`before ${name}`, `after ${name}`]);

/** Is told of each point that a host comes to. */
export type Reach = (point: string) => void;

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** Lays the fault points around the ports of a host. */
export function faultPoints(reach: Reach): Around {
  return {
    store: (opened) => {
      const ports = Object.entries(BOUNDARIES).map(([name, methods]) => {
        const port = opened[name as keyof typeof BOUNDARIES];
        return [name, watched(name, port, methods, reach)] as const;
      });
      return { ...opened, ...Object.fromEntries(ports) };
    },
    connectors: (opened) => watched('connectors', opened, ['call'], reach),
  };
}

function watched<P extends object>(
  name: string,
  port: P,
  methods: readonly string[],
  reach: Reach,
): P {
  const around = methods.map((method) => {
    const plain = (port as Readonly<Record<string, Method>>)[method];
    if (plain === undefined) throw new Error(`There is no ${name}.${method}.`);
    const pointed: Method = async (...given) => {
      reach(`before ${name}.${method}`);
      const answer = await plain.apply(port, [...given]);
      reach(`after ${name}.${method}`);
      return answer;
    };
    return [method, pointed] as const;
  });
  return { ...port, ...Object.fromEntries(around) };
}
