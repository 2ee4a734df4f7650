import { expect } from 'chai';
import { ForceDesk } from '../../../engine/runtime/publishing/force-desk.ts';
import { grantUsers } from '../../../engine/runtime/grants/grant-impact.ts';
import {
  fieldsToBeWritten,
  fieldsWritten,
  grantsToWrite,
} from '../../../engine/runtime/grants/written-fields.ts';
import { ok } from '../fake-connectors.ts';
import { workshopCore } from '../../kernel/fixtures/workshop.ts';
import { CLERK, load, startSample, withWorkshop } from '../with-workshop.ts';

const KEEPING = {
  states: `
  keeping:
    call: records.Item.create
    with: { record: '{"sku": "A1", "pieces": orElse(item.pieces, 1)}' }
    save: { other: result.version }
    done: kept
    failed: refused
  kept: { final: completed }
  refused: { final: refused }`,
};
const KEY = { kind: 'grant', name: 'office', part: 'Item' } as const;
const CREATE = 'records.Item.create';

function operation(name: string) {
  const found = workshopCore().view.operations.get(name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

describe('fields that a team may write', () => {
  it('stop what writes them into a record once they are revoked, and let it go on afterwards', () =>
    withWorkshop({ workflows: [KEEPING] }, async (workshop) => {
      const { engine, store, clock, connectors, catalogue } = workshop;
      const record = { sku: 'A1', pieces: 3 };
      connectors.answer(CREATE, () => Promise.resolve(ok({ record, version: 1 })));
      const desk = new ForceDesk({ store, clock, inForce: engine.inForce });
      const users = await grantUsers('office', 'Item', { catalogue, worklist: store.worklist });
      expect(users.map(({ workflow }) => workflow)).to.deep.equal(['sample']);
      await desk.takeOut({ key: KEY, actor: CLERK, reason: 'The stock is counted.' });
      clock.advance(3_000);
      const caseId = await startSample(workshop, 'sample', { item: { pieces: 3 } });
      expect(connectors.calls.filter((call) => call.operation === CREATE)).to.deep.equal([]);
      const [incident] = await store.incidents.ofCase(caseId);
      expect(incident).to.include({ code: 'grant-revoked' });
      expect(incident?.message).to.contain('"Item.').and.to.contain('The stock is counted.');
      await desk.putBack({ key: KEY, actor: CLERK, reason: 'It is counted.' });
      clock.advance(3_000);
      await engine.retryIncident(incident?.id ?? '', CLERK);
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ outcome: 'completed' });
    }));

  it('are those that are given, but for what names the record', () => {
    const create = operation(CREATE);
    expect(fieldsWritten(create, { record: { sku: 'A1', pieces: 1 } })).to.deep.equal([
      'Item.sku',
      'Item.pieces',
    ]);
    expect(fieldsWritten(create, { record: { sku: 'A1' } })).to.deep.equal(['Item.sku']);
    const update = operation('records.Item.update');
    expect(fieldsWritten(update, { sku: 'A1', pieces: null })).to.deep.equal(['Item.pieces']);
    expect(fieldsToBeWritten(update, ['sku', 'label'])).to.deep.equal(['Item.label']);
    expect(fieldsToBeWritten(create, ['record'])).to.include.members(['Item.sku', 'Item.pieces']);
    for (const name of ['records.Item.get', 'depot.take'])
      expect(fieldsToBeWritten(operation(name), ['sku', 'item', 'pieces']), name).to.deep.equal([]);
  });

  it('are granted by their own name, or by that of their type', () => {
    const [grant] = workshopCore().view.grants;
    if (grant === undefined) throw new Error('Nothing is granted.');
    const core = { grants: [grant, { ...grant, write: ['Item.pieces', 'Items'] }] };
    const names = (team: string, field: string) =>
      grantsToWrite(core, team, field).map(({ name }) => name);
    expect(names('office', 'Item.pieces')).to.deep.equal(['Item', 'Item.pieces']);
    expect(names('office', 'Item.sku')).to.deep.equal(['Item']);
    expect(names('other', 'Item.sku')).to.deep.equal([]);
  });
});
