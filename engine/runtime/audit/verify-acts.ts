import type { ActPoint, GovernanceAct } from '../../governance/acts.ts';
import { NO_ACT, verifyActs } from '../../governance/acts.ts';
import type { Coverage } from '../../governance/case-audit.ts';
import { coveredBefore, isLate } from '../../governance/case-audit.ts';
import type { Governance } from '../../ports/governance.ts';
import type { AuditFinding } from './finding.ts';
import type { StatedAct } from './verify-checkpoints.ts';

const PAGE = 500;

/**
 * Holds the governance acts against their chain and what checkpoints state of them. Tells of each page of
 * acts that hold. (Default: of none)
 */
export async function verifyGovernance(
  governance: Pick<Governance, 'acts'>,
  stated: readonly StatedAct[],
  coverage: Coverage,
  onAct: (act: GovernanceAct) => void = () => undefined,
): Promise<{ readonly acts: number; readonly found?: AuditFinding }> {
  const verification = new ActVerification(stated, coverage);
  for (;;) {
    const page = await readActs(governance, verification.acts);
    const found = page === undefined ? verification.unreadable() : verification.take(page);
    if (found !== undefined) return { acts: verification.acts, found };
    page?.forEach(onAct);
    if (page?.length === 0) break;
  }
  const found = verification.finish();
  return { acts: verification.acts, ...(found === undefined ? {} : { found }) };
}

class ActVerification {
  readonly #stated: readonly StatedAct[];
  readonly #coverage: Coverage;
  #end: ActPoint = NO_ACT;
  /** How many of the stated acts were met. */
  #met = 0;

  constructor(stated: readonly StatedAct[], coverage: Coverage) {
    this.#stated = stated;
    this.#coverage = coverage;
  }

  /** How many hold. */
  get acts(): number {
    return this.#end.seq;
  }

  take(page: readonly GovernanceAct[]): AuditFinding | undefined {
    for (const act of page) {
      const verdict = verifyActs([act], this.#end);
      if (!verdict.ok) return finding(verdict.seq, verdict.kind, verdict.message);
      this.#end = verdict.end;
      const found = this.#againstStated(act);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  unreadable(): AuditFinding {
    const message = `Governance act ${this.acts + 1} cannot be read: it was edited after it was written.`;
    return finding(this.acts + 1, 'unreadable', message);
  }

  finish(): AuditFinding | undefined {
    const missing = this.#stated[this.#met];
    if (missing === undefined) return undefined;
    const message = `The governance acts end with act ${this.acts}, but checkpoint ${missing.checkpoint} states act ${missing.seq}: acts after ${this.acts} were taken away.`;
    return finding(this.acts + 1, 'truncated', message);
  }

  #againstStated({ seq, hash, at }: GovernanceAct): AuditFinding | undefined {
    const covering = this.#stated[this.#met];
    const before = (covering?.checkpoint ?? this.#coverage.newest + 1) - 1;
    if (isLate(at, coveredBefore(before, this.#coverage))) {
      const message = `Governance act ${seq} says that it is older than checkpoint ${before}, which does not state it: it was put in or altered afterwards.`;
      return finding(seq, 'late', message);
    }
    if (covering?.seq !== seq) return undefined;
    const first = (this.#stated[this.#met - 1]?.seq ?? 0) + 1;
    this.#met += 1;
    if (covering.hash === hash) return undefined;
    const which =
      first === seq ? `Governance act ${seq}` : `One of the governance acts ${first} to ${seq}`;
    const message = `${which} was replaced: checkpoint ${covering.checkpoint} states that act ${seq} has the hash ${covering.hash}, and it has ${hash}.`;
    return finding(first, 'replaced', message);
  }
}

/** Acts behind one; one alone where a later one cannot be read, nothing where the next one cannot. */
async function readActs(
  governance: Pick<Governance, 'acts'>,
  after: number,
): Promise<readonly GovernanceAct[] | undefined> {
  for (const limit of [PAGE, 1]) {
    try {
      return await governance.acts(after, limit);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function finding(seq: number, kind: string, message: string): AuditFinding {
  return { of: 'act', name: String(seq), seq, kind, message };
}
