import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { impactCommand } from '../../server/cli/impact.ts';
import { listen } from './listen.ts';

describe('what a change of the core does to what uses it', function () {
  this.timeout(20_000);
  let changed: string;

  beforeEach(async () => {
    changed = await mkdtemp(join(tmpdir(), 'trellis-impact-'));
    await cp('core-data', join(changed, 'core-data'), { recursive: true });
  });

  afterEach(async () => {
    await rm(changed, { recursive: true });
  });

  async function write(path: string, from: string, to: string): Promise<void> {
    const file = join(changed, 'core-data', path);
    const text = await readFile(file, 'utf8');
    expect(text).to.contain(from);
    await writeFile(file, text.replace(from, to));
  }

  it('is nothing where nothing changed', async () => {
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(0);
    expect(output.lines).to.have.lengthOf(1);
    expect(output.lines[0]).to.match(/^0 broken, 0 affected, \d+ safe\.$/);
  });

  it('breaks a workflow that asks for a field which is gone, by line and words', async () => {
    await write('types/Quote.yaml', 'poNumber:', 'orderNumber:');
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(1);
    const told = output.lines.join('\n');
    expect(told).to.contain('broken  workflow online-quote');
    expect(told).to.match(/workflows\/online-quote\/workflow\.yaml:\d+:\d+ {2}error {2}.*poNumber/);
    expect(told).to.match(
      /workflow\.yaml:\d+:\d+ {2}form field {2}quote\.poNumber {2}\(Quote\.poNumber\)/,
    );
    expect(told).to.contain('affected  operation oms.createOrder');
  });

  it('affects what uses a field that only became wider', async () => {
    await write(
      'types/Quote.yaml',
      'maxLength: 40, title: Purchase',
      'maxLength: 60, title: Purchase',
    );
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(0);
    expect(output.lines).to.include('affected  workflow online-quote');
    expect(output.lines).to.include('affected  core process core/create-order');
    expect(output.lines.at(-1)).to.match(/^0 broken, /);
  });

  it('leaves alone what does not use a type', async () => {
    await write('types/Product.yaml', 'title: ', 'title: New ');
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(0);
    expect(output.lines[0]).to.equal('affected  type Product');
    expect(output.lines.join('\n')).to.not.contain('online-quote');
  });

  it('breaks what a grant is taken away from', async () => {
    await write('policies.yaml', '      - oms.reserveStock\n', '');
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(1);
    expect(output.lines.join('\n')).to.match(/oms\.reserveStock.*\[not-granted\]/);
  });

  it('is not worked out for a core with errors, of which a process is one', async () => {
    await write('processes/create-order.yaml', 'with: { quote: quote }', 'with: {}');
    const output = listen();
    expect(await impactCommand('.', changed, output)).to.equal(1);
    expect(output.lines[0]).to.match(/^core-data\/processes\/create-order\.yaml:\d+:\d+ {2}error/);
    expect(output.lines.at(-1)).to.equal(
      'The changed core has errors: what uses it was not looked at.',
    );
  });
});
