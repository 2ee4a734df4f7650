import { expect } from 'chai';
import type { ThreadLimits, WorkThread } from '../../../engine/adapters/system/work-thread.ts';
import { createWorkThread } from '../../../engine/adapters/system/work-thread.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';

/** Does what its jobs say: answers, hangs, takes all memory, throws, or ends its thread. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  let done = 0;
  parentPort.on('message', (job) => {
    if (job === 'hang') for (;;);
    if (job === 'grow') for (const all = []; ; ) all.push(Array.from({ length: 1e5 }, () => ({})));
    if (job === 'crash') throw new Error('It broke.');
    if (job === 'exit') process.exit(1);
    done += 1;
    if (job === 'throw') parentPort.postMessage({ kind: 'thrown', message: 'It says no.' });
    else parentPort.postMessage({ kind: 'done', answer: job + done });
  });
  parentPort.postMessage({ kind: 'ready' });
`;

type Thread = WorkThread<unknown, string>;

async function withThread(use: (thread: Thread) => Promise<void>, limits?: ThreadLimits) {
  const thread: Thread = createWorkThread(PROGRAM, { time: 10_000, ...limits });
  try {
    await use(thread);
  } finally {
    await thread.close();
  }
}

/** The code of an error, or the answer. */
const outcome = (answer: Promise<string>): Promise<string> =>
  answer.catch((error: unknown) => (error instanceof TrellisError ? error.code : String(error)));

describe('a thread for work that is not trusted', function () {
  this.timeout(60_000);

  it('stays warm from one job to the next', () =>
    withThread(async (thread) => {
      expect(await Promise.all(['a', 'b'].map((job) => thread.do(job)))).to.deep.equal([
        'a1',
        'b2',
      ]);
      expect(await thread.do('c')).to.equal('c3');
    }));

  const deadly: readonly (readonly [string, string, ThreadLimits])[] = [
    ['hang', 'try-again', { time: 300 }],
    ['grow', 'try-again', { memory: 16, time: 30_000 }],
    ['crash', 'job-failed', {}],
    ['exit', 'job-failed', {}],
  ];
  for (const [job, code, limits] of deadly) {
    it(`answers ${code} to a job that would ${job}; its neighbours go on`, () =>
      withThread(async (thread) => {
        const jobs = ['a', job, 'b', 'c'].map((one) => outcome(thread.do(one)));
        // The one behind it is the first of a new thread.
        expect(await Promise.all(jobs)).to.deep.equal(['a1', code, 'b1', 'c2']);
      }, limits));
  }

  it('survives a job that its program refuses', () =>
    withThread(async (thread) => {
      const jobs = ['throw', 'a'].map((job) => outcome(thread.do(job)));
      expect(await Promise.all(jobs)).to.deep.equal(['job-failed', 'a2']);
    }));

  it('refuses what cannot be copied, and goes on', () =>
    withThread(async (thread) => {
      expect(await thread.do('a')).to.equal('a1');
      expect(await outcome(thread.do(() => 1))).to.include('could not be cloned');
      expect(await thread.do('b')).to.equal('b2');
    }));

  it('refuses a job where too many wait', () =>
    withThread(
      async (thread) => {
        const jobs = ['a', 'b', 'c', 'd'].map((job) => outcome(thread.do(job)));
        expect(await Promise.all(jobs)).to.deep.equal(['a1', 'b2', 'c3', 'overloaded']);
      },
      { queue: 2 },
    ));

  it('lets those who wait know that it is closed', async () => {
    const thread: Thread = createWorkThread(PROGRAM, {});
    const jobs = ['hang', 'a'].map((job) => outcome(thread.do(job)));
    await thread.close();
    expect(await Promise.all(jobs)).to.deep.equal(['try-again', 'try-again']);
  });
});
