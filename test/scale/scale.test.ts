import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Report } from '../programs/report.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('the program that fills a database', () => {
  if (!FULL) return;

  it('makes pages of all lists answer, and measures each in the middle and at its slowest', async function () {
    this.timeout(300_000);
    const words = ['--finished', '200', '--running', '100', '--archived', '200'];
    const figures = await run('./main.js', words);
    const names = figures.map(({ name }) => name);
    expect(names).to.include.members([
      'p50 rita /inbox/team',
      'p95 ada /cases (page 4)',
      'p50 ada /cases?status=archived',
    ]);
    for (const { name, value } of figures) expect(value, name).to.be.greaterThan(0);
  });

  it('measures a core of any size, with its workflows and cases', async function () {
    this.timeout(300_000);
    const words = ['--types', '12', '--workflows', '4', '--running', '100'];
    const figures = await run('./core-main.js', words);
    expect(figures.filter(({ limit }) => limit !== null)).to.have.length(3);
    for (const { name, value } of figures) expect(value, name).to.be.greaterThan(0);
  });

  it('verifies a history of any length, and says what sealing costs', async function () {
    this.timeout(300_000);
    const figures = await run('./history-main.js', ['--entries', '2000']);
    expect(figures.find(({ name }) => name === 'verify.entries')?.value).to.be.at.least(2000);
    for (const { name, value } of figures) {
      if (name !== 'verify.memory') expect(value, name).to.be.greaterThan(0);
    }
  });
});

async function run(program: string, words: readonly string[]): Promise<Report['figures']> {
  const main = fileURLToPath(new URL(program, import.meta.url));
  const out = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [main, ...words, '--json'], (error, text, err) => {
      // Whether the aims are reached is for a machine with nothing else to do.
      if (error === null || error.code === 1) resolve(text);
      else reject(new Error(err));
    });
  });
  return (JSON.parse(out) as Report).figures;
}
