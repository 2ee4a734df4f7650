import { canonicalJson } from '../governance/canonical-json.ts';
import { digestText } from '../governance/digest.ts';
import { keepReading } from '../kernel/definition/source.ts';
import type { Vault } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { CoreRelease, PublishedWorkflow } from '../ports/registry.ts';
import type { Signer } from '../ports/signer.ts';

/** Remembers what was checked whole and found right, so that no later start checks it again. */
export interface PassedChecks {
  has(passed: Passed): Promise<boolean>;
  /** What was read of the text of a workflow that has passed, as `takeReading` takes it. */
  reading(passed: PassedWorkflow): Promise<string | undefined>;
  add(passed: Passed): Promise<void>;
}

/** What a check was of: the files of a core, or a workflow with all that its check depends on. */
export type Passed =
  | { readonly kind: 'core'; readonly files: CoreRelease['files'] }
  | ({ readonly kind: 'workflow' } & PassedWorkflow);

type PassedWorkflow = Pick<PublishedWorkflow, 'source' | 'pins' | 'release'>;

export interface PassedChecksParts {
  readonly vault: Vault;
  readonly signer: Signer;
  readonly clock: Clock;
  /** Tells one state of the checker from every other: what another has passed is checked again. */
  readonly checker: string;
}

/** How long a check is remembered, in milliseconds. */
const KEPT = 365 * 24 * 60 * 60 * 1000;

/** Characters of a signature. */
const SIGNATURE = 43;

/** Remembers nothing: all is checked each time. */
export const NO_PASSED_CHECKS: PassedChecks = {
  has: () => Promise.resolve(false),
  reading: () => Promise.resolve(undefined),
  add: () => Promise.resolve(),
};

/**
 * Makes the memory of passed checks in a vault, beside each what was read of the workflow. What is
 * remembered is signed with the host's key: who can only write to the database cannot pass a check by it,
 * nor alter what was read.
 */
export function createPassedChecks({
  vault,
  signer,
  clock,
  checker,
}: PassedChecksParts): PassedChecks {
  const hashOf = (passed: Passed): string =>
    digestText(signer.sign('passed-check', canonicalJson([checker, ...partsOf(passed)])));
  const seal = (hash: string, reading: string): string =>
    signer.sign('kept-reading', `${hash}\n${reading}`) + reading;
  return {
    has: async (passed) => (await vault.get('check', hashOf(passed), clock.now())) !== undefined,
    reading: async (passed) => {
      const hash = hashOf({ kind: 'workflow', ...passed });
      const kept = await vault.get('check', hash, clock.now());
      const reading = kept?.value.slice(SIGNATURE);
      return reading && kept?.value === seal(hash, reading) ? reading : undefined;
    },
    add: async (passed) => {
      const hash = hashOf(passed);
      const reading = passed.kind === 'workflow' ? keepReading(passed.source.text) : undefined;
      const value = reading === undefined ? '' : seal(hash, reading);
      await vault.put({ purpose: 'check', hash, value, expiresAt: clock.now() + KEPT });
    },
  };
}

function partsOf(passed: Passed): readonly unknown[] {
  return passed.kind === 'core'
    ? [passed.kind, passed.files]
    : [passed.kind, passed.source, passed.pins, passed.release];
}
