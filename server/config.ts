import { isIP } from 'node:net';
import { join, relative, resolve } from 'node:path';
import { TrellisError, readSize } from '../engine/index.ts';
import { INSTALLATION } from './installation.ts';
import type { Settings } from './settings.ts';
import { SETTINGS } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of this process.
 * @throws `TrellisError` with code `bad-setting`, naming the setting and what was expected.
 */
export function readSettings(environment: Environment = process.env): Settings {
  refuseUnknown(environment);
  const port = portOf(environment['PORT']);
  const host = environment['HOST'] ?? '127.0.0.1';
  const dataFolder = resolve(environment['TRELLIS_DATA'] ?? './data');
  const workspace = workspaceSetting(undefined, environment);
  const demo = demoOf(environment, host);
  const keyFile = resolve(environment['TRELLIS_KEY_FILE'] ?? defaultKeyFile(dataFolder, demo));
  if (isInside(keyFile, dataFolder)) {
    throw bad('TRELLIS_KEY_FILE', keyFile, `a file outside the data folder ${dataFolder}`);
  }
  const destinations = environment['TRELLIS_DESTINATIONS'];
  const anchor = environment['TRELLIS_AUDIT_ANCHOR'];
  return {
    port,
    host,
    dataFolder,
    workspace,
    demo,
    keyFile,
    database: databaseOf(environment, dataFolder),
    publicUrl: publicUrlOf(environment['TRELLIS_PUBLIC_URL'], host, port),
    mostUpload: mostUploadOf(environment['TRELLIS_MAX_UPLOAD']),
    mostRequests: mostRequestsOf(environment['TRELLIS_MAX_REQUESTS']),
    drain: drainOf(environment['TRELLIS_DRAIN']),
    checkpointEvery: checkpointEveryOf(environment['TRELLIS_CHECKPOINT_EVERY']),
    trustProxy: trustProxyOf(environment['TRELLIS_TRUST_PROXY']),
    ...(destinations === undefined ? {} : { destinationsFile: resolve(destinations) }),
    ...(anchor === undefined ? {} : { anchorFile: resolve(anchor) }),
  };
}

/** The workspace that a command works on: what it was given, else the setting. */
export function workspaceSetting(
  given: string | undefined,
  environment: Environment = process.env,
): string {
  return resolve(given ?? environment['TRELLIS_WORKSPACE'] ?? INSTALLATION);
}

function bad(name: string, found: string, expected: string): TrellisError {
  return new TrellisError(
    'bad-setting',
    `${name} is "${found}"; expected ${expected}. "trellis start --help" lists all settings.`,
    { name, found, expected },
  );
}

function refuseUnknown(environment: Environment): void {
  const known = new Set(SETTINGS.map(({ name }) => name));
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('TRELLIS_') || known.has(name) || FOR_TESTS.has(name)) continue;
    throw bad(name, environment[name] ?? '', `one of the settings ${[...known].join(', ')}`);
  }
}

/** Read by the tests alone. */
const FOR_TESTS = new Set(['TRELLIS_CORPUS', 'TRELLIS_TEST_SEED', 'TRELLIS_TEST_SIZE']);

function portOf(text = '8080'): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw bad('PORT', text, 'a number from 0 to 65535');
  return port;
}

function databaseOf(environment: Environment, dataFolder: string): Settings['database'] {
  const text = environment['TRELLIS_DATABASE'] ?? join(dataFolder, 'trellis.db');
  if (/^postgres(ql)?:\/\//.test(text)) return { kind: 'postgres', url: text };
  if (/^[a-z0-9]+:\/\//i.test(text)) {
    throw bad('TRELLIS_DATABASE', text, 'postgres://… or the path of an SQLite file');
  }
  const client = environment['TRELLIS_SQLITE_CLIENT'] ?? 'sqlite3';
  if (client !== 'sqlite3' && client !== 'better-sqlite3') {
    throw bad('TRELLIS_SQLITE_CLIENT', client, 'sqlite3 or better-sqlite3');
  }
  return { kind: 'sqlite', file: resolve(text), client };
}

function publicUrlOf(text: string | undefined, host: string, port: number): string {
  if (text === undefined) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain =
    url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url === null || !plain || !/^https?:$/.test(url.protocol)) {
    throw bad('TRELLIS_PUBLIC_URL', text, 'http:// or https:// with a host, and no path');
  }
  return url.origin;
}

function trustProxyOf(text: string | undefined): Settings['trustProxy'] {
  if (text === undefined) return false;
  if (/^\d$/.test(text)) return Number(text);
  const networks = text.split(',').map((network) => network.trim());
  const valid = networks.every((network) => isIP(network.split('/')[0] ?? '') !== 0);
  if (!valid)
    throw bad('TRELLIS_TRUST_PROXY', text, 'a number of proxies, or networks (10.0.0.0/8)');
  return networks.join(',');
}

function mostUploadOf(text = '25 MB'): number {
  const bytes = readSize(text);
  if (bytes === undefined) throw bad('TRELLIS_MAX_UPLOAD', text, 'a size like 25 MB or 500 kB');
  return bytes;
}

function mostRequestsOf(text = '1000'): number {
  if (!/^[1-9]\d{1,4}$/.test(text)) {
    throw bad('TRELLIS_MAX_REQUESTS', text, 'a number from 10 to 99999');
  }
  return Number(text);
}

function drainOf(text = '0'): number {
  if (!/^\d{1,3}$/.test(text)) throw bad('TRELLIS_DRAIN', text, 'seconds, from 0 to 999');
  return Number(text) * 1_000;
}

function checkpointEveryOf(text = '60'): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw bad('TRELLIS_CHECKPOINT_EVERY', text, 'seconds, from 1 to 99999');
  }
  return Number(text) * 1_000;
}

function demoOf(environment: Environment, host: string): boolean {
  const text = environment['TRELLIS_DEMO'];
  if (text !== undefined && text !== 'on' && text !== 'off') {
    throw bad('TRELLIS_DEMO', text, 'on or off');
  }
  if (text === 'on' && !isLoopback(host)) {
    throw bad('TRELLIS_DEMO', text, `off, because HOST is ${host} and no loopback address`);
  }
  if (text !== undefined) return text === 'on';
  return isLoopback(host) && environment['TRELLIS_WORKSPACE'] === undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function defaultKeyFile(dataFolder: string, demo: boolean): string {
  if (demo) return `${dataFolder}.key`;
  throw new TrellisError(
    'bad-setting',
    'TRELLIS_KEY_FILE is not set; outside demo mode it is needed: a file of at least 32 random ' +
      'bytes outside the data folder, for example made by "openssl rand -out trellis.key 48".',
    { name: 'TRELLIS_KEY_FILE' },
  );
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..');
}
