import { expect } from 'chai';
import { whereUsedCommand } from '../../server/cli/where-used.ts';
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
});
