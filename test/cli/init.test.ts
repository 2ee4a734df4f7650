import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { TrellisError } from '../../engine/index.ts';
import { checkCommand } from '../../server/cli/check.ts';
import { initCommand } from '../../server/cli/init.ts';
import { lockVerify } from '../../server/cli/lock.ts';
import { testCommand } from '../../server/cli/test.ts';
import { listen } from './listen.ts';

describe('trellis init', function () {
  this.timeout(20_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-init-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function refusal(path: string): Promise<TrellisError> {
    const error: unknown = await initCommand(path, listen()).catch((thrown: unknown) => thrown);
    if (error instanceof TrellisError) return error;
    throw new Error(`${path} was not refused.`);
  }

  it('makes a workspace that passes check, test and lock verify', async () => {
    const workspace = join(folder, 'my-company');
    expect(await initCommand(workspace, listen())).to.equal(0);

    const checked = listen();
    expect(await checkCommand([], workspace, checked)).to.equal(0);
    expect(checked.lines.slice(0, 3)).to.deep.equal([
      'core: no problems',
      'first-steps: no problems',
      'first-steps: publishing goes to a peer (reviewer)',
    ]);

    const tested = listen();
    expect(await testCommand([], workspace, tested)).to.equal(0);
    expect(tested.lines.at(-1)).to.match(/states (\d+) of \1, transitions (\d+) of \2$/);

    expect(await lockVerify(workspace, listen())).to.equal(0);
  });

  it('says which files it made, once, and copies no templates', async () => {
    const output = listen();
    await initCommand(folder, output);
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const [made, ...others] = output.results as { files: string[] }[];
    expect(others).to.deep.equal([]);
    expect(files.sort()).to.deep.equal(made?.files.sort());
    expect(files.filter((file) => file.startsWith('templates'))).to.deep.equal([]);
  });

  it('locks what it made as the first release', async () => {
    await initCommand(folder, listen());
    const lock = await readFile(join(folder, 'core-data', 'core.lock.json'), 'utf8');
    expect(JSON.parse(lock)).to.deep.include({ release: '1.1', unsigned: true });
  });

  it('refuses a folder with anything in it, and leaves it alone', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const error = await refusal(folder);
    expect(error.code).to.equal('folder-not-empty');
    expect(error.message).to.include('notes.txt');
    expect(await readdir(folder)).to.deep.equal(['notes.txt']);
  });

  it('takes an empty folder, and refuses a file', async () => {
    const empty = join(folder, 'empty');
    const file = join(folder, 'file');
    await mkdir(empty);
    await writeFile(file, '');
    expect(await initCommand(empty, listen())).to.equal(0);
    expect((await refusal(file)).code).to.equal('not-a-folder');
  });
});
