import { expect } from 'chai';
import { usesCommand, whereUsedCommand } from '../../server/cli/where-used.ts';
import { listen } from './listen.ts';

describe('where a field is used', function () {
  this.timeout(20_000);

  async function linesOf(name: string): Promise<readonly string[]> {
    const output = listen();
    expect(await whereUsedCommand(name, '.', output)).to.equal(0);
    return output.lines;
  }

  it('names guards with file, line, column and words', async () => {
    const lines = await linesOf('Quote.netTotal');
    expect(lines.join('\n')).to.match(
      /^workflows\/online-quote\/workflow\.yaml:\d+:\d+ {2}condition {2}quote\.netTotal$/m,
    );
  });

  it('names the texts of mails by their own file', async () => {
    const lines = await linesOf('Customer.legalName');
    expect(lines.join('\n')).to.match(
      /^workflows\/online-quote\/quote-sent\.hbs:\d+:\d+ {2}text {2}customer\.legalName$/m,
    );
  });

  it('counts a whole value as a use of what is in it', async () => {
    const lines = await linesOf('Quote.netTotal');
    expect(lines.some((line) => line.endsWith('  quote (as part of Quote)'))).to.equal(true);
  });

  it('refuses an unknown name with the nearest one', async () => {
    const failure = await whereUsedCommand('Quote.netTotl', '.', listen()).catch(
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'no-field');
    expect(String(failure)).to.contain('Did you mean "Quote.netTotal"?');
  });

  it('names the receiver of what is given away', async () => {
    const lines = await linesOf('Customer.contactEmail');
    expect(lines.join('\n')).to.match(
      /workflow\.yaml:\d+:\d+ {2}input of oms\.findCustomer {2}customer\.contactEmail$/m,
    );
  });

  it("finds a type in the core's own files: other types, connectors, grants", async () => {
    const told = (await linesOf('QuoteLine')).join('\n');
    expect(told).to.match(/^core-data\/types\/Quote\.yaml:\d+:\d+ {2}part of Quote {2}QuoteLine$/m);
    expect(told).to.match(
      /^core-data\/connectors\/oms\/connector\.yaml:\d+:\d+ {2}input of oms\.reserveStock {2}QuoteLine$/m,
    );
    expect(told).to.match(/^core-data\/policies\.yaml:\d+:\d+ {2}grant {2}QuoteLine$/m);
  });

  it('finds a field in keys and in what a connector asks by', async () => {
    const told = (await linesOf('Quote.quoteNo')).join('\n');
    expect(told).to.match(/^core-data\/types\/Quote\.yaml:\d+:\d+ {2}key {2}quoteNo$/m);
    expect(told).to.match(/ {2}lookup of oms\.createOrder {2}quote\.quoteNo$/m);
  });

  it('finds operations, messages, core processes and roles by their names', async () => {
    expect((await linesOf('oms.createOrder')).join('\n')).to.match(
      /^core-data\/processes\/create-order\.yaml:\d+:\d+ {2}call {2}oms\.createOrder$/m,
    );
    expect((await linesOf('oms.orderConfirmed')).join('\n')).to.match(
      / {2}message {2}oms\.orderC/m,
    );
    expect((await linesOf('core/create-order')).join('\n')).to.match(
      /^core-data\/policies\.yaml:\d+:\d+ {2}grant {2}core\/create-order\n(.*\n)*.* {2}run {2}core\/create-order$/m,
    );
    expect((await linesOf('role:sales-rep')).join('\n')).to.match(/ {2}role {2}sales-rep$/m);
  });

  it('tells the other way round what a workflow uses', async () => {
    const output = listen();
    expect(await usesCommand('core/create-order', '.', output)).to.equal(0);
    expect(output.lines.join('\n')).to.match(
      / {2}call {2}oms\.createOrder {2}\(oms\.createOrder\)/,
    );
    const failure = await usesCommand('nothing', '.', listen()).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'no-workflow');
  });
});
