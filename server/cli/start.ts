import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TrellisError } from '../../engine/index.ts';
import { createApp } from '../app.ts';
import { readSettings } from '../config.ts';
import { demoSignIns } from '../host/demo-people.ts';
import type { Host } from '../host/open-host.ts';
import { openHost } from '../host/open-host.ts';
import { openSite } from '../host/open-site.ts';
import type { Settings } from '../settings.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { showProblem } from './output.ts';

/** How many connections the host keeps open for each request that it takes at once. */
const CONNECTIONS = 10;
/** How long requests under way may take at a stop, in milliseconds. */
const GRACE = 10_000;

/**
 * Runs the host until it is told to stop (SIGINT or SIGTERM): then it takes no more work, finishes
 * what is under way, and ends with 0. At a SIGTERM it first answers on for as long as the settings say,
 * so that whoever shares out requests notices.
 */
export async function startCommand(output: Output): Promise<ExitCode> {
  const settings = readSettings();
  const starting: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Trellis is starting.\n');
  };
  const server = createServer(starting);
  server.maxConnections = CONNECTIONS * settings.mostRequests;
  const port = await listen(server, settings);
  const publicUrl = settings.publicUrl.replace(/:0$/, `:${port}`);
  let draining = false;
  try {
    const host = await openHost(settings, { publicUrl: () => publicUrl });
    const site = openSite(host, () => !draining);
    server.off('request', starting);
    server.on('request', (_request, response) => {
      // Whoever keeps a connection for its next request opens that one elsewhere.
      if (draining) response.setHeader('connection', 'close');
    });
    server.on('request', createApp(site));
    host.engine.start();
    host.checkpointer.start();
    // It answers from here on; to be told to stop while it greets is taken as well.
    const told = toldToStop();
    await greet(host, publicUrl, output);
    const signal = await told;
    draining = true;
    output.line('Stopping: finishing what is under way …');
    if (signal === 'SIGTERM') await pause(settings.drain);
    await close(server);
    await host.close();
    return 0;
  } finally {
    if (server.listening) server.close();
  }
}

/** @throws `TrellisError` with code `port-in-use` or `cannot-listen`. */
async function listen(server: Server, { port, host }: Settings): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new TrellisError(
        'port-in-use',
        `Port ${port} on ${host} is in use by another program, perhaps another Trellis. Stop it, or choose another port: PORT=8081.`,
        { port, host },
      );
    }
    throw new TrellisError(
      'cannot-listen',
      `The host cannot listen on ${host}:${port}: ${String(error)}`,
    );
  }
  return (server.address() as AddressInfo).port;
}

async function greet(host: Host, publicUrl: string, output: Output): Promise<void> {
  const { settings, core, refused } = host;
  const { database } = settings;
  output.line(`Trellis serves ${core.view.company}, release ${core.release}`);
  output.line();
  output.line(`  Address   ${publicUrl}`);
  output.line(
    `  Data      ${database.kind === 'sqlite' ? database.file : database.url.replace(/:\/\/[^@/]*@/, '://')}`,
  );
  for (const { name, problems } of refused) {
    output.line(`  Not published: ${name}`);
    for (const problem of problems) output.line(`    ${showProblem(problem, name)}`);
  }
  if (settings.demo) {
    const people = await demoSignIns(host);
    output.line();
    output.line('  Demo sign-ins (loopback only)');
    for (const { email, password, roles } of people) {
      output.line(`    ${email.padEnd(24)} ${password}   ${roles.join(', ')}`);
    }
  }
  output.line();
  output.line('Press Ctrl-C to stop.');
}

async function toldToStop(): Promise<'SIGINT' | 'SIGTERM'> {
  const abort = new AbortController();
  const { signal } = abort;
  const told = (['SIGINT', 'SIGTERM'] as const).map(async (name) => {
    await once(process, name, { signal });
    return name;
  });
  const first = await Promise.race(told);
  abort.abort();
  await Promise.allSettled(told);
  return first;
}

/** Takes no new connections and waits for requests under way, for a while. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE);
  await closed;
  clearTimeout(late);
}
