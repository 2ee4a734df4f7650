import { expect } from 'chai';
import type { Catalogue, Definition } from '../../engine/runtime/catalogue.ts';
import { loadRunning } from '../../engine/runtime/load-running.ts';
import type { LoadRunningParts } from '../../engine/runtime/load-running.ts';

const NONE = Array.from({ length: 11 }, (_, number) => `none-${number}`);
const ALL = ['many@2', 'few@1', 'few@2', ...NONE.map((name) => `${name}@2`)];

type Listed = ReturnType<Catalogue['list']>[number];

/** Two workflows whose cases run, and eleven that have none; each version takes `each` milliseconds to read. */
function sample(each: number, broken: readonly string[] = []) {
  const read: string[] = [];
  const logged: unknown[] = [];
  const parts: LoadRunningParts = {
    elapsed: () => read.length * each,
    cases: {
      versionsInUse: () =>
        Promise.resolve([
          { workflow: 'few', version: 1, cases: 3 },
          { workflow: 'many', version: 2, cases: 90 },
        ]),
    },
    catalogue: {
      list: () => ['few', 'many', ...NONE].map((name) => ({ name, version: 2 }) as Listed),
      version: (name, version) => {
        read.push(`${name}@${version}`);
        if (broken.includes(name)) return Promise.reject(new Error('It cannot be read.'));
        return Promise.resolve({} as Definition);
      },
    },
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (message, facts) => logged.push([message, facts]),
    },
  };
  return { parts, read, logged };
}

describe('what a host reads before it takes requests', () => {
  it('is what most cases run, then the newest of each workflow, each once', async () => {
    const { parts, read } = sample(10);
    await loadRunning(parts);
    expect(read).to.deep.equal(ALL);
  });

  it('is ten at least, and no more than it is to wait for; the rest follows', async () => {
    const { parts, read } = sample(400);
    const loading = await loadRunning(parts);
    // The next one is begun at once, beside requests.
    expect(read.length).to.be.within(10, 11);
    await loading.done;
    expect(read).to.deep.equal(ALL);
  });

  it('is left when the host stops', async () => {
    const { parts, read } = sample(400);
    const loading = await loadRunning(parts);
    await loading.stop();
    expect(read.length).to.be.lessThan(12);
  });

  it('is told of where it cannot be read, and keeps nobody waiting', async () => {
    const { parts, read, logged } = sample(10, ['many']);
    await loadRunning(parts);
    expect(read).to.have.length(14);
    const reason = 'It cannot be read.';
    expect(logged).to.deep.equal([
      ['definition-unreadable', { workflow: 'many', version: 2, reason }],
    ]);
  });
});
