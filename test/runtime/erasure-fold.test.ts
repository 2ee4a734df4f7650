import { expect } from 'chai';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { AuditFinding } from '../../engine/runtime/audit/finding.ts';
import type { ErasedCase } from '../../engine/runtime/audit/verify-and-fold.ts';
import { verifyAndFold } from '../../engine/runtime/audit/verify-and-fold.ts';
import { replayHistory } from '../../engine/runtime/replay.ts';
import type { World } from './erasure-world.ts';
import { SECRET, SIGNER, erase, withWorld } from './erasure-world.ts';
import { CLERK, complete } from './with-workshop.ts';

const WORKFLOW = {
  data: `
  contact: { kind: text, maxLength: 60, classification: [internal, personal] }`,
  start: 'online: { form: contact, audience: { role: clerk } }',
  forms: `
  contact: { title: Contact, fields: [contact, count] }`,
  states: `
  working: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

async function endedCase(world: World, contact: string): Promise<string> {
  const form = { data: { contact, count: 3 }, own: {} };
  const { caseId } = await world.engine.startCase({
    ...{ workflow: 'sample', start: 'online', form, actor: CLERK },
  });
  await world.engine.idle();
  await complete(world, caseId, 'done');
  return caseId;
}

/** A store whose snapshot of one case is another than its history leads to. */
function withAnotherSnapshot({ store }: World, id: string): World['store'] {
  return {
    ...store,
    cases: {
      ...store.cases,
      load: async (caseId) => {
        const stored = await store.cases.load(caseId);
        if (stored === undefined || caseId !== id) return stored;
        return { ...stored, snapshot: stored.snapshot.replace('"count":3', '"count":4') };
      },
    },
  };
}

async function verify(
  { catalogue }: World,
  store: World['store'],
): Promise<{ readonly found: readonly AuditFinding[]; readonly erased: readonly ErasedCase[] }> {
  const found: AuditFinding[] = [];
  const erased: ErasedCase[] = [];
  await verifyAndFold({
    ...{ store, catalogue, trust: { keys: [SIGNER.key], anchor: [] } },
    onFinding: (one) => found.push(one),
    onErased: (one) => erased.push(one),
  });
  return { found, erased };
}

describe('taking the events of an erased case again', () => {
  it('is not possible, says by which act, and goes on with the other cases', () =>
    withWorld(createMemoryStore(), WORKFLOW, async (world) => {
      const gone = await endedCase(world, SECRET);
      const kept = await endedCase(world, 'eve@x.example');
      await world.checkpoint();
      expect(await verify(world, world.store)).to.deep.equal({ found: [], erased: [] });
      await erase(world, { kind: 'person', value: SECRET });
      await world.checkpoint();
      const { seq: act } = await world.store.governance.newestAct();

      const erased = [{ caseId: gone, reference: 'S-1', seq: 1, act }];
      expect(await verify(world, world.store)).to.deep.equal({ found: [], erased });
      const altered = await verify(world, withAnotherSnapshot(world, kept));
      expect(altered.erased).to.deep.equal(erased);
      expect(altered.found.map(({ caseId, kind }) => [caseId, kind])).to.deep.equal([
        [kept, 'snapshot'],
      ]);
    }));

  it('ends a replay where it was erased, without a difference', () =>
    withWorld(createMemoryStore(), WORKFLOW, async (world) => {
      const id = await endedCase(world, SECRET);
      const definition = await world.catalogue.version('sample', 1);
      const replay = async () =>
        replayHistory(await world.store.cases.history(id), definition, definition);
      expect(await replay()).to.deep.equal({ differences: [] });
      await erase(world, { kind: 'case', id });
      const { seq: act } = await world.store.governance.newestAct();
      expect(await replay()).to.deep.equal({ differences: [], erased: { seq: 1, act } });
    }));
});
