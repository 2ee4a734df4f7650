import { expect } from 'chai';
import type { Catalogue, Definition } from '../../engine/runtime/catalogue.ts';
import { loadRunning } from '../../engine/runtime/load-running.ts';
import type { LoadRunningParts } from '../../engine/runtime/load-running.ts';

type Listed = ReturnType<Catalogue['list']>[number];

/** Two workflows whose cases run, and one that has none. */
function sample(before: number, broken: readonly string[] = []) {
  const read: string[] = [];
  const logged: unknown[] = [];
  const parts: LoadRunningParts = {
    before,
    cases: {
      versionsInUse: () =>
        Promise.resolve([
          { workflow: 'few', version: 1, cases: 3 },
          { workflow: 'many', version: 2, cases: 90 },
        ]),
    },
    catalogue: {
      list: () => ['few', 'many', 'none'].map((name) => ({ name, version: 2 }) as Listed),
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
    expect(read).to.deep.equal(['many@2', 'few@1', 'few@2', 'none@2']);
  });

  it('is no more than it is to wait for; the rest follows', async () => {
    const { parts, read } = sample(1);
    const loading = await loadRunning(parts);
    expect(read.length).to.be.lessThan(4);
    await loading.done;
    expect(read).to.deep.equal(['many@2', 'few@1', 'few@2', 'none@2']);
  });

  it('is left when the host stops', async () => {
    const { parts, read } = sample(1);
    const loading = await loadRunning(parts);
    await loading.stop();
    expect(read.length).to.be.lessThan(4);
  });

  it('is told of where it cannot be read, and keeps nobody waiting', async () => {
    const { parts, read, logged } = sample(10, ['many']);
    await loadRunning(parts);
    expect(read).to.have.length(4);
    const reason = 'It cannot be read.';
    expect(logged).to.deep.equal([
      ['definition-unreadable', { workflow: 'many', version: 2, reason }],
    ]);
  });
});
