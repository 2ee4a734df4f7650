import { expect } from 'chai';
import { createConnectors } from '../../engine/connectors/create-connectors.ts';
import type { CaseContext } from '../../engine/kernel/compile/case-context.ts';
import type { Connectors } from '../../engine/ports/connector.ts';
import type { StoredCase } from '../../engine/ports/step.ts';
import { secretsOf } from '../connectors/support.ts';
import { workshopCore } from '../kernel/fixtures/workshop.ts';
import type { Workshop } from './with-workshop.ts';
import { MINUTE, load, startSample, withWorkshop } from './with-workshop.ts';

const KEEPING = {
  states: `
  keeping:
    call: records.Item.create
    with: { record: '{"sku": "A1", "pieces": orElse(item.pieces, 1), "label": orElse(note, "")}' }
    save: { item: result.record, other: result.version }
    done: counting
    failed: { to: refused, set: { note: error.code } }
  counting:
    call: records.Item.update
    with: { sku: item.sku, pieces: 7 }
    save: { item: result.record, other: result.version }
    done: kept
    failed: { to: refused, set: { note: error.code } }
  kept: { final: completed }
  refused: { final: refused }`,
};

/** The records of the company on the store of the test. */
function recordsOf({ store, clock }: Workshop): Connectors {
  const { core, validator } = workshopCore();
  return createConnectors({
    ...{
      records: store.records,
      release: '1.1',
      reference: new Map(),
      timeZone: 'UTC',
      clock,
      environment: 'test',
    },
    manifests: [...core.connectors.values()].filter(({ kind }) => kind === 'records'),
    ...{ destinations: new Map(), secrets: secretsOf({}) },
    compile: (schema) => validator.compile(schema),
  });
}

function ended({ snapshot, outcome }: StoredCase) {
  const { context } = JSON.parse(snapshot) as { readonly context: Pick<CaseContext, 'data'> };
  return { outcome, data: context.data };
}

const DATA = { item: { pieces: 3 }, note: 'Bolt' };

describe('a case that keeps records', () => {
  it('writes each of them once, however often an answer is lost', () =>
    withWorkshop({ workflows: [KEEPING] }, async (workshop) => {
      const { engine, clock, connectors, store } = workshop;
      const records = recordsOf(workshop);
      let lost = 0;
      for (const operation of ['records.Item.create', 'records.Item.update']) {
        connectors.answer(operation, async (call) => {
          const answer = await records.call(call);
          if (call.earlier === 'unsure') return answer;
          lost += 1;
          return { kind: 'retry', code: 'lost', message: 'The answer was lost.' };
        });
      }
      const id = await startSample(workshop, 'sample', DATA);
      for (let round = 0; round < 4; round++) {
        clock.advance(MINUTE);
        await engine.idle();
      }
      expect(lost).to.equal(2);
      const { outcome, data } = ended(await load(workshop, id));
      expect(outcome).to.equal('completed');
      const value = { sku: 'A1', pieces: 7, label: 'Bolt' };
      expect(data['item']).to.deep.equal(value);
      expect(await store.records.get('Item', 'A1')).to.deep.include({ version: 2, value });
    }));

  it('goes on by "failed" where a record cannot be written', () =>
    withWorkshop({ workflows: [KEEPING] }, async (workshop) => {
      const records = recordsOf(workshop);
      for (const operation of ['records.Item.create', 'records.Item.update'])
        workshop.connectors.answer(operation, (call) => records.call(call));
      await startSample(workshop, 'sample', DATA);
      const second = await startSample(workshop, 'sample', DATA);
      const { outcome, data } = ended(await load(workshop, second));
      expect(outcome).to.equal('refused');
      expect(data['note']).to.equal('record-exists');
    }));
});
