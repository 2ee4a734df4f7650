import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openStoreToRead } from '../../engine/adapters/sql/store.ts';
import { createCheckpointSigner } from '../../engine/adapters/system/public-signer.ts';
import type { Checkpoint } from '../../engine/governance/checkpoint.ts';
import type { Evidence } from '../../engine/governance/evidence.ts';
import { checkEvidence } from '../../engine/governance/evidence.ts';
import { exportEvidence } from '../../engine/runtime/audit/export-evidence.ts';
import { withFolder } from '../adapters/sql/with-folder.ts';
import { SIGNER, fillHistory } from './sample-history.ts';

const OTHER = createCheckpointSigner(new Uint8Array(48).fill(8));
const BY_KEY = { keys: [SIGNER.key], anchor: [] };

/** A value somewhere in JSON, by the names on the way to it. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([name, part]) => pathsIn(part, [...path, name]));
}

function withAltered(value: unknown, [name, ...rest]: Path, by: number): unknown {
  if (name === undefined) return altered(value, by);
  const copy: unknown = structuredClone(value);
  const parts = copy as Record<string | number, unknown>;
  parts[name] = withAltered(parts[name], rest, by);
  return copy;
}

function altered(value: unknown, by: number): unknown {
  if (typeof value === 'number') return value + 1 + (by % 9);
  if (typeof value !== 'string') return 'x';
  const at = by % (value.length + 1);
  return `${value.slice(0, at)}${value[at] === 'a' ? 'b' : 'a'}${value.slice(at + 1)}`;
}

describe('the evidence of a case', function () {
  this.timeout(60_000);
  let evidences: readonly Evidence[] = [];
  let anchor: readonly Checkpoint[] = [];
  before(() =>
    withFolder(async (folder) => {
      const file = join(folder, 'trellis.db');
      anchor = await fillHistory({ file });
      const store = await openStoreToRead({ file });
      const live = await store.audit.cases('live', '', undefined, 100);
      const archived = await store.audit.cases('archive', '', undefined, 100);
      const found = await Promise.all(
        [...live, ...archived].map(({ id }) => exportEvidence(store, id)),
      );
      await store.close();
      // One began after the last checkpoint.
      expect(found.filter((one) => one === undefined)).to.have.length(1);
      evidences = found.filter((one) => one !== undefined);
    }),
  );

  it('holds for every case, live or in the archive, also after it was text', () => {
    expect(evidences).to.have.length(12);
    for (const one of evidences) {
      const read: unknown = JSON.parse(JSON.stringify(one));
      expect(checkEvidence(read, BY_KEY)).to.deep.include({ ok: true, evidence: one });
      expect(checkEvidence(read, { keys: [], anchor })).to.include({ ok: true });
      expect(checkEvidence(read, { keys: [SIGNER.key], anchor })).to.include({ ok: true });
    }
  });

  it('states the newest entry that is stated at all', () => {
    const rests = evidences.map(({ entries, stated }) => entries.length - stated.seq);
    expect(rests).to.include(0);
    expect(Math.max(...rests)).to.be.greaterThan(0);
  });

  it('is refused where anything of it was altered', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (which, where, by) => {
        const one = evidences[which % evidences.length];
        const paths = pathsIn(one);
        const path = paths[where % paths.length] ?? [];
        const verdict = checkEvidence(withAltered(one, path, by), BY_KEY);
        expect(verdict.ok, path.join('/')).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused where its end is missing that is stated, and where it is of another case', () => {
    const [one, other] = evidences as readonly [Evidence, Evidence];
    const cut = { ...one, entries: one.entries.slice(0, one.stated.seq - 1) };
    expect(checkEvidence(cut, BY_KEY)).to.include({ ok: false });
    expect(checkEvidence({ ...one, entries: other.entries }, BY_KEY)).to.include({ ok: false });
    expect(checkEvidence({ ...one, stated: other.stated }, BY_KEY)).to.include({ ok: false });
  });

  it('is believed by the keys and the anchor that are given alone', () => {
    const [one] = evidences;
    const verdict = checkEvidence(one, { keys: [OTHER.key], anchor });
    expect(verdict).to.have.property('message').that.includes(OTHER.key);
    const other = anchor.map((checkpoint) => ({ ...checkpoint, signature: 'x' }));
    expect(checkEvidence(one, { keys: [], anchor: other })).to.include({ ok: false });
  });

  it('is nothing but evidence', () => {
    const [one] = evidences;
    const others: readonly unknown[] = [
      ...[undefined, null, 1, 'x', [], {}, { format: 'trellis/evidence/1' }],
      ...[
        { ...one, entries: {} },
        { ...one, entries: [null] },
        { ...one, stated: null },
      ],
      { ...one, stated: { ...one?.stated, path: [null] } },
      { ...one, stated: { ...one?.stated, path: [{ side: 'left', hash: 'x' }] } },
    ];
    for (const other of others) {
      const verdict = checkEvidence(other, BY_KEY);
      expect(verdict, JSON.stringify(other)).to.have.property('message').that.includes('evidence');
    }
  });
});
