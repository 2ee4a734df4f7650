import { expect } from 'chai';
import fc from 'fast-check';
import { caseTimers } from '../../../engine/kernel/transition/move-timer.ts';
import type { CaseEvent } from '../../../engine/kernel/event.ts';
import { DAY, HOUR, MANAGER, NOW, play } from './play.ts';
import type { Play } from './play.ts';

const ENDED = 'ended: { final: completed }';

function move(to: number, timer = '0', visit = 1): CaseEvent {
  const work = { kind: 'timer', state: 'asking', visit, timer, at: to } as const;
  return { kind: 'modify', reason: 'They asked.', actor: MANAGER, set: [], work };
}

function asking(more: string, data = ''): Play {
  return play({
    data,
    states: `
  asking:
    task: { assign: { role: clerk }, form: work, escalate: [{ after: 1 days, assign: { role: manager } }, { after: 2 days, assign: { role: clerk } }] }
    on: { done: ended, more: { to: asking } }
    ${more}
  ${ENDED}`,
  });
}

describe('timers that staff move', () => {
  it('fire at the time that they were moved to, and not when they would have', () => {
    const its = asking('after: { 3 days: ended }');
    const before = its.timerEvent('asking');
    its.take(move(NOW + 5 * DAY));
    expect(its.effects).to.deep.equal(['stop-timer asking#1 0', 'timer asking#1 0']);
    expect(its.refusal(before)).to.equal('stale');
    its.now = NOW + 5 * DAY;
    its.timer('asking');
    expect(its.states).to.deep.equal(['ended']);
  });

  it('follow their value again when it changes, and not before', () => {
    const its = play({
      states: `
  asking:
    states:
      first: { task: { assign: { role: clerk }, form: work }, on: { note: { to: first, set: { note: '"x"' } }, more: { to: first, set: { other: other + 1 } } } }
    after: [{ at: 'addDays(today(), other)', to: ended }]
  ${ENDED}`,
    });
    its.take(move(NOW + 20 * DAY));
    its.complete('asking/first', 'note');
    expect(its.timerIn('asking')?.at).to.equal(NOW + 20 * DAY);
    its.complete('asking/first', 'more');
    expect(its.timerIn('asking')?.at).to.equal(Date.parse('2027-03-09T00:00Z'));
  });

  it('let every rung of an escalation fire once, in whatever order', () => {
    const its = asking('');
    its.take(move(NOW + 4 * DAY, 'escalate-0'));
    expect(its.effects[0]).to.equal('stop-timer asking#1 escalate-0');
    its.now = NOW + 2 * DAY;
    const second = its.timerEvent('asking', 'escalate-1');
    its.take(second);
    expect(its.asked('reassign')).to.have.length(1);
    expect(its.refusal(second)).to.equal('stale');
    its.now = NOW + 4 * DAY;
    const first = its.timerEvent('asking', 'escalate-0');
    its.take(first);
    expect(its.asked('reassign')).to.have.length(1);
    expect(its.refusal(first)).to.equal('stale');
    expect(caseTimers(its.result.case)).to.deep.equal([]);
  });

  it('go on from where they were moved to, where they repeat', () => {
    const its = asking('after: [{ every: 1 days, atMost: 3, set: { other: other + 1 } }]');
    its.take(move(NOW + 6 * HOUR));
    its.now = NOW + 6 * HOUR;
    its.timer('asking');
    expect(its.timerIn('asking')?.at).to.equal(NOW + 6 * HOUR + DAY);
  });

  it('let every rung fire once, however often they are moved', () => {
    const moves = fc.array(
      fc.record({ rung: fc.nat({ max: 1 }), hours: fc.integer({ min: 1, max: 200 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(moves, (all) => {
        const its = asking('');
        const fired: string[] = [];
        const passTo = (until: number): void => {
          for (;;) {
            const [next] = caseTimers(its.result.case);
            if (next?.at === undefined || next.at > until) break;
            its.now = next.at;
            its.timer('asking', next.timer);
            fired.push(next.timer, ...its.asked('reassign').map(() => 'reassigned'));
          }
          its.now = until;
        };
        for (const { rung, hours } of all) {
          const event = move(its.now + hours * HOUR, `escalate-${rung}`);
          if (its.refusal(event) === 'taken') its.take(event);
          passTo(its.now + 9 * HOUR);
        }
        passTo(its.now + 400 * HOUR);
        expect([...fired].sort()).to.deep.equal([
          'escalate-0',
          'escalate-1',
          'reassigned',
          'reassigned',
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('are listed in their order', () => {
    const its = asking('after: { 36 hours: ended }');
    expect(caseTimers(its.result.case).map(({ timer, at = 0 }) => [timer, at - NOW])).to.deep.equal(
      [
        ['escalate-0', DAY],
        ['0', 36 * HOUR],
        ['escalate-1', 2 * DAY],
      ],
    );
  });

  it('are not moved into the past, after their visit, or while they do not run', () => {
    const its = asking(
      'after: [{ at: day, to: ended }, { in: 1 days, to: ended }]',
      '\n  day: { kind: date }',
    );
    expect(its.refusal(move(NOW, '1'))).to.equal('not-possible');
    expect(its.refusal(move(NOW + DAY, '0'))).to.equal('not-possible');
    expect(its.refusal(move(NOW + DAY, '7'))).to.equal('not-possible');
    expect(its.refusal(move(1e16, '1'))).not.to.equal('taken');
    its.complete('asking', 'more');
    expect(its.refusal(move(NOW + 5 * DAY, '1'))).to.equal('not-possible');
    its.take(move(NOW + 5 * DAY, '1', 2));
    its.complete('asking', 'done');
    expect(its.refusal(move(NOW + 5 * DAY, '1', 2))).to.equal('not-possible');
  });
});
