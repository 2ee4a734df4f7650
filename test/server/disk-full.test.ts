import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { REQUEST, SMALL, fillRequest } from './quote-journey.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

const run = promisify(execFile);
const SIZE = 32 * 1024 * 1024;

describe('a host whose disk is full', () => {
  let disk = '';
  before('mount a small disk', async function () {
    disk = await mkdtemp(join(tmpdir(), 'trellis-disk-'));
    const mounting = run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', disk]);
    await mounting.catch(async () => {
      await rm(disk, { recursive: true });
      disk = '';
      process.stderr.write('skipped: a full disk. This user may not mount a small one.\n');
      this.skip();
    });
  });
  describe('of its database', () => {
    const running = useHost(() => ({
      database: { kind: 'sqlite', file: join(disk, 'trellis.db') },
    }));

    it('answers 503 and acknowledges nothing, and goes on when there is room again', async () => {
      const { host, origin, pass } = running();
      const count = async (): Promise<number> =>
        (await host.store.worklist.cases({}, undefined, 100)).rows.length;
      const visitor = createVisitor(origin);
      await fillRequest(visitor, SMALL);
      const ballast = join(disk, 'ballast');
      const full = await writeFile(ballast, Buffer.alloc(SIZE)).catch((error: unknown) => error);
      expect(full).to.include({ code: 'ENOSPC' });

      const refused = await visitor.post(`${REQUEST}?step=check`);
      expect(refused).to.include({ status: 503 });
      expect(refused.headers).to.include({ 'retry-after': '5' });
      expect(await count()).to.equal(0);
      expect(await visitor.get('/readyz')).to.include({ status: 200 });

      await rm(ballast);
      const taken = await visitor.post(`${REQUEST}?step=check`);
      expect(taken).to.include({ status: 303, location: `${REQUEST}/sent` });
      await pass(5_000);
      const { rows } = await host.store.worklist.cases({}, undefined, 10);
      expect(rows.map(({ states }) => states)).to.deep.equal([['offered']]);
    }).timeout(60_000);
  });
  after('unmount it', async () => {
    if (disk === '') return;
    await run('umount', [disk]);
    await rm(disk, { recursive: true });
  });
});
