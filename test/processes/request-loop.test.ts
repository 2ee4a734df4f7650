import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { accept, follow, mainText } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';
import { customerWithQuote } from './customer-with-quote.ts';
import { withPrograms } from './with-program.ts';

/** The longest that requests may wait for one another, in milliseconds. */
const LONGEST = 50;
const PROBE = resolve('dist/test/processes/turn-probe.js');

interface Turn {
  readonly at: number;
  readonly took: number;
}

describe('the request loop', function () {
  this.timeout(120_000);

  it(`of a host that has just started never stalls for ${LONGEST} ms`, function () {
    // Elsewhere one cannot tell a stall from a machine that is busy.
    if (process.platform !== 'linux') this.skip();
    return withPrograms(async ({ folder, start }) => {
      const workspace = join(folder, 'workspace');
      for (const name of ['core-data', 'workflows']) {
        await cp(name, join(workspace, name), { recursive: true });
      }
      const environment = { TRELLIS_WORKSPACE: workspace, TRELLIS_DEMO: 'on' };
      const before = start(environment);
      const waiting = await customerWithQuote(await before.origin());
      const { port } = new URL(await before.origin());
      before.kill('SIGINT');
      expect(await before.ended()).to.include({ code: 0 });

      // The case runs a version that is not the newest any more.
      const source = join(workspace, 'workflows', 'online-quote', 'workflow.yaml');
      await writeFile(source, `${await readFile(source, 'utf8')}\n# Another version.\n`);
      const probe = join(folder, 'turns.json');
      const host = start({
        ...environment,
        ...{ PORT: port, NODE_OPTIONS: `--import ${PROBE}`, TURN_PROBE: probe },
      });
      const origin = await host.origin();
      const ready = Date.now();

      await accept(waiting, 'PO-1');
      await customerWithQuote(origin);
      await lookAround(origin, host.out());
      await until('the end', async () =>
        mainText(await waiting.get('/status')).includes('Completed'),
      );

      host.kill('SIGINT');
      expect(await host.ended()).to.include({ code: 0 });
      const turns = JSON.parse(await readFile(probe, 'utf8')) as readonly Turn[];
      expect(turns.filter(({ at }) => at < ready)).not.to.have.length(0);
      const stalls = turns.filter(({ at, took }) => at > ready && took >= LONGEST);
      expect(stalls).to.deep.equal([]);
    });
  });
});

/** Signs in as the administrator and opens each page that is linked from another, once. */
async function lookAround(origin: string, printed: string): Promise<void> {
  const [, password = ''] = /ada@meridian\.example\s+(\S+)/u.exec(printed) ?? [];
  const admin = createVisitor(origin);
  await follow(
    admin.post('/sign-in', [
      ['email', 'ada@meridian.example'],
      ['password', password],
    ]),
  );
  const seen = new Set(['/sign-out']);
  const open = ['/', '/inbox', '/cases', '/workflows', '/incidents', '/operations', '/people'];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, text } = await admin.get(path);
    expect(status, path).to.be.oneOf([200, 303]);
    const links = [...text.matchAll(/href="(\/[^"#?]*)"/gu)].map(([, link = '/']) => link);
    open.push(...links.filter((link) => !link.startsWith('/assets/')));
  }
}
