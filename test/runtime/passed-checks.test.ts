import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { createSigner } from '../../engine/adapters/system/signer.ts';
import { readCore } from '../../engine/governance/core/read-core.ts';
import { keepReading } from '../../engine/kernel/definition/source.ts';
import { readWorkflow } from '../../engine/kernel/definition/read-workflow.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { KeptValue, Vault } from '../../engine/ports/accounts.ts';
import type { CoreRelease } from '../../engine/ports/registry.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { createPassedChecks } from '../../engine/runtime/passed-checks.ts';
import type { Passed, PassedChecks } from '../../engine/runtime/passed-checks.ts';
import { meridianCore, meridianFiles, meridianWorkflow } from './meridian.ts';

const DAY = 24 * 60 * 60 * 1000;

function passedChecks() {
  const { vault } = createMemoryStore();
  const put: KeptValue[] = [];
  const watched: Vault = {
    ...vault,
    put: (value) => {
      put.push(value);
      return vault.put(value);
    },
  };
  const clock = createSimulatedClock(0);
  const signer = createSigner(Buffer.alloc(32, 1));
  const checks = createPassedChecks({ vault: watched, signer, clock, checker: 'this' });
  return { clock, checks, vault, put };
}

function release(files: ReadonlyMap<string, string>): CoreRelease {
  return { release: '1.1', digest: 'd', files: Object.fromEntries(files), createdAt: 0 };
}

describe('passed checks', () => {
  it('are remembered of just what was checked, for a year', async () => {
    const { checks, clock } = passedChecks();
    const source = { name: 'a', text: 'workflow: a', files: { 'a.hbs': 'A' } };
    const passed: Passed = { kind: 'workflow', source, pins: { b: 1 }, release: '1.1' };
    const others: readonly Passed[] = [
      { ...passed, source: { ...source, text: 'workflow: b' } },
      { ...passed, source: { ...source, files: { 'a.hbs': 'B' } } },
      { ...passed, pins: { b: 2 } },
      { ...passed, release: '1.2' },
      { kind: 'core', files: { 'core.yaml': '' } },
    ];
    expect(await checks.has(passed)).to.equal(false);
    await checks.add(passed);
    expect(await checks.has(passed)).to.equal(true);
    for (const other of others) expect(await checks.has(other)).to.equal(false);
    clock.advance(366 * DAY);
    expect(await checks.has(passed)).to.equal(false);
  });

  it('keep what was read of a workflow, for whoever has the key alone to write', async () => {
    const { checks, clock, vault, put } = passedChecks();
    const source = meridianWorkflow('online-quote');
    const passed = { source, pins: {}, release: '1.1' };
    expect(await checks.reading(passed)).to.equal(undefined);
    await checks.add({ kind: 'workflow', ...passed });
    const reading = await checks.reading(passed);
    expect(reading).to.equal(keepReading(source.text));
    expect(await checks.reading({ ...passed, release: '1.2' })).to.equal(undefined);

    const forged = createPassedChecks({
      ...{ vault, clock, signer: createSigner(Buffer.alloc(32, 2)), checker: 'this' },
    });
    await forged.add({ kind: 'workflow', ...passed });
    expect(await checks.reading(passed)).to.equal(reading);
    const [kept] = put;
    if (kept === undefined) throw new Error('Nothing is kept.');
    await vault.put({ ...kept, value: kept.value.replace('online-quote', 'other-quote') });
    expect(await checks.reading(passed)).to.equal(undefined);
    expect(await checks.has({ kind: 'workflow', ...passed })).to.equal(true);
  });

  it('let a core be read as it is, to the very same', () => {
    const files = meridianFiles();
    expect(readCore(files, { isChecked: true })).to.deep.equal(readCore(files));
  });

  it('let a workflow be read as it is, to the very same', () => {
    const { view } = meridianCore();
    const source = meridianWorkflow('online-quote');
    const { workflow, problems } = readWorkflow(source, view, { isChecked: true });
    expect(problems).to.deep.equal([]);
    expect(workflow).to.deep.equal(readWorkflow(source, view).workflow);
  });
});

describe('catalogue: the check of a core', () => {
  const wrong = new Map(meridianFiles()).set('policies.yaml', 'clearances: {}\ngrants: 1\n');

  it('is remembered once it was passed, and asked for first', async () => {
    const { checks } = passedChecks();
    const asked: string[] = [];
    const watched: PassedChecks = {
      has: (passed) => {
        asked.push('has');
        return checks.has(passed);
      },
      reading: (passed) => checks.reading(passed),
      add: (passed) => {
        asked.push('add');
        return checks.add(passed);
      },
    };
    const { registry } = createMemoryStore();
    for (let start = 0; start < 2; start += 1) {
      const { core } = await new Catalogue(registry, watched).adopt(release(meridianFiles()));
      expect(core).to.deep.equal(meridianCore().core);
    }
    expect(asked).to.deep.equal(['has', 'add', 'has']);
  });

  it('is never passed by a wrong one, however often it is read', async () => {
    const { checks } = passedChecks();
    const { registry } = createMemoryStore();
    for (let start = 0; start < 2; start += 1) {
      const read = new Catalogue(registry, checks).adopt(release(wrong));
      const code = await read.then(String, (error: unknown) =>
        error instanceof TrellisError ? error.code : String(error),
      );
      expect(code).to.equal('core-refused');
    }
  });
});
