import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { createVisitor } from '../server/visitor.ts';
import type { Place } from './with-program.ts';

const MAIN = resolve('dist/run/main.js');
export const PASSPHRASE = 'several words that nobody guesses';

/** How a command ended, and what it said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An environment with a database of its own, in which people of the demo have keys. */
export interface Environment {
  /** Runs `trellis WORDS…` there; the passphrase of everybody's key is on its standard input. */
  readonly trellis: (...words: readonly string[]) => Promise<Said>;
  /** The same with other settings. */
  readonly under: (settings: Readonly<Record<string, string>>) => Environment['trellis'];
}

/** Makes an environment: its host has run once, and these people have made their keys. */
export async function makeEnvironment(
  { folder, start }: Place,
  name: string,
  people: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Environment> {
  const env = { TRELLIS_DATA: join(folder, name), ...settings };
  const host = start(env);
  const origin = await host.origin();
  for (const who of people) {
    const email = `${who}@meridian.example`;
    const [, password = ''] = new RegExp(`${email}\\s+(\\S+)`, 'u').exec(host.out()) ?? [];
    const visitor = createVisitor(origin);
    await visitor.post('/sign-in', [
      ['email', email],
      ['password', password],
    ]);
    const refused = await visitor.post('/it/key', [
      ['password', `${password}x`],
      ['passphrase', PASSPHRASE],
      ['again', PASSPHRASE],
    ]);
    expect(refused.status, 'only with their password').to.equal(422);
    const made = await visitor.post('/it/key', [
      ['password', password],
      ['passphrase', PASSPHRASE],
      ['again', PASSPHRASE],
    ]);
    expect(made.location).to.include('made=yes');
  }
  host.kill('SIGINT');
  expect((await host.ended()).code).to.equal(0);
  const under: Environment['under'] =
    (more) =>
    async (...words) => {
      const program = spawn(process.execPath, [MAIN, ...words], {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', ...env, ...more },
      });
      program.stdin.end(PASSPHRASE);
      const said = Promise.all([text(program.stdout), text(program.stderr)]);
      const [code] = (await once(program, 'exit')) as [number];
      const [out, err] = await said;
      return { code, out, err };
    };
  return { under, trellis: under({}) };
}
