import { expect } from 'chai';
import { GUIDES, blocksOf, readGuide } from './guide.ts';
import { withShell } from './shell.ts';

/** A block is the content of the file that the line above it ends with. */
const FILE = /`(my-company\/[^`]+)`:$/;

describe('the commands in the guides', function () {
  this.timeout(120_000);

  for (const path of GUIDES) {
    it(`all run: ${path}`, async () => {
      await withShell(async (shell) => {
        let ran = 0;
        for (const { language, text, before, line } of blocksOf(readGuide(path))) {
          const file = FILE.exec(before)?.[1];
          if (file !== undefined) await shell.write(file, text);
          if (language !== 'sh') continue;
          try {
            await shell.run(text);
          } catch (error) {
            throw new Error(`${path}:${line} cannot be run: ${String(error)}`, { cause: error });
          }
          ran += 1;
        }
        expect(ran).to.be.greaterThan(0);
      });
    });
  }

  it('are refused where a command does not exist', async () => {
    await withShell(async (shell) => {
      for (const script of ['npx trellis chekc', 'npm run biuld', 'npx other']) {
        const failure = await shell.run(script).catch((error: unknown) => error);
        expect(failure, script).to.be.instanceOf(Error);
      }
    });
  });
});
