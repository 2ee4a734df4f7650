import { expect } from 'chai';
import { compileFormula } from '../../../engine/kernel/compile/formula.ts';
import { compileWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import { asText, defaultLanguage } from '../../../engine/kernel/compile/mails.ts';
import { answer, enter, leave, visitOf } from '../../../engine/kernel/compile/visits.ts';
import { put } from '../../../engine/kernel/compile/writes.ts';
import type { CaseContext } from '../../../engine/kernel/compile/case-context.ts';
import { TrellisError } from '../../../engine/kernel/errors.ts';
import { restore } from '../../../engine/kernel/transition/live-case.ts';
import { compiled, workshopCore } from '../fixtures/workshop.ts';
import { momentAt, NOW } from '../transition/play.ts';

const ENDED = 'ended: { final: completed }';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof TrellisError ? error.code : String(error);
  }
  return 'nothing';
}

describe('compiling', () => {
  const sound = compiled({ states: `\n  ${ENDED}` });

  /** The same workflow with one part changed behind the checker's back. */
  function withPart(part: object): CompiledWorkflow {
    const core = workshopCore();
    return compileWorkflow({ ...sound.workflow, ...part }, core.view, core.validator);
  }

  it('refuses a formula that was not checked, and says where it stands', () => {
    const expression = { path: ['states', 'x'], source: 'nothing + 1' };
    expect(codeOf(() => compileFormula(expression, {}))).to.equal('not-checked');
    expect(() => compileFormula(expression, {})).to.throw('states.x');
  });

  it('refuses a decision, a message and a text that are not there', () => {
    const { root } = compiled({
      states: `
  first: { decide: size, next: ended }
  ${ENDED}`,
      decisions: `
  size:
    hit: first
    inputs: { pieces: 'orElse(item.pieces, 0)' }
    outputs: { id: { kind: text } }
    rules: [{ pieces: '-', id: small }]`,
    }).workflow;
    expect(codeOf(() => withPart({ root }))).to.equal('not-checked');
    const asking = compiled({
      states: `
  first: { ask: { form: answer, to: email, message: question }, on: { accept: ended, refuse: ended } }
  ${ENDED}`,
    }).workflow;
    expect(codeOf(() => withPart({ root: asking.root }))).to.equal('not-checked');
    const messages = asking.messages.map((message) => ({ ...message, body: '{{#each' }));
    expect(codeOf(() => withPart({ root: asking.root, messages }))).to.equal('not-checked');
  });

  it('evaluates nothing outside of a step', () => {
    expect(codeOf(() => sound.compilation.moment())).to.equal('no-moment');
    expect(sound.compilation.during(momentAt(NOW), () => sound.compilation.moment().now)).to.equal(
      NOW,
    );
    expect(codeOf(() => sound.compilation.moment())).to.equal('no-moment');
  });

  it('knows no stored case of another format', () => {
    const state = { format: 99, xstate: '9', machine: {} } as never;
    expect(codeOf(() => restore(state, sound))).to.equal('snapshot-format');
  });

  it('takes the first language of a text', () => {
    expect([defaultLanguage('Hello'), defaultLanguage({ en: 'Hello', de: 'Hallo' })]).to.deep.equal(
      ['Hello', 'Hello'],
    );
    expect([defaultLanguage({}), asText(null), asText('x')]).to.deep.equal(['', '', 'x']);
  });
});

describe('putting a value at a path', () => {
  it('leaves the original as it is, makes what is missing and takes away what is emptied', () => {
    const data = { a: { b: 1 }, c: 2 };
    expect(put(data, ['a', 'd'], 3)).to.deep.equal({ a: { b: 1, d: 3 }, c: 2 });
    expect(put(data, ['c', 'd'], 3)).to.deep.equal({ a: { b: 1 }, c: { d: 3 } });
    expect(put(data, ['a', 'b'], null)).to.deep.equal({ a: {}, c: 2 });
    expect(put(data, [], 3)).to.equal(data);
    expect(data).to.deep.equal({ a: { b: 1 }, c: 2 });
  });
});

describe('the visits of a case', () => {
  const empty: CaseContext = {
    identity: { id: 'c', reference: 'R', starter: { kind: 'public', id: 'p', name: 'P' } },
    ...{ data: {}, visits: {}, open: {}, completedBy: {}, ledger: [], running: [], undos: 0 },
  };

  it('are counted by state', () => {
    expect(visitOf(enter(enter(empty, 'a'), 'a'), 'a')).to.equal(2);
  });

  it('change nothing of a state that the case is not in', () => {
    expect(leave(empty, 'a')).to.equal(empty);
    expect(answer(empty, 'a')).to.equal(empty);
    expect(visitOf(empty, 'a')).to.equal(0);
  });
});
