import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { References } from '../../engine/runtime/references.ts';
import { CLERK, withWorkshop } from './with-workshop.ts';

const TASK = {
  states: `
  working: { task: { assign: { role: clerk }, form: work }, on: { done: ended } }
  ended: { final: completed }`,
};

describe('a start that is sent again', () => {
  it('has the answer of the first, and is refused with other values', () =>
    withWorkshop({ workflows: [TASK] }, async ({ engine, store }) => {
      const start = (email: string) =>
        engine.startCase({
          ...{ workflow: 'sample', start: 'online', actor: CLERK, submissionKey: 'k-1' },
          form: { data: { email }, own: {} },
        });
      const [first, second] = await Promise.all([start('a@a.example'), start('a@a.example')]);
      expect(second).to.deep.equal(first);
      expect(await start('a@a.example')).to.deep.equal(first);
      expect((await store.worklist.cases({}, undefined, 10)).rows).to.have.length(1);
      for (const email of ['b@b.example', 'no address']) {
        const error = await start(email).catch((thrown: unknown) => thrown);
        expect(error, email).to.be.instanceOf(TrellisError);
        expect(error, email).to.include({ code: 'submission-reused' });
      }
    }));
});

describe('references', () => {
  it('are taken in larger blocks while cases begin fast, and in small ones afterwards', async () => {
    const counts: number[] = [];
    let taken = 1;
    const references = new References({
      nextNumber: (_workflow, count = 1) => {
        counts.push(count);
        taken += count;
        return Promise.resolve(taken - count);
      },
    });
    const next = (now: number): Promise<string> =>
      references.next('quote', 'Q-{year}-{number}', now, 'Europe/Dublin');
    const at = Date.parse('2027-03-01T09:00Z');
    const made: string[] = [];
    for (let number = 1; number <= 2_000; number++) made.push(await next(at));
    expect(new Set(made).size).to.equal(2_000);
    expect(made[1_999]).to.equal('Q-2027-2000');
    expect(counts).to.deep.equal([20, 40, 80, 160, 320, 640, 640, 640]);
    for (let number = 0; number < 541; number++) await next(at + 2_000);
    expect(counts[8]).to.equal(20);
  });
});
