import { expect } from 'chai';
import { TrellisError } from '../../engine/kernel/errors.ts';
import type { FormValues } from '../../engine/kernel/event.ts';
import type { OfferedButton } from '../../engine/kernel/transition/offered-buttons.ts';
import { expectFold } from './fold-history.ts';
import type { Workshop } from './with-workshop.ts';
import { CLERK, DAY, NOW, arrived, load, startSample, withWorkshop } from './with-workshop.ts';

const NOTHING: FormValues = { data: {}, own: {} };

const STATES = `
  working:
    task: { assign: { role: clerk }, form: work }
    on:
      done: ended
      again: { by: { role: clerk }, to: working }
      count: { by: { role: clerk }, form: work, set: { other: 'orElse(count, 0) + other' } }
      depot.arrived:
        - { match: reference, when: message.pieces > 10, to: ended }
        - { set: { other: message.pieces } }
  ended: { final: completed }`;

async function button({ engine }: Workshop, id: string, name: string): Promise<OfferedButton> {
  const { buttons } = await engine.look(id);
  const found = buttons.find((one) => one.button.name === name);
  if (found === undefined) throw new Error(`The case offers no button "${name}".`);
  return found;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'taken';
  } catch (error) {
    if (error instanceof TrellisError) return error.code;
    throw error;
  }
}

describe('buttons and messages under on', () => {
  it('press a button once for one key, and refuse one of an earlier visit', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const { engine, store, catalogue } = workshop;
      const caseId = await startSample(workshop);
      const { state, visit } = await button(workshop, caseId, 'count');
      const form = { data: { count: 2 }, own: {} };
      const pressed = { caseId, state, visit, button: 'count', form, actor: CLERK };
      await engine.buttons.press({ ...pressed, submissionKey: 'k1' });
      await engine.buttons.press({ ...pressed, submissionKey: 'k1' });
      expect((await engine.look(caseId)).data).to.include({ count: 2, other: 9 });
      const other = { ...pressed, form: { data: { count: 3 }, own: {} }, submissionKey: 'k1' };
      expect(await codeOf(engine.buttons.press(other))).to.equal('submission-reused');
      const wrong = { ...pressed, form: { data: { count: 300 }, own: {} } };
      expect(await codeOf(engine.buttons.press(wrong))).to.equal('form-refused');
      const again = { ...pressed, button: 'again', form: NOTHING };
      await engine.buttons.press(again);
      expect(await codeOf(engine.buttons.press(again))).to.equal('button-gone');
      await engine.idle();
      const tasks = await store.worklist.tasksOfCase(caseId);
      expect(tasks.map(({ status }) => status)).to.deep.equal(['called-off', 'open']);
      await expectFold(store, catalogue, caseId);
    }));

  it('take early messages, several in a row, and none after the state was left', () =>
    withWorkshop({ workflows: [{ states: STATES }] }, async (workshop) => {
      const { engine, store, clock, catalogue } = workshop;
      await engine.receive(arrived('S-1', 3, NOW));
      clock.advance(DAY / 2);
      const caseId = await startSample(workshop);
      const { reference } = await load(workshop, caseId);
      expect(reference).to.equal('S-1');
      expect((await engine.look(caseId)).data['other']).to.equal(3);
      await engine.receive(arrived('S-1', 4, clock.now()));
      await engine.receive(arrived('S-2', 9, clock.now()));
      expect((await engine.look(caseId)).data['other']).to.equal(4);
      await engine.receive(arrived('S-1', 11, clock.now()));
      await engine.receive(arrived('S-1', 12, clock.now()));
      await engine.idle();
      expect(await load(workshop, caseId)).to.include({ status: 'finished' });
      const kept = await store.messages.kept('depot.arrived', 'S-1', clock.now());
      expect(kept.map(({ id }) => id)).to.deep.equal(['m-12']);
      expect(await store.messages.waiting('depot.arrived', 'S-1')).to.deep.equal([]);
      await expectFold(store, catalogue, caseId);
    }));
});
