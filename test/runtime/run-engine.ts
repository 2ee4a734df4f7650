import type { SimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createIds } from '../../engine/adapters/system/ids.ts';
import { createSigner } from '../../engine/adapters/system/signer.ts';
import type { CoreView } from '../../engine/kernel/core-view.ts';
import type { Ids } from '../../engine/ports/clock.ts';
import type { Connectors } from '../../engine/ports/connector.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Store } from '../../engine/ports/store.ts';
import type { Catalogue } from '../../engine/runtime/catalogue.ts';
import type { DispatcherSettings } from '../../engine/runtime/dispatcher.ts';
import { Engine } from '../../engine/runtime/engine.ts';

/** One line of the log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly facts: unknown;
}

export interface EngineSetting {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly connectors: Connectors;
  readonly clock: SimulatedClock;
  /** The lines of the log are added here. */
  readonly lines: LogLine[];
  readonly dispatcher?: DispatcherSettings;
  /** The core in force. (Default: the one that each version pins) */
  readonly core?: () => CoreView;
  /** (Default: random ones) */
  readonly ids?: Ids;
}

/** Makes an engine on a simulated clock; it is not started. */
export function makeEngine({ lines, clock, ...parts }: EngineSetting): Engine {
  const log: Log = {
    info: (message, facts) => lines.push({ level: 'info', message, facts }),
    warn: (message, facts) => lines.push({ level: 'warn', message, facts }),
    error: (message, facts) => lines.push({ level: 'error', message, facts }),
  };
  return new Engine({
    ids: createIds(clock),
    ...parts,
    clock,
    log,
    signer: createSigner(new Uint8Array(48).fill(7)),
    frameMail: ({ body }) => `<main>${body}</main>`,
    linkUrl: (token) => `https://meridian.example/l/${token}`,
  });
}

export function errorsIn(lines: readonly LogLine[]): readonly LogLine[] {
  return lines.filter(({ level }) => level === 'error');
}
