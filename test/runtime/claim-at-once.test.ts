import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import type { ClaimedJob, Job, Step } from '../../engine/ports/step.ts';
import type { Store } from '../../engine/ports/store.ts';
import { Dispatcher } from '../../engine/runtime/dispatcher.ts';
import { START, sampleCase, sampleJob, sampleStep } from '../contracts/sample.ts';

const LEASE = 30_000;

/** A dispatcher with room for some jobs, which run until they are told to end. */
function setUp(concurrency: number) {
  const clock = createSimulatedClock(START);
  const store: Store = createMemoryStore();
  const running = new Map<string, { readonly job: ClaimedJob; readonly end: () => void }>();
  let claims = 0;
  const dispatcher = new Dispatcher(
    {
      clock,
      jobs: {
        ...store.jobs,
        claim: (...given) => {
          claims += 1;
          return store.jobs.claim(...given);
        },
      },
      runner: {
        run: (job) => new Promise((end) => running.set(job.id, { job, end })),
        giveUp: () => Promise.resolve(),
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
    { concurrency, lease: LEASE },
  );
  const stepWith = (id: string, ...add: readonly Job[]): Step =>
    sampleStep(sampleCase(id), { jobs: { add } });
  const save = async (step: Step): Promise<void> => {
    await store.cases.commit([step]);
    dispatcher.saved(step);
  };
  const finish = async (id: string): Promise<void> => {
    const one = running.get(id);
    if (one === undefined) throw new Error(`${id} does not run`);
    await store.jobs.finish(one.job);
    running.delete(id);
    one.end();
  };
  return {
    ...{ clock, store, dispatcher, running, stepWith, save, finish },
    claims: () => claims,
    begin: async () => {
      dispatcher.start();
      await dispatcher.idle();
    },
  };
}

/** Lets everything that waits for nothing but promises go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a step that claims what it asks for', () => {
  it('runs its due jobs without a claim, and leaves what is for later or held', async () => {
    const { dispatcher, stepWith, save, begin, running, claims, finish } = setUp(4);
    await begin();
    const before = claims();
    const due = sampleJob('due', 'c1', { spent: 2 });
    const later = sampleJob('later', 'c1', { runAt: START + 500 });
    const held = sampleJob('held', 'c1', { held: true });
    const step = dispatcher.claim(stepWith('c1', due, later, held));
    expect(step.jobs.add).to.deep.equal([{ ...due, claimedUntil: START + LEASE }, later, held]);
    await save({ ...step, jobs: { ...step.jobs, add: step.jobs.add.slice(0, 2) } });
    expect([...running.keys()]).to.deep.equal(['due']);
    expect(running.get('due')?.job).to.deep.equal({
      ...sampleJob('due', 'c1'),
      ...{ attempts: 3, tries: 1 },
    });
    expect(claims()).to.equal(before);
    await finish('due');
    await dispatcher.stop();
  });

  it('claims nothing before it has looked for older jobs, and nothing once it is stopped', async () => {
    const { dispatcher, stepWith, begin } = setUp(4);
    const step = stepWith('c1', sampleJob('a', 'c1'));
    expect(dispatcher.claim(step)).to.deep.equal(step);
    await begin();
    expect(dispatcher.claim(step).jobs.add[0]).to.have.property('claimedUntil');
    await dispatcher.stop();
    expect(dispatcher.claim(step)).to.deep.equal(step);
  });

  it('keeps room for what it has claimed until the step is saved or not', async () => {
    const { dispatcher, stepWith, begin } = setUp(1);
    await begin();
    const step = dispatcher.claim(stepWith('c1', sampleJob('a', 'c1')));
    const other = stepWith('c2', sampleJob('b', 'c2'));
    expect(dispatcher.claim(other)).to.deep.equal(other);
    dispatcher.unsaved(step);
    await dispatcher.idle();
    expect(dispatcher.claim(other).jobs.add[0]).to.have.property('claimedUntil');
    await dispatcher.stop();
  });

  it('lets older jobs go first where there was no room', async () => {
    const { dispatcher, stepWith, save, begin, running, finish } = setUp(1);
    await begin();
    await save(dispatcher.claim(stepWith('c1', sampleJob('first', 'c1'))));
    await save(dispatcher.claim(stepWith('c2', sampleJob('second', 'c2'))));
    await finish('first');
    await settle();
    expect([...running.keys()]).to.deep.equal(['second']);
    await finish('second');
    await dispatcher.idle();
    await dispatcher.stop();
  });

  it('leaves to its lease what was saved too late', async () => {
    const { dispatcher, store, clock, stepWith, save, begin, running, finish } = setUp(4);
    await begin();
    const step = dispatcher.claim(stepWith('c1', sampleJob('slow', 'c1')));
    clock.advance(6_000);
    await save(step);
    expect([...running.keys()]).to.deep.equal([]);
    expect(await store.jobs.nextDue()).to.equal(START + LEASE);
    clock.advance(LEASE - 6_000);
    await settle();
    dispatcher.wake();
    await settle();
    expect(running.get('slow')?.job).to.include({ attempts: 2, tries: 2 });
    await finish('slow');
    await dispatcher.stop();
  });
});
