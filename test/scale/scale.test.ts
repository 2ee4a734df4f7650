import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Report } from '../programs/report.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

describe('the program that fills a database', () => {
  if (!FULL) return;

  it('makes pages of all lists answer, and measures each in the middle and at its slowest', async function () {
    this.timeout(300_000);
    const main = fileURLToPath(new URL('./main.js', import.meta.url));
    const words = [main, '--finished', '200', '--running', '100', '--archived', '200', '--json'];
    const out = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, words, (error, text, err) => {
        // Whether the aims are reached is for a machine with nothing else to do.
        if (error === null || error.code === 1) resolve(text);
        else reject(new Error(err));
      });
    });
    const { figures } = JSON.parse(out) as Report;
    const names = figures.map(({ name }) => name);
    expect(names).to.include.members([
      'p50 rita /inbox/team',
      'p95 ada /cases (page 4)',
      'p50 ada /cases?status=archived',
    ]);
    for (const { name, value } of figures) expect(value, name).to.be.greaterThan(0);
  });
});
