import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { CoreView } from '../../../engine/kernel/core-view.ts';
import { sourceOf, workshopCore } from '../fixtures/workshop.ts';

/** The errors of a workflow that calls an operation on records, each with its line. */
function errorsOf(call: string, write: readonly string[] = ['Item']): readonly string[] {
  const source = sourceOf({
    states: `
  calling:
    ${call}
    done: ended
    failed: ended
  ended: { final: completed }`,
  });
  const { view } = workshopCore();
  const core: CoreView = { ...view, grants: view.grants.map((grant) => ({ ...grant, write })) };
  return checkSource(source, core)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('a call of an operation on records', () => {
  it('is right where it has the key, fields of the type, and leave to write them', () => {
    const rights = [
      'call: records.Item.find\n    with: { pieces: count, atMost: 3 }\n    save: { items: result.records }',
      'call: records.Item.get\n    with: { sku: \'"A1"\' }\n    save: { item: result.record, count: result.version }',
      'call: records.Item.update\n    with: { sku: \'"A1"\', pieces: count, ifVersion: 3 }',
      'call: records.Item.create\n    with: { record: \'{"sku": "A1", "pieces": orElse(count, 1)}\' }',
    ];
    for (const call of rights) expect(errorsOf(call), call).to.deep.equal([]);
  });

  it('is refused without its key, with a field of another kind, or of no name', () => {
    const [missing = ''] = errorsOf('call: records.Item.get');
    expect(missing).to.match(/^input-missing: .*needs "sku" \(text\)/);
    const [unknown = ''] = errorsOf('call: records.Item.find\n    with: { pieecs: count }');
    expect(unknown).to.match(/^unknown-input: .*Did you mean "pieces"/);
    const [kind = ''] = errorsOf('call: records.Item.find\n    with: { pieces: note }');
    expect(kind).to.match(/^wrong-kind/);
    const [name = ''] = errorsOf('call: records.Itm.find');
    expect(name).to.match(/^unknown-operation: .*Did you mean "records.Item.find"/);
  });

  it('needs leave to write each field that it gives, and none for the key that it is told', () => {
    const update =
      'call: records.Item.update\n    with: { sku: \'"A1"\', pieces: count, label: note }';
    const [refused = '', ...others] = errorsOf(update, ['Item.pieces']);
    expect(refused).to.match(/^not-granted: .*write "Item.label"/);
    expect(others.filter((error) => error.startsWith('not-granted'))).to.deep.equal([]);
    const create =
      'call: records.Item.create\n    with: { record: \'{"sku": "A1", "pieces": orElse(count, 1)}\' }';
    expect(errorsOf(create, ['Item.pieces']).join('\n')).to.match(/not-granted: .*"Item.sku"/);
    expect(
      errorsOf('call: records.Item.find\n    with: { pieces: count }', ['Item.pieces']),
    ).to.deep.equal([]);
  });
});
