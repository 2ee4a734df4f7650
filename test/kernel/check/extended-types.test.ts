import { expect } from 'chai';
import { readCore } from '../../../engine/governance/core/read-core.ts';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import { fieldSchemas } from '../../../engine/forms/field-schemas.ts';
import { answerKind } from '../../../engine/forms/schema-facets.ts';
import { loadCore } from '../../../engine/runtime/catalogue.ts';
import { WORKSHOP_FILES, sourceOf } from '../fixtures/workshop.ts';

function coreWith(extensible: boolean) {
  const item = (WORKSHOP_FILES.get('types/Item.yaml') ?? '').replace(
    'extensible: false',
    `extensible: ${String(extensible)}`,
  );
  const { core, problems } = readCore(new Map([...WORKSHOP_FILES, ['types/Item.yaml', item]]));
  if (core === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return loadCore(core, '1.1');
}

const OWN =
  'colour: { kind: one of, choices: [red, blue] }, secret: { kind: text, classification: confidential }';

function check(data: string, set: string, extensible = true) {
  const source = sourceOf({
    data: `\n  added: ${data}`,
    forms:
      '\n  more: { title: More, fields: [{ field: added.colour, required: true }, added.pieces] }',
    states: `
  asking: { task: { assign: { role: clerk }, form: more }, on: { done: working } }
  working: { next: { to: keeping, set: { ${set} } } }
  keeping:
    call: records.Item.create
    with: { record: '{"sku": "A1", "pieces": orElse(added.pieces, 1)}' }
    done: ended
    failed: ended
  ended: { final: completed }`,
  });
  const { workflow, problems } = checkSource(source, coreWith(extensible).view);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { workflow, errors: errors.map(({ code, message }) => `${code}: ${message}`) };
}

const ADDED = `{ type: Item, fields: { ${OWN} } }`;

describe('a locked type with fields of a workflow', () => {
  it('has the fields of both, in expressions, forms and the validator', () => {
    const { workflow, errors } = check(ADDED, `note: 'added.colour + orElse(added.label, "")'`);
    expect(errors).to.deep.equal([]);
    const { view, validator } = coreWith(true);
    const schemas = fieldSchemas(workflow?.data ?? [], view);
    const kinds = ['colour', 'pieces'].map((name) => {
      const found = schemas.at(['added', name]);
      return found.ok && answerKind(found.schema);
    });
    expect(kinds).to.deep.equal(['one of', 'whole number']);
    const field = workflow?.data.find(({ name }) => name === 'added');
    const validate = validator.compile(field?.schema ?? true);
    const whole = { sku: 'A1', pieces: 3, colour: 'red' };
    expect(validate(whole)).to.deep.equal([]);
    expect(validate({ ...whole, colour: 'green' })).to.have.length.above(0);
    expect(validate({ ...whole, pieces: 0 })).to.have.length.above(0);
  });

  it('is checked as both say', () => {
    const refused = check(ADDED, `note: 'added.colour == "green" ? "a" : "b"'`).errors;
    expect(refused.join('\n')).to.match(/not-a-choice: "green"/);
    const leak = check(ADDED, `note: 'orElse(added.secret, "")'`).errors;
    expect(leak.join('\n')).to.match(/less-protected: "added.secret" is confidential/);
    const unknown = check(ADDED, `note: added.color`).errors;
    expect(unknown.join('\n')).to.match(/no field "color" in Item. Did you mean "colour"/);
  });

  it('is refused where IT has not said so, where a field is there already, and of no type', () => {
    const set = 'count: 1';
    expect(check(ADDED, set, false).errors[0]).to.match(/^not-extensible: /);
    const taken = `{ type: Item, fields: { ${OWN}, pieces: { kind: text } } }`;
    expect(check(taken, set).errors[0]).to.match(/^field-exists: "Item" has a field "pieces"/);
    const strange = `{ type: Itm, fields: { ${OWN} } }`;
    expect(check(strange, set).errors[0]).to.match(/^unknown-type: .*Did you mean "Item"/);
    expect(check('{ type: Item }', set).errors.join('\n')).to.match(/fields/);
  });
});
