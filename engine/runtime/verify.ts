import type { ErasedFrom } from '../governance/erasure/erasure-audit.ts';
import { TrellisError } from '../kernel/errors.ts';
import type { StoredCase } from '../ports/step.ts';
import type { Store } from '../ports/store.ts';
import type { Catalogue } from './catalogue.ts';
import type { Discrepancy } from './verification.ts';
import { Verification, discrepancy } from './verification.ts';

/** What came of holding one case against its history. */
export interface CaseVerdict {
  readonly caseId: string;
  readonly reference: string;
  /** Absent where all agrees. */
  readonly found?: Discrepancy;
  /** Absent where every event was taken again. */
  readonly erased?: ErasedFrom;
}

/** Cases that are read at once. */
const PAGE = 200;

interface Parts {
  readonly store: Pick<Store, 'cases' | 'worklist'>;
  readonly catalogue: Pick<Catalogue, 'version' | 'core'>;
}

/** Holds every case against its history, newest first. */
export async function* verifyCases(parts: Parts): AsyncGenerator<CaseVerdict> {
  let after: string | undefined;
  do {
    const page = await parts.store.worklist.cases({ archive: 'with' }, after, PAGE);
    for (const { id, reference } of page.rows) {
      yield (await verdictOf(parts, id)) ?? { caseId: id, reference };
    }
    after = page.next;
  } while (after !== undefined);
}

/**
 * Holds one case against its history: the chain of hashes, the digest of each snapshot against the
 * fold of the events, and the state that is stored against the last.
 */
export async function verifyCase(parts: Parts, caseId: string): Promise<Discrepancy | undefined> {
  return (await verdictOf(parts, caseId))?.found;
}

async function verdictOf(parts: Parts, caseId: string): Promise<CaseVerdict | undefined> {
  const stored = await parts.store.cases.load(caseId);
  if (stored === undefined) return undefined;
  const verdict = await verifyStored(parts, stored);
  if (verdict.found === undefined) return verdict;
  // What was erased meanwhile is gone from entries that were there before.
  const again = await parts.store.cases.load(caseId);
  if (again === undefined || again.version === stored.version) return verdict;
  return verifyStored(parts, again);
}

async function verifyStored({ store, catalogue }: Parts, stored: StoredCase): Promise<CaseVerdict> {
  const { id: caseId, reference, version } = stored;
  try {
    const verification = new Verification(stored, catalogue);
    const found = await verification.run((after, limit) =>
      store.cases.history(caseId, after, limit),
    );
    const { erased } = verification;
    return {
      ...{ caseId, reference },
      ...(found === undefined ? {} : { found }),
      ...(erased === undefined ? {} : { erased }),
    };
  } catch (error) {
    if (!(error instanceof TrellisError)) throw error;
    return {
      ...{ caseId, reference },
      found: discrepancy(stored, 'unreadable', version, error.message),
    };
  }
}
