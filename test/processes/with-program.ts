import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../until.ts';

/** The built program; `npm test` builds it first. */
const MAIN = resolve('dist/run/main.js');
/** Milliseconds that a start may take on a busy machine. */
const PATIENCE = 60_000;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A host in a process of its own. */
export interface Program {
  /** Resolves once it has printed its address and answers there. */
  origin(): Promise<string>;
  /** What it has printed so far. */
  out(): string;
  /** Gives it all that it can read from standard input. */
  input(text: string): void;
  kill(signal: NodeJS.Signals): void;
  ended(): Promise<Ended>;
}

/** Where programs of one test run. */
export interface Place {
  /** A folder for whatever a test needs. */
  readonly folder: string;
  readonly dataFolder: string;
  /** Starts `trellis WORDS…`, on a free port and in this place unless the environment says otherwise. */
  readonly start: (
    environment?: Readonly<Record<string, string>>,
    ...words: readonly string[]
  ) => Program;
}

/** Gives a place to run programs in; those that still run afterwards are killed. */
export async function withPrograms(work: (place: Place) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-process-'));
  const dataFolder = join(folder, 'data');
  const started: Program[] = [];
  try {
    await work({
      folder,
      dataFolder,
      start: (environment = {}, ...words) => {
        const env = {
          PATH: process.env['PATH'] ?? '',
          PORT: '0',
          TRELLIS_DATA: dataFolder,
          ...environment,
        };
        const program = watch(spawn(process.execPath, [MAIN, ...words], { cwd: folder, env }));
        started.push(program);
        return program;
      },
    });
  } finally {
    for (const program of started) program.kill('SIGKILL');
    await Promise.all(started.map((program) => program.ended()));
    await rm(folder, { recursive: true, force: true });
  }
}

function watch(child: ChildProcessWithoutNullStreams): Program {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const closed = once(child, 'close').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out,
    err,
  }));
  return {
    out: () => out,
    input: (text) => {
      child.stdin.end(text);
    },
    kill: (signal) => {
      child.kill(signal);
    },
    ended: () => closed,
    origin: () =>
      until(
        'the address of the host',
        () => {
          if (child.exitCode !== null) throw new Error(`The host ended: ${err}`);
          return out.includes('Ctrl-C') ? /Address\s+(\S+)/u.exec(out)?.[1] : undefined;
        },
        PATIENCE,
      ),
  };
}
