import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { DECISION_CODES } from '../../../engine/kernel/decisions/problem-codes.ts';
import { EXPRESSION_CODES } from '../../../engine/kernel/expressions/problem-codes.ts';
import { TEXT_CODES } from '../../../engine/kernel/texts/problem-codes.ts';

describe('the table of messages in workflows/README.md', () => {
  const table = readFileSync('workflows/README.md', 'utf8');
  for (const code of new Set([...EXPRESSION_CODES, ...TEXT_CODES, ...DECISION_CODES])) {
    it(`has a cure for "${code}"`, () => {
      expect(table).to.include(`| \`${code}\` `);
    });
  }
});
