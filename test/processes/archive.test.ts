import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { REQUEST, SMALL, fillRequest, follow } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';
import type { Ended } from './with-program.ts';
import { withPrograms } from './with-program.ts';

describe('the archive at the command line', function () {
  // Five processes, one after the other; what they do is tested in this one as well.
  if (process.env['TRELLIS_TEST_SIZE'] === undefined) return;
  this.timeout(120_000);

  it('is given what is due, and verified with the rest', () =>
    withPrograms(async ({ folder, start }) => {
      const workspace = join(folder, 'workspace');
      for (const name of ['core-data', 'workflows']) {
        await cp(name, join(workspace, name), { recursive: true });
      }
      const environment = { TRELLIS_WORKSPACE: workspace, TRELLIS_DEMO: 'on' };
      const run = (...words: readonly string[]): Promise<Ended> =>
        start(environment, ...words).ended();
      const policies = join(workspace, 'core-data', 'policies.yaml');
      const line = 'retention: [{ workflow: online-quote, archiveAfter: 1 second }]';
      await writeFile(policies, `${await readFile(policies, 'utf8')}\n${line}\n`);
      expect(await run('lock', 'write')).to.include({ code: 0 });

      const host = start(environment);
      const customer = createVisitor(await host.origin());
      await fillRequest(customer, SMALL);
      await follow(customer.post(`${REQUEST}?step=check`));
      const { text } = await customer.get(`${REQUEST}/sent`);
      const reference = /Q-\d+-\d+/u.exec(text)?.[0] ?? '';
      host.kill('SIGINT');
      expect(await host.ended()).to.include({ code: 0 });
      const cancel = ['case', 'cancel', reference, '--plain', '--reason', 'Not wanted'];
      expect(await run(...cancel)).to.include({ code: 0 });

      await until('the case is due', async () => {
        const { out } = await run('archive', 'status', '--json');
        return out.includes('"due":1');
      });
      expect((await run('archive', 'run')).out).to.contain('1 cases have moved');
      expect((await run('verify')).out).to.match(/^1 cases with \d+ entries, .* all hold$/mu);
      const again = await run('case', 'suspend', reference, '--reason', 'x');
      expect(again).to.include({ code: 2 });
      expect(again.err).to.contain('has ended');
    }));
});
