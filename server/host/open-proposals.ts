import { ProposalDesk, createKeySmith, publishOnto, sourceDigest } from '../../engine/index.ts';
import type {
  Clock,
  Engine,
  KeySmith,
  Log,
  PassedChecks,
  Store,
  WorkflowSource,
  Workshop,
} from '../../engine/index.ts';
import type { CoreInForce } from './core-in-force.ts';
import { Tries } from './tries.ts';

/** Wrong passphrases that one key takes in a quarter of an hour. */
const TRIES = 10;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly checks: PassedChecks;
  readonly inForce: CoreInForce;
  readonly engine: Engine;
  readonly workshop: Workshop;
}

/** Changes of the core on this host, and what follows where one is released. */
export interface OpenProposals {
  readonly proposals: ProposalDesk;
  /** Follows a release of this host or of another, until `stop` is called. */
  start(): void;
  /** Hears no more of other hosts, and waits for what is being published. */
  stop(): Promise<void>;
}

/** Opens the desk of proposals, and follows every release that comes into force. */
export function openProposals(parts: Parts): OpenProposals {
  const { store, clock, log, checks, inForce, engine, workshop } = parts;
  let publishing: Promise<void> = Promise.resolve();
  const publish = async (passed: ReadonlySet<string>): Promise<void> => {
    const trusts = (source: WorkflowSource): boolean => passed.has(sourceDigest(source));
    const parted = { store, checks, now: clock.now(), trusts };
    const { behind } = inForce.core.core.upgrade ?? {};
    for (const { name, problems } of await publishOnto(inForce.core, parted)) {
      if (behind?.workflows.includes(name) === true) {
        const { until } = behind;
        log.info('a workflow stays on an earlier release', { workflow: name, until });
        continue;
      }
      log.error('a workflow stays on an earlier release: the newest refuses it', {
        ...{ workflow: name, problem: problems[0]?.message ?? '' },
      });
    }
    await engine.published();
  };
  const proposals = new ProposalDesk({
    ...{ store, clock, workshop, checks, smith: guarded(createKeySmith()) },
    onReleased: async (passed) => {
      await inForce.follow();
      store.neighbours.tell('published');
      publishing = publishing
        .then(() => publish(passed))
        .catch((error: unknown) => {
          // The next start publishes them.
          const message = error instanceof Error ? error.message : String(error);
          log.error('workflows could not be published on the newest release', { message });
        });
    },
  });
  let hearNoMore: (() => void) | undefined;
  return {
    proposals,
    start: () => {
      hearNoMore = store.neighbours.hear((news) => {
        if (news === 'published') void inForce.follow();
      });
    },
    stop: async () => {
      hearNoMore?.();
      await publishing;
    },
  };
}

/** Lets nobody guess the passphrase of a key for long. */
function guarded(smith: KeySmith): KeySmith {
  const tries = new Tries(TRIES, 'open your key');
  return {
    make: (passphrase) => smith.make(passphrase),
    sign: async (sealed, passphrase, text) => {
      await tries.count(sealed);
      const signature = await smith.sign(sealed, passphrase, text);
      await tries.forget(sealed);
      return signature;
    },
  };
}
