import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

const FOLDER = 'test/kernel/check/fixtures';
const FILES = {
  'hello.hbs': 'Good morning.',
  'ask.hbs': 'Please answer: {{link}}',
};

/** The lines `# expect: CODE LINE` at the head of a fixture. */
function expectedIn(text: string): readonly string[] {
  const marks = [...text.matchAll(/^# expect: (.+)$/gm)].map(([, mark]) => mark ?? '');
  return marks.filter((mark) => mark !== 'nothing').sort();
}

describe('the rules of the checker', () => {
  for (const file of readdirSync(FOLDER)) {
    it(`finds exactly what is wrong in ${file}`, () => {
      const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
      const { problems } = checkSource({ name: 'sample', text, files: FILES }, meridianCore);
      const found = problems
        .map(({ code, position }) => `${code} ${String(position?.line)}`)
        .sort();
      expect(found, problems.map(({ message }) => message).join('\n')).to.deep.equal(
        expectedIn(text),
      );
    });
  }
});
