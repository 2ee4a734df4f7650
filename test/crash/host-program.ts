/**
 * A host in a process of its own that is killed: composed as `trellis start` does it, with fault
 * points and planted bugs laid around its ports. It stands by until it is told what to open.
 */
import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createLog } from '../../engine/adapters/system/log.ts';
import { clockOf } from '../../engine/adapters/system/clock.ts';
import { createApp } from '../../server/app.ts';
import { openHost } from '../../server/host/open-host.ts';
import type { Around } from '../../server/host/open-host.ts';
import { openSite } from '../../server/host/open-site.ts';
import { faultPoints } from './fault-points.ts';
import { heldLog } from './held-log.ts';
import type { Order, Word } from './orders.ts';
import { plant } from './planted/plant.ts';

let armed: { readonly point: string; readonly signal: NodeJS.Signals; left: number } | undefined;

/** Milliseconds by which the clock of this machine is ahead. */
let ahead = 0;

function reach(point: string): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, armed.signal);
}

function tell(word: Word): void {
  process.send?.(word);
}

async function open(
  order: Extract<Order, { readonly kind: 'open' }>,
): Promise<() => Promise<void>> {
  const { settings, heldFile, lease } = order;
  ahead = order.ahead ?? 0;
  const machine = clockOf(() => Date.now() + ahead);
  const bugs = plant(order.planted, settings);
  const clock = bugs.reduce((read, bug) => bug.clock?.(read) ?? read, machine);
  const layers = [
    ...bugs,
    ...(heldFile === undefined ? [] : [heldLog(order.name, writerOf(heldFile))]),
    faultPoints(reach),
  ];
  const host = await openHost(settings, {
    clock,
    log: createLog({ sink: process.stderr, clock, level: 'error' }),
    publicUrl: () => settings.publicUrl,
    around: together(layers),
    dispatcher: { poll: 200, ...(lease === undefined ? {} : { lease }) },
  });
  const server = createServer(pointed(createApp(openSite(host, () => true))));
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  host.engine.start();
  host.checkpointer.start();
  return async () => {
    server.close();
    server.closeIdleConnections();
    await once(server, 'close');
    await host.close();
  };
}

/** Appends lines to a file at once: they outlive the process. */
function writerOf(file: string): (line: string) => void {
  return (line) => {
    appendFileSync(file, `${line}\n`);
  };
}

/** The first layer lies next to the ports themselves. */
function together(layers: readonly Around[]): Around {
  return {
    store: (opened) => layers.reduce((store, layer) => layer.store(store), opened),
    connectors: (opened) => layers.reduce((doors, layer) => layer.connectors(doors), opened),
  };
}

/** Comes to a point before and after each answer. */
function pointed(app: RequestListener): RequestListener {
  return (request, response) => {
    const end = response.end.bind(response);
    const answering = (...given: readonly unknown[]): typeof response => {
      reach('before http.answer');
      return Reflect.apply(end, response, given) as typeof response;
    };
    Object.assign(response, { end: answering });
    response.once('finish', () => {
      reach('after http.answer');
    });
    app(request, response);
  };
}

let close: (() => Promise<void>) | undefined;

async function obey(order: Order): Promise<void> {
  if (order.kind === 'arm') {
    armed = { point: order.point, signal: order.signal, left: order.nth };
  } else if (order.kind === 'set clock') {
    ({ ahead } = order);
  } else if (order.kind === 'open') {
    close = await open(order);
    tell({ kind: 'open' });
  } else {
    await close?.();
    process.disconnect();
  }
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    process.exit(1);
  });
});
// Whoever has begun it is gone: nobody would stop it any more.
process.on('disconnect', () => process.exit(0));
tell({ kind: 'standing by' });
