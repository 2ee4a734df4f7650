import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { digestText } from '../../engine/governance/digest.ts';
import { entryHash, GENESIS } from '../../engine/governance/history.ts';
import type { AuditEntry, Step, StoredCase } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { makeCheckpoints } from '../../engine/runtime/make-checkpoint.ts';
import { sampleStep } from '../contracts/sample.ts';
import type { Progress } from '../programs/run-program.ts';
import { SIGNER, withWorld } from '../runtime/erasure-world.ts';
import { CLERK, NOW, complete } from '../runtime/with-workshop.ts';

/** A case as it was played: each of its entries holds personal values, sealed. */
export interface SampleHistory {
  readonly stored: StoredCase;
  readonly entries: readonly AuditEntry[];
}

const WORKFLOW = {
  data: `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }
  remarks: { kind: text, maxLength: 400, classification: [internal, personal] }`,
  start: 'online: { form: contact, audience: { role: clerk } }',
  forms: `
  contact: { title: Contact, fields: [contact, remarks, email, count] }`,
  states: `
  first: { task: { assign: { role: clerk }, form: contact }, on: { done: second } }
  second: { task: { assign: { role: clerk }, form: contact }, on: { done: third } }
  third: { task: { assign: { role: clerk }, form: contact }, on: { done: ended } }
  ended: { final: completed }`,
};
const DATA = {
  contact: 'ada.lovelace@person.example',
  remarks: 'She asked to be called back after nine, and not before. '.repeat(4),
  count: 3,
};
/** Steps that one call saves, each of another case. */
const AT_ONCE = 1_000;

/** Plays a case whose every step holds something personal. */
export async function playSample(): Promise<SampleHistory> {
  const played: SampleHistory[] = [];
  await withWorld(createMemoryStore(), WORKFLOW, async ({ engine, store }) => {
    const form = { data: DATA, own: {} };
    const begun = { workflow: 'sample', start: 'online', form, actor: CLERK };
    const { caseId } = await engine.startCase(begun);
    await engine.idle();
    for (let step = 1; step <= 3; step += 1)
      await complete({ engine, store }, caseId, 'done', DATA);
    const stored = await store.cases.load(caseId);
    if (stored === undefined) throw new Error(`There is no case ${caseId}.`);
    played.push({ stored, entries: await store.cases.history(caseId) });
  });
  const [sample] = played;
  if (sample === undefined) throw new Error('No case was played.');
  return sample;
}

/** Saves copies of a case, each with a chain of its own, and signs checkpoints of them all. */
export async function fillHistory(
  store: Store,
  sample: SampleHistory,
  cases: number,
  progress: Progress,
): Promise<void> {
  for (let from = 0; from < cases; from += AT_ONCE) {
    const copies = Array.from({ length: Math.min(AT_ONCE, cases - from) }, (_, n) =>
      stepsOf(sample, from + n),
    );
    for (let seq = 0; seq < sample.entries.length; seq += 1) {
      await store.cases.commit(copies.flatMap((steps) => steps[seq] ?? []));
    }
    if ((from / AT_ONCE) % 20 === 0) progress(`${from} cases of ${cases}`);
  }
  const making = makeCheckpoints({ store, clock: { now: () => NOW }, signer: SIGNER });
  while ((await making.next()).done !== true);
}

function stepsOf({ stored, entries }: SampleHistory, number: number): readonly Step[] {
  const id = `${digestText(String(number)).slice(0, 12)}-${number}`;
  let previous = GENESIS;
  return entries.map((entry) => {
    const facts = { ...entry, caseId: id };
    const hash = entryHash(previous, facts);
    const copy: AuditEntry = { ...facts, previous, hash };
    previous = hash;
    const its = { ...stored, id, reference: `S-${number}`, version: entry.seq, head: hash };
    return { ...sampleStep(its), entry: copy };
  });
}
