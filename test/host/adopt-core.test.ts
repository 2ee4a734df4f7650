import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSimulatedClock } from '../../engine/adapters/memory/simulated-clock.ts';
import { createMemoryStore } from '../../engine/adapters/memory/store.ts';
import { lockFiles, showLock } from '../../engine/governance/lock.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { Store } from '../../engine/ports/store.ts';
import { Catalogue } from '../../engine/runtime/catalogue.ts';
import { adoptCore } from '../../server/host/adopt-core.ts';
import { lockFile, readCoreFiles } from '../../server/host/workspace.ts';
import { signedLock } from '../governance/proposals/keys.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('adopting the core of a workspace', () => {
  let workspace: string;
  let store: Store;
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'trellis-core-'));
    await cp(join(process.cwd(), 'core-data'), join(workspace, 'core-data'), { recursive: true });
    store = createMemoryStore();
  });
  afterEach(() => rm(workspace, { recursive: true }));

  const adopt = (demo = true) =>
    adoptCore(workspace, {
      ...store,
      clock: createSimulatedClock(0),
      log: SILENT,
      demo,
      check: (release) => new Catalogue(store.registry).adopt(release),
    });
  const refusal = async (demo = true): Promise<TrellisError> => {
    const error = await adopt(demo).then(String, (reason: unknown) => reason);
    if (error instanceof TrellisError) return error;
    throw new Error(`It was not refused, but answered ${String(error)}.`);
  };
  const change = async (path: string, from: string, to: string): Promise<void> => {
    const file = join(workspace, 'core-data', path);
    const text = await readFile(file, 'utf8');
    expect(text).to.include(from);
    await writeFile(file, text.replace(from, to));
  };
  const lock = async (release: string): Promise<void> =>
    writeFile(lockFile(workspace), showLock(lockFiles(await readCoreFiles(workspace), release)));

  it('takes the first release from the lock, once', async () => {
    await lock('1.1');
    const release = await adopt();
    expect(await store.registry.newestRelease()).to.deep.equal(release);
    expect(await adopt()).to.deep.equal(release);
  });

  it('takes a first release outside of demo mode only where two have signed it', async () => {
    await lock('1.1');
    expect((await refusal(false)).code).to.equal('lock-unsigned');
    const signed = signedLock(await readCoreFiles(workspace), '1.1');
    const { approvals, ...rest } = JSON.parse(signed) as { readonly approvals: readonly object[] };
    const write = (approved: readonly object[]): Promise<void> =>
      writeFile(lockFile(workspace), JSON.stringify({ ...rest, approvals: approved }));
    await write([]);
    expect((await refusal(false)).message).to.include('Nobody has approved it.');
    await write([...approvals, ...approvals]);
    expect((await refusal(false)).code).to.equal('lock-signature');
    await write(approvals.map((one) => ({ ...one, at: 3 })));
    expect((await refusal(false)).message).to.include('The signature of bob@example.org is wrong.');
    expect(await store.registry.newestRelease()).to.equal(undefined);
    await write(approvals);
    const release = await adopt(false);
    expect(release.signed?.author.email).to.equal('anna@example.org');
    const keys = await store.governance.keys();
    expect(keys.map(({ email }) => email)).to.have.members(['anna@example.org', 'bob@example.org']);
    expect(await adopt(false)).to.deep.equal(release);
  });

  it('takes a later release outside of demo mode as a proposal, once, and only signed', async () => {
    const write = async (release: string, before?: string): Promise<void> => {
      const files = await readCoreFiles(workspace);
      await writeFile(lockFile(workspace), signedLock(files, release, before));
    };
    await write('1.1');
    const first = await adopt(false);
    await change('policies.yaml', 'grants:', '# changed\ngrants:');
    await lock('1.2');
    expect((await adopt(false)).release).to.equal('1.1');
    await write('1.2');
    await adopt(false);
    await write('1.3', first.digest);
    await adopt(false);
    expect(await store.governance.proposals(undefined, 5)).to.deep.equal([]);
    await write('1.2', first.digest);
    for (let start = 0; start < 2; start += 1) expect((await adopt(false)).release).to.equal('1.1');
    const [proposal, ...others] = await store.governance.proposals(undefined, 5);
    expect(others).to.deep.equal([]);
    expect(proposal).to.include({ number: 1, release: '1.2', base: '1.1', status: 'open' });
    expect(Object.keys(proposal?.files ?? {})).to.deep.equal(['policies.yaml']);
    expect(proposal?.approvals.map(({ email }) => email)).to.deep.equal(['bob@example.org']);
  });

  it('refuses a file that is not as locked, naming it and both digests', async () => {
    await lock('1.1');
    const { files } = JSON.parse(await readFile(lockFile(workspace), 'utf8')) as {
      readonly files: Readonly<Record<string, string>>;
    };
    await change('policies.yaml', 'grants:', '# changed\ngrants:');
    const { code, message } = await refusal();
    expect(code).to.equal('lock-differs');
    expect(message).to.include('policies.yaml');
    expect(message).to.include(files['policies.yaml']);
    expect(message.match(/[0-9a-f]{64}/gu)).to.have.length(2);
  });

  it('takes no wrong core into the database, so that it can be put right', async () => {
    await change('policies.yaml', 'grants:', 'grant:');
    await lock('1.1');
    expect((await refusal()).code).to.equal('core-refused');
    expect(await store.registry.newestRelease()).to.equal(undefined);
    await change('policies.yaml', 'grant:', 'grants:');
    await lock('1.1');
    expect((await adopt()).release).to.equal('1.1');
  });

  it('takes no wrong later release either: the one before stays in force', async () => {
    await lock('1.1');
    const first = await adopt();
    await change('policies.yaml', 'grants:', 'grant:');
    await lock('1.2');
    expect((await refusal()).code).to.equal('core-refused');
    expect(await store.registry.newestRelease()).to.deep.equal(first);
  });

  it('refuses another core under the name of a release that stands', async () => {
    await lock('1.1');
    await adopt();
    await change('policies.yaml', 'grants:', '# changed\ngrants:');
    await lock('1.1');
    expect((await refusal()).code).to.equal('release-differs');
  });
});
