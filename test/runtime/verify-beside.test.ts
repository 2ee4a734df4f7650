import { expect } from 'chai';
import type { AuditReader } from '../../engine/ports/audit.ts';
import { faults } from './erasure-world.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, openTask, startSample, withWorkshop } from './with-workshop.ts';

const WORK = {
  states: `
  checking: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

/** A reader beside which a step is saved right after each of its first looks at a case. */
function beside({ audit }: Workshop['store'], looks: number, step: () => Promise<void>) {
  let left = looks;
  const saveOne = async (): Promise<void> => {
    if (left <= 0) return;
    left -= 1;
    await step();
  };
  const reader: AuditReader = {
    ...audit,
    cases: async (...words) => {
      const page = await audit.cases(...words);
      if (page.length > 0) await saveOne();
      return page;
    },
    case: async (...words) => {
      const facts = await audit.case(...words);
      await saveOne();
      return facts;
    },
  };
  return { reader, left: () => left };
}

describe('a verification beside a host that saves', () => {
  for (const looks of [1, 2, 3, 10]) {
    it(`accuses no case of which a step is saved while it is looked at (${looks} times)`, () =>
      withWorkshop({ workflows: [WORK] }, async (workshop) => {
        const { engine, store } = workshop;
        const { id } = await openTask(workshop, await startSample(workshop));
        let steps = 0;
        const { reader, left } = beside(store, looks, async () => {
          steps += 1;
          await engine.assignTask(id, steps % 2 === 1 ? CLERK : null, CLERK);
        });
        expect(await faults({ store: { ...store, audit: reader } })).to.deep.equal([]);
        expect({ left: left(), steps }).to.deep.equal({ left: 0, steps: looks });
      }));
  }
});
