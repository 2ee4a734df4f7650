import { once } from 'node:events';
import { appendFile, cp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createVisitor } from '../server/visitor.ts';
import { withPrograms } from './with-program.ts';
import type { Program } from './with-program.ts';

describe('the host as a process', function () {
  this.timeout(120_000);

  it('says where it is, drains at Ctrl-C and ends with 0; a second start goes on', () =>
    withPrograms(async ({ dataFolder, start }) => {
      const first = start();
      const origin = await first.origin();
      expect(first.out()).to.contain('Meridian Components').and.to.contain(dataFolder);
      const signIns = signInsOf(first);
      expect(signIns).to.have.length(10);
      expect((await createVisitor(origin).get('/readyz')).status).to.equal(200);
      first.kill('SIGINT');
      const ended = await first.ended();
      expect(ended).to.include({ code: 0, signal: null, err: '' });
      expect(ended.out).to.contain('finishing what is under way');

      const second = start();
      const { status } = await createVisitor(await second.origin()).get('/readyz');
      expect(status).to.equal(200);
      expect(signInsOf(second)).to.deep.equal(signIns);
      second.kill('SIGTERM');
      expect(await second.ended()).to.include({ code: 0 });
    }));

  it('says plainly that its port is in use, and ends with 2', () =>
    withPrograms(async ({ start }) => {
      const other = createServer();
      other.listen(0, '127.0.0.1');
      await once(other, 'listening');
      try {
        const port = String((other.address() as AddressInfo).port);
        const { code, err } = await start({ PORT: port }).ended();
        expect(code).to.equal(2);
        expect(err).to.match(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use`, 'u'));
      } finally {
        other.close();
      }
    }));

  it('refuses a second host on the same data', () =>
    withPrograms(async ({ start }) => {
      await start().origin();
      const { code, err } = await start().ended();
      expect(code).to.equal(2);
      expect(err).to.contain('trellis.db is open in another Trellis process');
    }));

  it('refuses a core that is not as its lock says, naming the file and both digests', () =>
    withPrograms(async ({ folder, start }) => {
      const workspace = join(folder, 'workspace');
      for (const name of ['core-data', 'workflows']) {
        await cp(name, join(workspace, name), { recursive: true });
      }
      await appendFile(join(workspace, 'core-data', 'policies.yaml'), '# one more line\n');
      const demo = { TRELLIS_WORKSPACE: workspace, TRELLIS_DEMO: 'on' };
      const { code, err } = await start(demo).ended();
      expect(code).to.equal(2);
      expect(err).to.contain('policies.yaml');
      const digests = new Set(err.match(/[0-9a-f]{64}/gu));
      expect(digests.size, err).to.equal(2);
    }));
});

/** The sign-ins that a host printed. */
function signInsOf(program: Program): readonly string[] {
  return program.out().match(/\S+@meridian\.example\s+\S+/gu) ?? [];
}
