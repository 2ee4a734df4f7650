import { expect } from 'chai';
import { CompiledSchemas } from '../../../engine/kernel/validator/compiled-schemas.ts';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';

describe('schemas that were compiled', () => {
  it('are compiled once for the same text', () => {
    const validator = createValidator(new Map());
    const one = validator.compile({ type: 'string', maxLength: 3 });
    expect(validator.compile({ type: 'string', maxLength: 3 })).to.equal(one);
    expect(validator.compile({ type: 'string', maxLength: 4 })).not.to.equal(one);
    expect(one('abcd')).to.have.length(1);
  });

  it('are found again as the same object, and no other', () => {
    const compiled = new CompiledSchemas(() => undefined);
    const [one, other] = [{ maxLength: 3 }, { maxLength: 3 }];
    const validate = (): readonly never[] => [];
    compiled.keep(one, validate);
    expect(compiled.findSame(one)).to.equal(validate);
    expect(compiled.findSame(other)).to.equal(undefined);
    expect(compiled.find(other)).to.equal(validate);
    expect(compiled.findSame(other)).to.equal(validate);
  });

  it('are forgotten in the order in which they were last asked for', () => {
    const forgotten: JsonSchema[] = [];
    const compiled = new CompiledSchemas((schema) => forgotten.push(schema));
    const schemaOf = (limit: number): JsonSchema => ({ maxLength: limit });
    for (let limit = 0; limit < 2_000; limit++) compiled.keep(schemaOf(limit), () => []);
    expect(compiled.find(schemaOf(0))).to.be.a('function');
    compiled.keep(schemaOf(2_000), () => []);
    expect(forgotten).to.deep.equal([schemaOf(1)]);
    expect(compiled.find(schemaOf(1))).to.equal(undefined);
    expect(compiled.find(schemaOf(0))).to.be.a('function');
  });
});
