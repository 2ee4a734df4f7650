import { Catalogue, createSystemClock, verifyCases, verifyHistory } from '../../engine/index.ts';
import type { AuditFinding, AuditProgress, Store } from '../../engine/index.ts';
import { publicKeys } from '../host/with-audit.ts';
import { withStoreToRead } from '../host/with-operations.ts';
import { readAnchor } from './anchor.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export interface VerifyAudit {
  readonly anchor?: string;
  readonly key?: readonly string[];
  /** Every event is taken again. */
  readonly fold?: boolean;
}

/** How often it is said how far it has come, in milliseconds. */
const SAID_EVERY = 5_000;
/** The most findings that are said one by one. */
const MOST_SAID = 1_000;

/** Holds the whole history against itself and the checkpoints. Exit code 1 where something does not hold. */
export async function auditVerify(
  { anchor: file, key = [], fold = false }: VerifyAudit,
  output: Output,
): Promise<ExitCode> {
  const anchor = file === undefined ? [] : await readAnchor(file);
  const keys = [...key, ...(await publicKeys())];
  return withStoreToRead(async (store): Promise<ExitCode> => {
    const found: AuditFinding[] = [];
    const say = sayer(output);
    const onFinding = (one: AuditFinding): void => {
      found.push(one);
      if (found.length <= MOST_SAID) output.line(line(one));
    };
    const summary = await verifyHistory({
      ...{ store, onFinding, onProgress: say },
      trust: { keys, anchor },
    });
    if (fold) await foldAll(store, onFinding, new Set(found.map(({ caseId }) => caseId)));
    const { cases, entries, acts, checkpoints, unstated, newest } = summary;
    output.line(
      `${cases} cases with ${entries} entries, ${acts} governance acts, ${checkpoints} checkpoints: ${found.length === 0 ? 'all hold' : `${found.length} do not hold`}`,
    );
    output.line(
      newest === undefined
        ? 'There is no checkpoint: only chains and digests speak. A host makes one every minute.'
        : `Signed up to ${new Date(newest.covers).toISOString()} by ${newest.key}; ${unstated} entries are later.`,
    );
    if (keys.length === 0) output.line('The key was taken from the first checkpoint: give --key.');
    output.result({ ...summary, found: found.slice(0, MOST_SAID), notHolding: found.length });
    return found.length === 0 ? 0 : 1;
  });
}

async function foldAll(
  store: Store,
  onFinding: (finding: AuditFinding) => void,
  known: ReadonlySet<string | undefined>,
): Promise<void> {
  const catalogue = new Catalogue(store.registry);
  for await (const { found } of verifyCases({ store, catalogue })) {
    if (found === undefined || known.has(found.caseId)) continue;
    const { caseId, reference: name, seq, kind, message } = found;
    onFinding({ of: 'case', name, caseId, seq, kind, message });
  }
}

function line({ of, name, seq, kind, message }: AuditFinding): string {
  return of === 'case' ? `${name}  entry ${seq}  ${message}  [${kind}]` : `${message}  [${kind}]`;
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
