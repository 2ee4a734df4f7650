import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import knex from 'knex';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const run = promisify(execFile);
const PASSWORD = 'pass:word';

/**
 * Runs a test with a PostgreSQL server of those programs that are installed on this machine, so that
 * `pg_dump` is of the server's version; answers false where there is none.
 *
 * @param test is given the URL of an empty database by its name
 */
export async function withInstalledPostgres(
  test: (database: (name: string) => Promise<string>) => Promise<void>,
): Promise<boolean> {
  const programs = await folderOfPrograms();
  if (programs === undefined) return false;
  const folder = await mkdtemp(join(tmpdir(), 'trellis-installed-'));
  const user = await otherUser();
  try {
    await chmod(folder, 0o755);
    const data = join(folder, 'data');
    const file = join(folder, 'password');
    await writeFile(file, PASSWORD);
    if (user !== undefined) await chown(folder, user, user);
    const as = user === undefined ? {} : { uid: user };
    const words = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${file}`];
    await run(join(programs, 'initdb'), [...words, '--encoding=UTF8', '--no-sync'], as);
    const port = await freePort();
    const settings = ['-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'];
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), ...settings],
      { ...as, stdio: 'ignore' },
    );
    const ended = once(server, 'exit');
    try {
      const url = (name: string): string =>
        `postgres://postgres:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${name}`;
      await until('the server', () => answers(url('postgres'), 'select 1'), 60_000);
      await test(async (name) => {
        await answers(url('postgres'), `create database ${name}`);
        return url(name);
      });
    } finally {
      server.kill('SIGINT');
      await ended;
    }
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where `pg_dump` and the server of its version lie; nothing where either is missing. */
async function folderOfPrograms(): Promise<string | undefined> {
  try {
    const { stdout } = await run('pg_config', ['--bindir']);
    const folder = stdout.trim();
    const [server, client] = await Promise.all([
      run(join(folder, 'postgres'), ['--version']),
      run('pg_dump', ['--version']),
    ]);
    return majorOf(server.stdout) === majorOf(client.stdout) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function majorOf(version: string): string | undefined {
  return /\d+/u.exec(version)?.[0];
}

/** The server does not run as root. */
async function otherUser(): Promise<number | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { stdout } = await run('id', ['-u', 'postgres']);
  return Number(stdout);
}

async function answers(url: string, statement: string): Promise<boolean> {
  // That it does not answer yet is no news.
  const log = { error: () => undefined, warn: () => undefined };
  const db = knex({ client: 'pg', connection: url, log, pool: { min: 0, max: 1 } });
  try {
    await db.raw(statement);
    return true;
  } catch {
    return false;
  } finally {
    await db.destroy();
  }
}
