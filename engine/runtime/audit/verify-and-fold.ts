import type { ErasedFrom } from '../../governance/erasure/erasure-audit.ts';
import type { Store } from '../../ports/store.ts';
import type { Catalogue } from '../catalogue.ts';
import { verifyCases } from '../verify.ts';
import type { AuditSummary, HistoryParts } from './verify-history.ts';
import { verifyHistory } from './verify-history.ts';

/** A case whose events cannot all be taken again, for what they were made of is erased. */
export interface ErasedCase extends ErasedFrom {
  readonly caseId: string;
  readonly reference: string;
}

interface Parts extends HistoryParts {
  readonly store: HistoryParts['store'] & Pick<Store, 'cases' | 'worklist'>;
  readonly catalogue: Pick<Catalogue, 'version' | 'core'>;
  /** Is told of every case that was erased: it is no fault, and the others are gone on with. */
  readonly onErased?: (erased: ErasedCase) => void;
}

/**
 * Holds the whole history against itself, as {@link verifyHistory} does, and then takes every event of every
 * case again: what could not have happened, and what was saved otherwise, is found as well. Of a case that
 * has a fault already, nothing more is said.
 */
export async function verifyAndFold(parts: Parts): Promise<AuditSummary> {
  const { store, catalogue, onFinding, onErased } = parts;
  const faulty = new Set<string | undefined>();
  const summary = await verifyHistory({
    ...parts,
    onFinding: (finding) => {
      faulty.add(finding.caseId);
      onFinding(finding);
    },
  });
  for await (const { caseId, reference, found, erased } of verifyCases({ store, catalogue })) {
    if (faulty.has(caseId)) continue;
    if (erased !== undefined) onErased?.({ caseId, reference, ...erased });
    if (found === undefined) continue;
    const { seq, kind, message } = found;
    onFinding({ of: 'case', name: reference, caseId, seq, kind, message });
  }
  return summary;
}
