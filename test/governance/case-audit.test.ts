import { expect } from 'chai';
import type { StatedHead } from '../../engine/governance/case-audit.ts';
import { CaseAudit } from '../../engine/governance/case-audit.ts';
import { digestText } from '../../engine/governance/digest.ts';
import { GENESIS, entryHash } from '../../engine/governance/history.ts';
import { START } from '../contracts/sample.ts';

const HOUR = 3_600_000;
const SNAPSHOT = '{"format":1}';
const FACTS = {
  ...{ caseId: 'c', seq: 1, at: START, kind: 'started', body: { a: 1 } },
  actor: { kind: 'staff', id: 'u-1', name: 'Rita Rep' } as const,
  snapshotDigest: digestText(SNAPSHOT),
};
const HASH = entryHash(GENESIS, FACTS);
const ENTRY = {
  ...FACTS,
  actor: JSON.stringify(FACTS.actor),
  body: JSON.stringify(FACTS.body),
  previous: GENESIS,
  hash: HASH,
};
const CASE = { id: 'c', version: 1, head: HASH, snapshot: SNAPSHOT };

/** What is found in a case of one entry, beside checkpoints that cover up to these times. */
function found(stated: readonly StatedHead[], covers: readonly number[]): string | undefined {
  const newest = covers.length;
  const audit = new CaseAudit(CASE, stated, { newest, coveredBy: (one) => covers[one - 1] });
  audit.take(ENTRY);
  return audit.finish()?.kind;
}

describe('an entry beside the times of checkpoints', () => {
  const byThird = [{ seq: 1, hash: HASH, checkpoint: 3 }];

  it('holds where it is later than the checkpoint before the one that states it', () => {
    expect(found(byThird, [START - HOUR, START - 1, START + 60_000])).to.equal(undefined);
    expect(found([], [START - HOUR])).to.equal(undefined);
    expect(found([{ seq: 1, hash: HASH, checkpoint: 1 }], [START + HOUR])).to.equal(undefined);
  });

  it('was put in where an earlier checkpoint should have stated it', () => {
    expect(found(byThird, [START, START + HOUR, START + 2 * HOUR])).to.equal('late');
    expect(found([], [START + HOUR])).to.equal('late');
  });

  it('holds where the clock of the host was set back meanwhile', () => {
    expect(found(byThird, [START, START + HOUR, START + 1_000])).to.equal(undefined);
  });

  it('was replaced where it is not what is stated, and is missing where nothing is there', () => {
    expect(found([{ seq: 1, hash: 'x', checkpoint: 1 }], [START])).to.equal('replaced');
    const later = { seq: 2, hash: HASH, checkpoint: 1 };
    expect(found([later], [START])).to.equal('truncated');
  });
});
