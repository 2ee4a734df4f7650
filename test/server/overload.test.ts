import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { until } from '../until.ts';
import { REQUEST } from './quote-journey.ts';
import { useHost } from './with-host.ts';

/** As many requests as the host takes at once. */
const MOST = 40;
/** What one address may have of them. */
const OF_ONE = 30;

describe('a host with more requests than it takes', () => {
  const running = useHost(() => ({ mostRequests: MOST }));
  let sockets: Socket[] = [];

  /** Sends the head of a form, and nothing of its body. */
  async function beginForm(from: string): Promise<void> {
    const { hostname, port, host } = new URL(running().origin);
    const socket = connect({ host: hostname, port: Number(port), localAddress: from });
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(
      `POST ${REQUEST} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nfirst=1`,
    );
  }

  async function ask(path: string, from: string, headers = {}): Promise<IncomingMessage> {
    const sent = request(`${running().origin}${path}`, {
      agent: false,
      localAddress: from,
      headers,
    });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer;
  }

  const statusOf = async (path: string, from: string): Promise<number | undefined> =>
    (await ask(path, from)).statusCode;

  afterEach('let them go', async () => {
    for (const socket of sockets) socket.destroy();
    sockets = [];
    await until('all to be gone', async () => (await statusOf('/', '127.0.0.9')) === 200);
  });

  it('refuses one address that has its part already, and answers others', async () => {
    for (let number = 0; number < OF_ONE; number++) await beginForm('127.0.0.2');
    await until('its part', async () => (await statusOf('/', '127.0.0.2')) === 429);
    const refused = await ask('/', '127.0.0.2', { accept: 'text/html' });
    expect(refused.headers).to.include({ 'retry-after': '5', connection: 'close' });
    expect(await statusOf('/', '127.0.0.3')).to.equal(200);
    expect(await statusOf('/sign-in', '127.0.0.3')).to.equal(200);
  });

  it('refuses everybody where all is taken, but says that it is alive', async () => {
    for (let address = 2; address < 8; address++) {
      for (let number = 0; number < OF_ONE; number++) await beginForm(`127.0.0.${address}`);
    }
    const isFull = async (): Promise<boolean> => (await statusOf('/', '127.0.0.9')) === 503;
    for (let address = 10; !(await isFull()); address++) await beginForm(`127.0.0.${address}`);
    const refused = await ask('/api/cases/X', '127.0.0.9');
    expect(refused.statusCode).to.equal(503);
    expect(refused.headers).to.include({
      'retry-after': '5',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    for (const path of ['/healthz', '/readyz']) {
      expect(await statusOf(path, '127.0.0.9'), path).to.equal(200);
    }
    expect(await statusOf(running().site.assets.stylesheet, '127.0.0.9')).to.equal(200);
  });

  it('counts what a client leaves until it is over, and nothing after that', async () => {
    for (let time = 0; time < MOST * 3; time++) {
      const sent = request(`${running().origin}/`, { agent: false });
      sent.on('error', () => undefined);
      sent.end();
      await once(sent, 'socket');
      sent.destroy();
    }
    await until('an answer', async () => (await statusOf('/', '127.0.0.1')) === 200);
  });
});
