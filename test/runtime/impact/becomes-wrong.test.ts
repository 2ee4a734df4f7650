import { expect } from 'chai';
import fc from 'fast-check';
import { createValidator } from '../../../engine/kernel/validator/validator.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { becomesWrong } from '../../../engine/runtime/impact/becomes-wrong.ts';

const validator = createValidator(new Map());
const object = (properties: object, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const OLD = object({ id: { type: 'string' }, code: { type: 'string', maxLength: 9 } }, ['id']);

function wrong(value: object, now: JsonSchema, old = OLD): unknown {
  const [was, is] = [validator.compile(old), validator.compile(now)];
  return becomesWrong('thing', value as never, { was, is });
}

describe('a stored value that a new type refuses', () => {
  it('is told by its field and what it must be', () => {
    const now = object({ id: { type: 'string' }, code: { type: 'string', maxLength: 3 } }, ['id']);
    expect(wrong({ id: '1', code: 'abcd' }, now)).to.deep.include({ field: 'thing.code' });
    expect(wrong({ id: '1', code: 'abc' }, now)).to.equal(undefined);
  });

  it('is one that lacks a field which must be there now, where it was whole', () => {
    const now = object({ id: { type: 'string' }, code: { type: 'string' } }, ['id', 'code']);
    expect(wrong({ id: '1' }, now)).to.deep.include({ field: 'thing.code' });
    expect(wrong({}, now), 'still being filled').to.equal(undefined);
  });

  it('is also one that is still being filled, for what it has', () => {
    const now = object({ id: { type: 'string' }, code: { type: 'number' } }, ['id']);
    expect(wrong({ code: 'abc' }, now)).to.deep.include({ field: 'thing.code' });
  });

  it('is none where nothing changed, whatever the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('id', 'code', 'x'), fc.jsonValue()), (value) => {
        expect(wrong(value, OLD)).to.equal(undefined);
      }),
    );
  });
});
