import { createIds } from '../../engine/adapters/system/ids.ts';
import { digestText } from '../../engine/governance/digest.ts';
import {
  personalPart,
  publicBody,
  sealBody,
  snapshotDigest,
} from '../../engine/governance/erasure/sealed.ts';
import { entryHash } from '../../engine/governance/history.ts';
import type { AuditEntry } from '../../engine/ports/step.ts';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import type { SampleHistory } from './long-history.ts';

const ROUNDS = 20_000;

/** What sealing costs an entry: its salt, its digest and what is hashed with them; and the bytes it adds. */
export function measureSealing({ stored, entries }: SampleHistory): readonly Figure[] {
  const ids = createIds({ now: () => stored.createdAt });
  const plain = (entry: AuditEntry): string => {
    const { caseId, seq, at, kind, actor, body } = entry;
    const facts = { caseId, seq, at, kind, actor, body };
    return entryHash('', { ...facts, snapshotDigest: digestText(stored.snapshot) });
  };
  const sealing = (entry: AuditEntry): string => {
    const sealed = sealBody(entry.body, entry.sealed?.at ?? [], ids.salt());
    const digest = snapshotDigest(stored.snapshot, sealed.salt);
    return entryHash('', { ...entry, ...sealed, snapshotDigest: digest });
  };
  const timed = (work: (entry: AuditEntry) => string): number => {
    for (const entry of entries) for (let n = 0; n < 1_000; n += 1) work(entry);
    const begun = performance.now();
    for (let n = 0; n < ROUNDS; n += 1) for (const entry of entries) work(entry);
    return ((performance.now() - begun) * 1000) / (ROUNDS * entries.length);
  };
  const [without, withSeal] = [timed(plain), timed(sealing)];
  return [
    figure('entry.plain', without, 'µs'),
    figure('entry.sealed', withSeal, 'µs'),
    figure('entry.more', bytesMore(entries) / entries.length, 'bytes more'),
  ];
}

function bytesMore(entries: readonly AuditEntry[]): number {
  const size = (value: unknown): number => JSON.stringify(value).length;
  return entries.reduce((sum, entry) => {
    const apart = size(entry.sealed) + size(personalPart(entry)) + size(publicBody(entry));
    return sum + apart - size(entry.body);
  }, 0);
}
