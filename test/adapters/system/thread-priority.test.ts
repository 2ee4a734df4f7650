import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';

const PRIORITY = new URL('../../../engine/adapters/system/thread-priority.js', import.meta.url);

describe('a thread that lets others go first', () => {
  it('takes back its own priority, and on Linux that of no other thread', async () => {
    const before = getPriority();
    const program = `
      const { parentPort } = require('node:worker_threads');
      import(${JSON.stringify(PRIORITY.href)}).then(({ letOthersGoFirst }) => {
        letOthersGoFirst();
        parentPort.postMessage(require('node:os').getPriority());
      });`;
    const worker = new Worker(program, { eval: true });
    const [there] = (await once(worker, 'message')) as [number];
    await worker.terminate();
    const { PRIORITY_BELOW_NORMAL } = constants.priority;
    expect(there).to.equal(process.platform === 'linux' ? PRIORITY_BELOW_NORMAL : before);
    expect(getPriority()).to.equal(before);
  });
});
