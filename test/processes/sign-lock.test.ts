import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';

const MAIN = resolve('dist/run/main.js');
const PASSPHRASE = 'several words that nobody guesses';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('a core that is locked by four eyes, on the command line', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-lock-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const trellis = async (words: readonly string[], input = ''): Promise<Said> => {
    const env = { PATH: process.env['PATH'] ?? '' };
    const program = spawn(process.execPath, [MAIN, ...words], { cwd: folder, env });
    program.stdin.end(input);
    const said = Promise.all([text(program.stdout), text(program.stderr)]);
    const [code] = (await once(program, 'exit')) as [number];
    const [out, err] = await said;
    return { code, out, err };
  };
  const makeKey = (name: string): Promise<Said> =>
    trellis(
      ['key', 'make', `${name}.key`, '--name', name, '--email', `${name}@example.org`],
      `${PASSPHRASE}\n`,
    );

  it('is signed by its author, approved by another, and verified without a host', async () => {
    const workspace = ['--workspace', 'company'];
    expect((await trellis(['init', 'company'])).code).to.equal(0);
    expect((await trellis(['lock', 'verify', ...workspace])).out).to.include(
      'Nobody has signed it',
    );
    for (const name of ['anna', 'bob']) expect((await makeKey(name)).code).to.equal(0);
    expect((await makeKey('bob')).err).to.include('There is a file bob.key already');
    expect(await readFile(join(folder, 'bob.key'), 'utf8')).not.to.include(PASSPHRASE);

    const unsigned = await trellis(
      ['lock', 'approve', '--key', 'bob.key', ...workspace],
      PASSPHRASE,
    );
    expect(unsigned.err).to.include('not signed by its author');
    const write = ['lock', 'write', '--key', 'anna.key', ...workspace];
    expect((await trellis(write, 'another passphrase')).err).to.include('does not open the key');
    expect((await trellis(write, PASSPHRASE)).out).to.match(
      /release 1\.1, \d+ files, signed by anna/u,
    );
    const lone = await trellis(['lock', 'verify', ...workspace]);
    expect([lone.code, lone.out]).to.satisfy(
      ([code, out]: [number, string]) => code === 1 && out.includes('Nobody has approved it.'),
    );
    const approve = (key: string): Promise<Said> =>
      trellis(['lock', 'approve', '--key', key, ...workspace], PASSPHRASE);
    expect((await approve('anna.key')).err).to.include('cannot approve it as well');
    expect((await approve('bob.key')).code).to.equal(0);
    const verified = await trellis(['lock', 'verify', ...workspace]);
    expect(verified.code).to.equal(0);
    expect(verified.out).to.match(/Proposed by anna .*\nApproved by bob /u);

    const lock = join(folder, 'company', 'core-data', 'core.lock.json');
    await writeFile(lock, (await readFile(lock, 'utf8')).replace('"bob"', '"eve"'));
    const forged = await trellis(['lock', 'verify', ...workspace]);
    expect([
      forged.code,
      forged.out.includes('signature of bob@example.org is wrong'),
    ]).to.deep.equal([1, true]);
  }).timeout(120_000);
});
