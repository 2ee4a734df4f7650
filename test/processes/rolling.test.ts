import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../engine/adapters/sql/store.ts';
import { freePort } from '../free-port.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { REQUEST, SMALL, fillRequest } from '../server/quote-journey.ts';
import { createVisitor } from '../server/visitor.ts';
import { until } from '../until.ts';
import { startBalancer } from './round-robin.ts';
import type { Program } from './with-program.ts';
import { withPrograms } from './with-program.ts';

interface Place {
  readonly program: Program;
  readonly origin: string;
}

/** Asks a host itself, as somebody who keeps connections. */
async function ask(
  origin: string,
  path: string,
): Promise<{ readonly status: number | undefined; readonly connection: string | undefined }> {
  const agent = new Agent({ keepAlive: true });
  try {
    const sent = request(`${origin}${path}`, { agent }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    await answer.resume().toArray();
    return { status: answer.statusCode, connection: answer.headers.connection };
  } finally {
    agent.destroy();
  }
}

describe('two hosts behind a balancer', function () {
  this.timeout(180_000);
  // Four hosts are started, one after the other.
  if (process.env['TRELLIS_TEST_SIZE'] === undefined) return;
  const url = usePostgres();

  it('are replaced one after the other under load, and no request fails', () =>
    withPrograms(async ({ folder, start }) => {
      const balancer = await startBalancer();
      let hosts = 0;
      const startHost = async (): Promise<Place> => {
        hosts += 1;
        const port = await freePort();
        const program = start({
          PORT: String(port),
          TRELLIS_DATABASE: url(),
          TRELLIS_DATA: join(folder, `data-${hosts}`),
          TRELLIS_KEY_FILE: join(folder, 'trellis.key'),
          TRELLIS_PUBLIC_URL: balancer.origin,
          TRELLIS_DRAIN: '2',
        });
        // It says the balancer's address, under which people reach it.
        expect(await program.origin()).to.equal(balancer.origin);
        const origin = `http://127.0.0.1:${port}`;
        await balancer.add(origin);
        return { program, origin };
      };
      let isOver = false;
      let sent = 0;
      try {
        const old = [await startHost(), await startHost()];
        // Each keeps its session and its form over all hosts.
        const customer = async (): Promise<void> => {
          while (!isOver) {
            const visitor = createVisitor(balancer.origin);
            await fillRequest(visitor, SMALL);
            const { status, text } = await visitor.post(`${REQUEST}?step=check`);
            expect(status, text).to.equal(303);
            sent += 1;
          }
        };
        const load = Promise.all([customer(), customer(), customer()]);
        load.catch(() => undefined);
        for (const host of old) {
          const before = sent;
          const { answered } = balancer;
          await Promise.race([load, until('load', () => sent > before + 2)]);
          const next = await startHost();
          const answers = answered(host.origin);
          expect(answers, 'answers of the old host').to.be.above(0);
          const both = (): boolean => answered(host.origin) > answers && answered(next.origin) > 0;
          await Promise.race([load, until('answers of both', both)]);
          host.program.kill('SIGTERM');
          await until(
            'it to say so',
            async () => (await ask(host.origin, '/readyz')).status === 503,
          );
          // Who keeps a connection is told to open the next one elsewhere.
          expect(await ask(host.origin, '/healthz')).to.deep.equal({
            status: 200,
            connection: 'close',
          });
          expect(await ask(next.origin, '/healthz')).to.include({ connection: 'keep-alive' });
          expect(await host.program.ended()).to.include({ code: 0, signal: null });
        }
        isOver = true;
        await load;
        const store = await openStore({ url: url() });
        const { rows } = await store.worklist.cases({ workflow: 'online-quote' }, undefined, 999);
        await store.close();
        expect(rows).to.have.length(sent);
      } finally {
        isOver = true;
        await balancer.stop();
      }
    }));
});
