import { expect } from 'chai';
import { readSource } from '../../../engine/kernel/definition/source.ts';
import { PATTERN_WORDS } from '../../../engine/kernel/definition/schema/patterns.ts';
import { workflowSchema } from '../../../engine/kernel/definition/schema/workflow-schema.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

describe('definition: the JSON Schema of the language', () => {
  it('is a sound schema by our own rules', () => {
    expect(createValidator(new Map()).check(workflowSchema)).to.deep.equal([]);
  });

  it('lets no key pass that it does not know', () => {
    let groups = 0;
    JSON.stringify(workflowSchema, (key, value: unknown) => {
      // Below this a key is the name of a field, not a word of the schema.
      const isSchema = key !== 'properties' && typeof value === 'object' && value !== null;
      if (isSchema && ('properties' in value || 'patternProperties' in value)) {
        groups += 1;
        expect(value).to.have.property('additionalProperties', false);
      }
      return value;
    });
    expect(groups).to.be.greaterThan(30);
  });

  it('accepts online-quote, and refuses it without its states', () => {
    const validate = createValidator(new Map()).compile(workflowSchema);
    const value = readSource(onlineQuote.text).value as Readonly<Record<string, unknown>>;
    expect(validate(value)).to.deep.equal([]);
    const { states, ...rest } = value;
    expect(states).not.to.equal(undefined);
    expect(validate(rest).map(({ pointer }) => pointer)).to.deep.equal(['/states']);
  });

  it('has patterns that editors can compile, each with its words', () => {
    const patterns = new Set<string>();
    JSON.stringify(workflowSchema, (key, value: unknown) => {
      if (key === 'pattern' && typeof value === 'string') patterns.add(value);
      if (key === 'patternProperties') Object.keys(value as object).forEach((p) => patterns.add(p));
      return value;
    });
    expect(patterns.size).to.be.greaterThan(5);
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern, 'u')).not.to.throw();
      expect(PATTERN_WORDS.has(pattern), pattern).to.equal(true);
    }
  });
});
