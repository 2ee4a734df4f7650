import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { CoreView, OperationView } from '../../../engine/kernel/core-view.ts';
import { fileOf } from '../../../engine/kernel/types/file-type.ts';
import { objectOf } from '../../../engine/kernel/types/make-type.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

/** The same core, where an operation says that it takes and gives files. */
function withFiles(): CoreView {
  const found = meridianCore.operations.get('oms.findCustomer');
  if (found === undefined) throw new Error('the fixture has no oms.findCustomer');
  const file = objectOf({ scan: fileOf() });
  const operation: OperationView = { ...found, input: file, output: file };
  return {
    ...meridianCore,
    operations: new Map([...meridianCore.operations, [operation.name, operation]]),
  };
}

const TEXT = `workflow: sample
title: Sample
team: operations
core: 1
data: { plan: { kind: file }, other: { kind: file } }
start: { online: { form: request, audience: public } }
forms:
  request: { title: Request, fields: [{ field: plan, required: true }] }
states:
  ready:
    call: oms.findCustomer
    with: { scan: plan }
    save: { other: result.scan }
    done: { to: ended, set: { other: plan } }
  ended: { final: completed }
`;

describe('files and other systems', () => {
  it('never meet: an operation is given none, and none is taken from it', () => {
    const { problems } = checkSource({ name: 'sample', text: TEXT, files: {} }, withFiles());
    expect(problems.map(({ code, position }) => [code, position?.line])).to.deep.equal([
      ['file-to-operation', 12],
      ['file-from-outside', 13],
    ]);
  });

  it('are asked of no program, in whatever form it is given', () => {
    const text = (required: boolean): string => `workflow: sample
title: Sample
team: operations
core: 1
data: { plan: { kind: file } }
start:
  online: { form: request, audience: public }
  shop: { form: request, audience: api }
forms:
  request: { title: Request, fields: [{ field: plan, required: ${String(required)} }] }
  more: { title: More, fields: [{ field: sketch, kind: file, required: ${String(required)} }] }
states:
  ready:
    task: { assign: { role: sales-rep }, form: request }
    on:
      done: ended
      add: { by: api, form: more, to: ended }
  ended: { final: completed }
`;
    const found = (required: boolean): readonly unknown[] =>
      checkSource({ name: 'sample', text: text(required), files: {} }, meridianCore).problems.map(
        ({ code, position }) => [code, position?.line],
      );
    expect(found(true)).to.deep.equal([
      ['file-by-program', 8],
      ['file-by-program', 17],
    ]);
    expect(found(false)).to.deep.equal([]);
  });
});
