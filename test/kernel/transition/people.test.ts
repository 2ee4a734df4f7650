import { expect } from 'chai';
import { CLERK, DAY, HOUR, MANAGER, NOW, play, playUnchecked } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';

describe('work for people', () => {
  it('opens a task with its title, role, due time and who may not do it', () => {
    const its = play(`
  checking:
    task:
      title: Check {{reference}} for {{email}}
      assign: { role: clerk }
      form: work
      due: 8 business hours
      escalate: [{ after: 1 days, assign: { role: manager } }]
      notBy: [starter]
    on: { done: ended }
  ${ENDED}`);
    expect(its.asked('task')).to.deep.equal([
      {
        kind: 'task',
        state: 'checking',
        visit: 1,
        title: 'Check S-1 for a@ada.example',
        form: 'work',
        assignment: { kind: 'roles', roles: ['clerk'], pick: 'claim' },
        notBy: ['public'],
        due: NOW + 8 * HOUR,
      },
    ]);
    expect(its.asked('timer')).to.deep.equal([
      { kind: 'timer', state: 'checking', visit: 1, timer: 'escalate-0', at: NOW + DAY },
    ]);
  });

  it('takes what the form gives, and what its outcome sets', () => {
    const its = play(`
  checking:
    ${TASK}
    on: { done: { to: ended, set: { other: 'orElse(count, 0) + 1', id: 'actor.id', note: form.remark } } }
  ${ENDED}`);
    its.complete('checking', 'done', { data: { count: 4 }, own: { remark: 'Well' } }, MANAGER);
    expect(its.data).to.include({ count: 4, other: 5, id: 'u2', note: 'Well' });
    expect(its.effects).to.deep.equal(['finish completed']);
  });

  it('refuses a form that does not fit, with every place', () => {
    const its = play(`
  checking:
    ${TASK}
    on: { done: ended }
  ${ENDED}`);
    const given = { data: { count: 101, item: { pieces: 1 } }, own: { remark: 'x'.repeat(21) } };
    const refused = its.offer(its.outcome('checking', 'done', given));
    expect(refused).to.include({ kind: 'refused', code: 'refused-data' });
    const errors = refused.kind === 'refused' ? refused.errors : [];
    expect(errors?.map(({ field }) => field)).to.deep.equal(['item', 'count', 'form.remark']);
  });

  it('refuses an outcome that the state does not have, and one that no rule takes now', () => {
    const its = play(`
  checking:
    ${TASK}
    on: { done: ended, early: { when: 'orElse(count, 0) > 3', to: ended } }
  ${ENDED}`);
    expect(its.refusal(its.outcome('checking', 'other'))).to.equal('unknown-outcome');
    expect(its.refusal(its.outcome('checking', 'early'))).to.equal('unknown-outcome');
    expect(its.refusal(its.outcome('ended', 'done'))).to.equal('stale');
    its.complete('checking', 'early', { data: { count: 4 } });
    expect(its.result.outcome).to.equal('completed');
  });

  it('refuses an outcome that no rule takes though its form lets another region go on', () => {
    const its = playUnchecked(`
  both:
    parallel:
      people:
        states:
          checking:
            ${TASK}
            on: { done: over, early: { when: '1 > 2', to: over } }
          over: { final: true }
      watching:
        states:
          waiting: { next: [{ when: count > 5, to: over }], after: { 1 days: over } }
          over: { final: true }
    done: ended
  ${ENDED}`);
    const early = its.outcome('both/people/checking', 'early', { data: { count: 9 } });
    expect(its.refusal(early)).to.equal('unknown-outcome');
  });

  it('does not let an answer come twice, nor to another kind of work', () => {
    const its = play(`
  asking:
    ask: { form: answer, to: email, message: question }
    on: { accept: taking, refuse: ended }
  taking: { call: depot.take, with: { what: email }, done: ended }
  ${ENDED}`);
    const [ask] = its.asked('ask');
    expect(ask?.mail).to.include({ message: 'question', to: 'a@ada.example' });
    const twice = its.outcome('asking', 'accept');
    its.take(twice);
    // The mail may still have to be sent: it is called off with the visit.
    expect(its.effects).to.deep.equal(['stop asking#1 (none)', 'call taking#1']);
    expect(its.refusal(twice)).to.equal('stale');
    expect(its.refusal(its.outcome('taking', 'accept'))).to.equal('unknown-outcome');
  });

  describe('notBy', () => {
    const four = () =>
      play(`
  first:
    ${TASK}
    on: { done: second }
  second:
    task: { assign: { role: clerk }, form: work, notBy: [starter, first] }
    on: { back: first, done: ended }
  ${ENDED}`);

    it('excludes whoever completed an earlier state, in any of its visits', () => {
      const its = four().complete('first', 'done', {}, CLERK);
      expect(its.asked('task')[0]?.notBy).to.deep.equal(['public', 'u1']);
      expect(its.refusal(its.outcome('second', 'done', {}, CLERK))).to.equal('not-by');
      its.complete('second', 'back', {}, MANAGER).complete('first', 'done', {}, MANAGER);
      expect(its.asked('task')[0]?.notBy).to.deep.equal(['public', 'u1', 'u2']);
      expect(its.refusal(its.outcome('second', 'done', {}, CLERK))).to.equal('not-by');
      expect(its.refusal(its.outcome('second', 'done', {}, MANAGER))).to.equal('not-by');
      its.complete('second', 'done', {}, { kind: 'staff', id: 'u3', name: 'Cy' });
      expect(its.result.outcome).to.equal('completed');
    });
  });

  describe('escalation', () => {
    const escalating = () =>
      play(`
  checking:
    task:
      assign: { role: clerk }
      form: work
      escalate: [{ after: 1 days, assign: { role: manager } }]
    on: { done: ended, seen: { set: { other: other + 1 } } }
    next: [{ when: 'date(now) >= date("2027-03-03")', to: ended }]
    after: { 9 days: ended }
  ${ENDED}`);

    it('hands the task to another role and keeps it', () => {
      const its = escalating().timer('checking', 'escalate-0');
      expect(its.effects).to.deep.equal(['reassign checking#1']);
      its.complete('checking', 'done');
      expect(its.result.outcome).to.equal('completed');
    });

    it('is a step like any other: what waits is read again', () => {
      const its = escalating();
      its.now += 2 * DAY;
      its.timer('checking', 'escalate-0');
      expect(its.effects).to.deep.equal(['stop checking#1 (task)', 'finish completed']);
    });

    it('does not open a task again that is done', () => {
      const its = escalating();
      const late = its.timerEvent('checking', 'escalate-0');
      its.complete('checking', 'seen');
      expect(its.effects).to.include('stop-timer checking#1 escalate-0');
      expect(its.refusal(late)).to.equal('stale');
    });
  });

  describe('a task that its outcome does not leave', () => {
    const staying = () =>
      play(`
  checking:
    ${TASK}
    on:
      checked: { set: { other: other + 1 } }
    next: [{ when: 'orElse(flag, false)', to: ended }]
    after: { 1 days: ended }
  ${ENDED}`);

    it('is over: nobody can complete it a second time', () => {
      const its = staying().complete('checking', 'checked');
      expect(its.states).to.deep.equal(['checking']);
      expect(its.data['other']).to.equal(8);
      expect(its.refusal(its.outcome('checking', 'checked'))).to.equal('stale');
      expect(its.timer('checking').effects).to.deep.equal([
        'stop checking#1 (none)',
        'finish completed',
      ]);
    });

    it('is left by what its outcome made true', () => {
      const its = staying().complete('checking', 'checked', { data: { flag: true } });
      expect(its.result.outcome).to.equal('completed');
    });
  });
});
