import { expect } from 'chai';
import fc from 'fast-check';
import { GENESIS, entryHash, verifyChain } from '../../engine/governance/history.ts';
import type { ChainedEntry, EntryFacts } from '../../engine/governance/history.ts';

const CASE = '01890a5d-ac96-774b-bcce-b302099a8057';

function factsOf(seq: number, caseId = CASE): EntryFacts {
  return {
    caseId,
    seq,
    at: 1_800_000_000_000 + seq,
    kind: 'done',
    actor: { kind: 'system', id: 'trellis', name: 'Trellis' },
    body: { state: 'matching', visit: seq, result: { total: '80.00', lines: [{ sku: 'A1' }] } },
    snapshotDigest: 'ab'.repeat(32),
  };
}

function chainOf(length: number, caseId = CASE): ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  let previous = GENESIS;
  for (let seq = 1; seq <= length; seq += 1) {
    const facts = factsOf(seq, caseId);
    const hash = entryHash(previous, facts);
    entries.push({ ...facts, previous, hash });
    previous = hash;
  }
  return entries;
}

function headOf(entries: readonly ChainedEntry[]): string {
  return entries.at(-1)?.hash ?? GENESIS;
}

describe('the hash chain of a history', () => {
  it('hashes the RFC 8785 form: the order of keys does not matter, values do', () => {
    const facts = factsOf(1);
    const reordered = Object.fromEntries(Object.entries(facts).reverse()) as unknown as EntryFacts;
    expect(entryHash(GENESIS, reordered)).to.equal(entryHash(GENESIS, facts));
    expect(entryHash(GENESIS, { ...facts, at: facts.at + 1 })).not.to.equal(
      entryHash(GENESIS, facts),
    );
    expect(entryHash('1'.repeat(64), facts)).not.to.equal(entryHash(GENESIS, facts));
  });

  it('keeps the hash of a known entry, so that old histories stay verifiable', () => {
    expect(entryHash(GENESIS, factsOf(1))).to.equal(
      '9da7f66988cca60e3fabb1e255c7c97401a3d372e969809bf37c8c37ed7c8cb6',
    );
  });

  it('does not depend on what else an entry carries', () => {
    const facts = { ...factsOf(1), rowid: 7 };
    expect(entryHash(GENESIS, facts)).to.equal(entryHash(GENESIS, factsOf(1)));
  });

  it('follows a sound chain to its end, whole or in pages', () => {
    const entries = chainOf(7);
    const whole = verifyChain(CASE, entries, { head: headOf(entries) });
    expect(whole).to.deep.equal({ ok: true, end: { seq: 7, hash: headOf(entries) } });

    const first = verifyChain(CASE, entries.slice(0, 4));
    if (!first.ok) throw new Error(first.message);
    const second = verifyChain(CASE, entries.slice(4), {
      after: first.end,
      head: headOf(entries),
    });
    expect(second).to.deep.equal(whole);
  });

  it('takes an empty history only for a case that has no newest entry', () => {
    expect(verifyChain(CASE, [])).to.deep.equal({ ok: true, end: { seq: 0, hash: GENESIS } });
    expect(verifyChain(CASE, [], { head: headOf(chainOf(1)) })).to.include({
      ok: false,
      seq: 1,
      kind: 'truncated',
    });
  });

  it('names the entry that was edited', () => {
    const entries = chainOf(5);
    const edited = entries.map((entry) =>
      entry.seq === 3 ? { ...entry, body: { result: { total: '8.00' } } } : entry,
    );
    const verdict = verifyChain(CASE, edited);
    expect(verdict).to.include({ ok: false, seq: 3, kind: 'edited' });
    expect(verdict)
      .to.have.property('message')
      .that.matches(/Entry 3 .* edited/);
  });

  it('names the place where an entry was deleted, put in, swapped or is of another case', () => {
    const entries = chainOf(5);
    const other = chainOf(5, 'another');
    const [a, b, c, d, e] = entries as [
      ChainedEntry,
      ChainedEntry,
      ChainedEntry,
      ChainedEntry,
      ChainedEntry,
    ];
    const misplaced = { ok: false, kind: 'misplaced' };
    expect(verifyChain(CASE, [a, b, d, e])).to.include({ ...misplaced, seq: 3 });
    expect(verifyChain(CASE, [a, b, b, c])).to.include({ ...misplaced, seq: 3 });
    expect(verifyChain(CASE, [a, c, b, d])).to.include({ ...misplaced, seq: 2 });
    expect(verifyChain(CASE, [a, ...other.slice(1)])).to.include({ ...misplaced, seq: 2 });
  });

  it('finds entries cut off at the end by what the case knows', () => {
    const entries = chainOf(5);
    expect(verifyChain(CASE, entries.slice(0, 3), { head: headOf(entries) })).to.include({
      ok: false,
      seq: 4,
      kind: 'truncated',
    });
  });

  it('finds an entry that was replaced and hashed anew', () => {
    const entries = chainOf(5);
    const replaced = entries.map((entry) => {
      if (entry.seq !== 3) return entry;
      const forged = { ...entry, body: { forged: true } };
      return { ...forged, hash: entryHash(entry.previous, forged) };
    });
    expect(verifyChain(CASE, replaced)).to.include({ ok: false, seq: 4, kind: 'unlinked' });
  });

  it('finds every single flipped bit of every field that is stored', () => {
    const text = JSON.stringify(chainOf(3));
    const head = headOf(chainOf(3));
    const bytes = Buffer.from(text, 'utf8');
    let survivors = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (isAccepted(flipped, head)) survivors += 1;
    }
    expect(survivors).to.equal(0);
  });

  it('finds any change to any fact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.jsonValue(), (seq, body) => {
        const entries = chainOf(4);
        const changed = entries.map((entry) =>
          entry.seq === seq ? ({ ...entry, body } as ChainedEntry) : entry,
        );
        const same = JSON.stringify(body) === JSON.stringify(factsOf(seq).body);
        expect(verifyChain(CASE, changed).ok).to.equal(same);
      }),
    );
  });
});

function isAccepted(bytes: Buffer, head: string): boolean {
  try {
    return verifyChain(CASE, JSON.parse(bytes.toString('utf8')) as ChainedEntry[], { head }).ok;
  } catch {
    // What cannot be read any more is found, too.
    return false;
  }
}
