import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareCommand } from '../../server/cli/compare.ts';
import { listen } from './listen.ts';

const QUOTE = 'core-data/types/Quote.yaml';

describe('what a change of a type breaks', function () {
  this.timeout(20_000);
  let workspace: string;

  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'trellis-compare-'));
    await cp('core-data', join(workspace, 'core-data'), { recursive: true });
  });

  afterEach(async () => {
    await rm(workspace, { recursive: true });
  });

  async function write(from: string, to: string): Promise<void> {
    const file = join(workspace, QUOTE);
    const text = await readFile(file, 'utf8');
    expect(text).to.contain(from);
    await writeFile(file, text.replace(from, to));
  }

  it('is nothing where nothing changed', async () => {
    const output = listen();
    expect(await compareCommand(workspace, '.', output)).to.equal(0);
    expect(output.lines).to.deep.equal([
      'No change of a type since . is forbidden by its compatibility.',
    ]);
  });

  it('is told by file, line and rule, with an example', async () => {
    await write('maxLength: 40, title: Purchase', 'maxLength: 20, title: Purchase');
    const output = listen();
    expect(await compareCommand(workspace, '.', output)).to.equal(1);
    expect(output.lines[0]).to.match(
      /^core-data\/types\/Quote\.yaml:\d+:\d+ {2}Quote\.poNumber .*maxLength: 20.* {2}\[length\]$/,
    );
    expect(output.lines[1]).to.match(/^ {4}example: \{.*"poNumber":"a{21,40}"/);
    expect(output.lines[2]).to.equal('    forbidden by: Quote (backward)');
    expect(output.results[0]).to.have.nested.property('verdicts[0].isShown', true);
  });

  it('is not asked of types with errors', async () => {
    await write('maxLength: 40, title: Purchase', 'maxLengt: 20, title: Purchase');
    const failure = await compareCommand(workspace, '.', listen()).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'core-refused');
    expect(String(failure)).to.contain('types/Quote.yaml:');
  });
});
