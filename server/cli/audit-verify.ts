import { Catalogue, createSystemClock, verifyAndFold, verifyHistory } from '../../engine/index.ts';
import type { AuditFinding, AuditProgress, AuditSummary, ErasedCase } from '../../engine/index.ts';
import { publicKeys } from '../host/with-audit.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { readAnchor } from '../host/read-anchor.ts';
import type { ExitCode } from './exit-code.ts';
import { findingLine } from './finding-line.ts';
import type { Output } from './output.ts';

export interface VerifyAudit {
  readonly anchor?: string;
  readonly key?: readonly string[];
  /** Every event is taken again. */
  readonly fold?: boolean;
}

/** How often it is said how far it has come, in milliseconds. */
const SAID_EVERY = 5_000;
/** The most findings, and the most erased cases, that are said one by one. */
const MOST_SAID = 1_000;

/** Holds the whole history against itself and the checkpoints. Exit code 1 where something does not hold. */
export async function auditVerify(
  { anchor: file, key = [], fold = false }: VerifyAudit,
  output: Output,
): Promise<ExitCode> {
  const anchor = file === undefined ? [] : await readAnchor(file);
  const keys = [...key, ...(await publicKeys())];
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const found = new Said<AuditFinding>(findingLine, output);
    const erased = new Said<ErasedCase>(erasedLine, output);
    const parts = {
      ...{ store, trust: { keys, anchor }, onProgress: sayer(output) },
      onFinding: (one: AuditFinding) => {
        found.add(one);
      },
      onErased: (one: ErasedCase) => {
        erased.add(one);
      },
    };
    const summary = await (fold
      ? verifyAndFold({ ...parts, catalogue: new Catalogue(store.registry) })
      : verifyHistory(parts));
    say(summary, found.count, output);
    if (erased.count > 0)
      output.line(`Folded no further than they were erased: ${erased.count} cases.`);
    if (keys.length === 0) output.line('The key was taken from the first checkpoint: give --key.');
    const folded = fold ? { erased: erased.first, cannotFold: erased.count } : {};
    output.result({ ...summary, found: found.first, notHolding: found.count, ...folded });
    return found.count === 0 ? 0 : 1;
  });
}

/** Counts what is said, and says no more of it one by one than somebody can read. */
class Said<T> {
  readonly #line: (one: T) => string;
  readonly #output: Output;
  readonly first: T[] = [];
  count = 0;

  constructor(line: (one: T) => string, output: Output) {
    this.#line = line;
    this.#output = output;
  }

  add(one: T): void {
    this.count += 1;
    if (this.count > MOST_SAID) return;
    this.first.push(one);
    this.#output.line(this.#line(one));
  }
}

function say(
  { cases, entries, acts, checkpoints, unstated, newest }: AuditSummary,
  notHolding: number,
  output: Output,
): void {
  output.line(
    `${cases} cases with ${entries} entries, ${acts} governance acts, ${checkpoints} checkpoints: ${notHolding === 0 ? 'all hold' : `${notHolding} do not hold`}`,
  );
  output.line(
    newest === undefined
      ? 'There is no checkpoint: only chains and digests speak. A host makes one every minute.'
      : `Signed up to ${new Date(newest.covers).toISOString()} by ${newest.key}; ${unstated} entries are later.`,
  );
}

function erasedLine({ reference, seq, act }: ErasedCase): string {
  return `${reference}  from entry ${seq} on, no event can be taken again: governance act ${act} has erased it  [erased]`;
}

/** Says to whoever waits at the terminal how far it has come. */
function sayer({ json }: Output): (progress: AuditProgress) => void {
  const clock = createSystemClock();
  let saidAt = clock.now();
  return ({ cases, entries }) => {
    if (json || clock.now() - saidAt < SAID_EVERY) return;
    saidAt = clock.now();
    process.stderr.write(`${cases} cases, ${entries} entries …\n`);
  };
}
