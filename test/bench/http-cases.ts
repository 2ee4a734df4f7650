import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figure } from '../programs/report.ts';
import type { Figure } from '../programs/report.ts';
import { median, percentile } from './closed-loop.ts';
import type { ClientFacts } from './http-clients.ts';
import { writeHttpCompany } from './http-company.ts';
import { HOST, withServer } from './start-host.ts';

/** How often all that is compared takes turns. */
const ROUNDS = 5;
const CALLERS = 32;
/** How many forms one address floods the host with at once. */
const FLOOD = 128;
/** Somebody else's people: how many, and how long each pauses, in milliseconds. */
const OTHERS = 2;
const PAUSE = 20;

/**
 * Measures how many forms a second begin a case, beside an Express that writes one row for each; and
 * how long others wait for their answers while one address floods the host.
 */
export async function measureHttp(folder: string, seconds: number): Promise<readonly Figure[]> {
  const place = join(folder, 'http');
  await mkdir(place);
  const settings = await writeHttpCompany(place);
  const bare = [programOf('bare-express'), join(place, 'bare.db')];
  return withServer({ program: HOST, folder: place, settings }, (host) =>
    withServer({ program: bare, folder: place, settings: {} }, async (express) => {
      const rates = { host: [] as number[], express: [] as number[] };
      const waits = { alone: [] as number[], beside: [] as number[] };
      const each = seconds / ROUNDS;
      await clients(host, '127.0.0.2', CALLERS, each);
      for (let round = 0; round < ROUNDS; round++) {
        rates.host.push((await clients(host, '127.0.0.2', CALLERS, each)).perSecond);
        rates.express.push((await clients(express, '127.0.0.2', CALLERS, each)).perSecond);
        waits.alone.push(...(await clients(host, '127.0.0.3', OTHERS, each, PAUSE)).answers);
        const flood = clients(host, '127.0.0.2', FLOOD, each + 1);
        waits.beside.push(...(await clients(host, '127.0.0.3', OTHERS, each, PAUSE)).answers);
        await flood;
      }
      const ofFlood = (share: number): Figure =>
        figure(
          `http-flood-p${String(share * 100)}.sqlite`,
          percentile(sorted(waits.beside), share),
          'ms',
          percentile(sorted(waits.alone), share),
        );
      return [
        figure('http.sqlite.32', median(rates.host), 'cases/s', median(rates.express)),
        ofFlood(0.5),
        ofFlood(0.95),
      ];
    }),
  );
}

function clients(
  origin: string,
  address: string,
  callers: number,
  seconds: number,
  pause = 0,
): Promise<ClientFacts> {
  const words = [origin, address, ...[callers, seconds, pause].map(String)];
  return new Promise((resolve, reject) => {
    const most = 64 * 2 ** 20;
    execFile(
      process.execPath,
      [programOf('http-clients'), ...words],
      { maxBuffer: most },
      (error, out, err) => {
        if (error === null) resolve(JSON.parse(out) as ClientFacts);
        else reject(new Error(`The clients failed: ${err}`));
      },
    );
  });
}

/** A program beside this one, as source or compiled. */
function programOf(name: string): string {
  return fileURLToPath(
    new URL(`./${name}${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
  );
}

function sorted(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}
