import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Figure, Report } from '../programs/report.ts';
import { closedLoop, median, percentile } from './closed-loop.ts';
import { hasClient } from './drivers.ts';

/** The program beside this test, as source or compiled. */
const MAIN = fileURLToPath(
  new URL(`./main${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
);

interface Ended {
  readonly code: number;
  readonly out: string;
}

function runBench(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...words], (error, out, err) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number' && code < 2) resolve({ code, out });
      else reject(new Error(`The bench ended with ${String(code)}: ${err}`));
    });
  });
}

/** Measuring takes its time: what it finds is looked at in the full size. */
const FULL = process.env['TRELLIS_TEST_SIZE'] !== undefined;

describe('the bench', () => {
  (FULL ? it : it.skip)(
    'measures on a real database and ends with one object on the last line',
    async function () {
      this.timeout(300_000);
      const words = ['--seconds', '0.1', '--callers', '1,4', '--clients', 'sqlite3'];
      words.push('--no-postgres', '--waiting', '100', '--starts', '1', '--filled', '200');
      const { code, out } = await runBench('--json', ...words);
      expect(out.trimEnd().split('\n')).to.have.length(1);
      const report = JSON.parse(out) as Report;
      expect(report).to.have.all.keys('name', 'passed', 'failed', 'figures');
      expect(report.name).to.equal('bench');
      // Whether the aims are reached is for a longer run on a machine with nothing else to do.
      expect(report.passed + report.failed, 'aims').to.be.at.least(8);
      expect(code).to.equal(report.failed === 0 ? 0 : 1);
      expect(report.figures.map(({ name }) => name)).to.deep.equal([
        'check.online-quote',
        'kernel.stored',
        'kernel.hot',
        ...[1, 4].flatMap((callers) => figuresOf(`sqlite.${callers}`)),
        ...['p50', 'p95'].flatMap((share) =>
          ['flood', 'flood-alone', 'slow-connector'].map((name) => `${name}-${share}.sqlite`),
        ),
        ...['beside-archive.sqlite.32', 'moved-under-load.sqlite'],
        ...['http.sqlite.32', 'http-flood-p50.sqlite', 'http-flood-p95.sqlite'],
        'filled.sqlite.32',
        ...['start.library', 'start.host', 'memory.waiting', 'memory.more'],
      ]);
      for (const figure of report.figures) expectSound(figure);
    },
  );
});

function figuresOf(level: string): readonly string[] {
  // The floors need a driver that is not installed everywhere.
  const floors = hasClient('better-sqlite3') ? ['to-hand-written', 'to-knex'] : [];
  const cases = ['cases', 'raw-cases', 'kernel-cases', ...floors];
  const one = ['ack-p50', 'ack-p99', 'cpu-case', 'disk-case'];
  return ['transitions', ...cases, ...one].map((name) => `${name}.${level}`);
}

const UNITS: Readonly<Record<string, string>> = {
  ...{ check: 'ms', kernel: 'transitions/s', transitions: 'transitions/s' },
  ...{ start: 'ms', memory: 'MB' },
  ...{ 'flood-p50': 'ms', 'flood-p95': 'ms', 'flood-alone-p50': 'ms', 'flood-alone-p95': 'ms' },
  ...{ 'slow-connector-p50': 'ms', 'slow-connector-p95': 'ms' },
  ...{ 'http-flood-p50': 'ms', 'http-flood-p95': 'ms' },
  ...{ 'ack-p50': 'ms', 'ack-p99': 'ms', 'cpu-case': 'ms', 'disk-case': 'bytes' },
};

function expectSound({ name, value, unit, limit, ratio }: Figure): void {
  expect(value, name).to.be.above(0);
  expect(unit, name).to.equal(UNITS[name.replace(/[.].*/, '')] ?? 'cases/s');
  if (limit === null) {
    expect(ratio, name).to.equal(null);
    return;
  }
  expect(limit, name).to.be.above(0);
  // Both numbers and their quotient are rounded.
  expect(ratio, name).to.be.closeTo(value / limit, 0.001 * Math.max(1, value / limit));
}

describe('the closed loop of the bench', () => {
  it('keeps each caller at one call at a time', async () => {
    const open = new Set<number>();
    const seen = new Set<number>();
    const rate = await closedLoop(3, 0.02, async (caller) => {
      expect(open.has(caller), 'two calls of one caller').to.equal(false);
      open.add(caller);
      seen.add(caller);
      await new Promise((resolve) => setImmediate(resolve));
      open.delete(caller);
    });
    expect(rate).to.be.above(0);
    expect([...seen]).to.have.members([0, 1, 2]);
  });

  it('passes on what a call throws', async () => {
    const outcome = await closedLoop(1, 1, () => Promise.reject(new Error('refused'))).catch(
      String,
    );
    expect(outcome).to.equal('Error: refused');
  });

  it('takes the median', () => {
    expect(median([9, 1, 5])).to.equal(5);
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(median([])).to.be.NaN;
  });

  it('takes the number that a share does not pass', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.99)).to.equal(99);
    expect(percentile(hundred, 0.5)).to.equal(50);
    expect(percentile([7], 0.99)).to.equal(7);
    expect(percentile([], 0.5)).to.be.NaN;
  });
});
