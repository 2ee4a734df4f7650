import { expect } from 'chai';
import type { Refusal, StepResult } from '../../../engine/kernel/transition/step-result.ts';
import { transition } from '../../../engine/kernel/transition/transition.ts';
import { DAY, HOUR, NOW, play } from './play.ts';
import type { Play } from './play.ts';

const TASK = 'task: { assign: { role: clerk }, form: work }';
const ENDED = 'ended: { final: completed }';
const DATA = `
  day: { kind: date }
  time: { kind: date-time }
  span: { kind: duration }`;

/** A case in which people can change what the timers around their task follow. */
function following(timers: string, sets: Readonly<Record<string, string>>): Play {
  const rules = Object.entries(sets).map(
    ([event, set]) => `${event}: { to: asking, set: { ${set} } }`,
  );
  return play({
    data: DATA,
    states: `
  waiting:
    states:
      asking: { ${TASK}, on: { ${[...rules, 'done: over'].join(', ')} } }
      over: { final: true }
    done: ended
    after: [${timers}]
  ${ENDED}`,
  });
}

/** The effects of the last step that are about timers. */
function ofTimers(its: Play): readonly string[] {
  return its.effects.filter((effect) => effect.includes('timer'));
}

/** When the first timer of the state fires, as a text. */
function due(its: Play, state = 'waiting', timer = '0'): string | undefined {
  const at = its.timerIn(state, timer)?.at;
  return at === undefined ? undefined : new Date(at).toISOString();
}

describe('timers', () => {
  it('never fire early, by the clock of whoever fires them', () => {
    const its = following('{ at: now + hours(3), to: ended }', {});
    const event = its.timerEvent('waiting');
    const fireAt = (now: number): StepResult | Refusal =>
      transition(its.compiled, its.result.case, event, { ...its.moment(), now });
    expect(fireAt(NOW + 3 * HOUR - 1)).to.include({ kind: 'refused', code: 'early' });
    expect(fireAt(NOW + 3 * HOUR)).to.include({ kind: 'stepped' });
  });

  it('fire at a date-time, and at the first instant of a date in the zone of the company', () => {
    const its = following(`{ at: 'date("2027-07-01")', to: ended }`, {});
    expect(due(its)).to.equal('2027-06-30T23:00:00.000Z');
    const soon = following(`{ at: now + hours(3), to: ended }`, {});
    expect(due(soon)).to.equal('2027-03-01T12:00:00.000Z');
  });

  it('take `now` and `today()` for the moment at which they began', () => {
    const its = following(`{ at: 'addDays(today(), other)', to: ended }`, {
      more: 'other: other + 1',
      note: `note: '"x"'`,
    });
    expect(due(its)).to.equal('2027-03-08T00:00:00.000Z');
    its.now += 2 * DAY;
    its.complete('waiting/asking', 'note');
    expect(ofTimers(its)).to.deep.equal([]);
    its.complete('waiting/asking', 'more');
    expect(ofTimers(its)).to.deep.equal(['stop-timer waiting#1 0', 'timer waiting#1 0']);
    expect(due(its)).to.equal('2027-03-09T00:00:00.000Z');
  });

  it('rest while what they follow is empty, and begin when it has a value', () => {
    const its = following(`{ at: day, to: ended }`, {
      give: `day: 'date("2027-04-01")'`,
      empty: `day: 'null'`,
    });
    expect(ofTimers(its)).to.deep.equal([]);
    its.complete('waiting/asking', 'give');
    expect(ofTimers(its)).to.deep.equal(['timer waiting#1 0']);
    its.complete('waiting/asking', 'empty');
    expect(ofTimers(its)).to.deep.equal(['stop-timer waiting#1 0']);
    expect(its.timerIn('waiting')?.at).to.equal(undefined);
  });

  it('count a span from the beginning of the visit when it changes', () => {
    const its = following(`{ in: span, to: ended }`, {
      short: `span: hours(2)`,
      long: `span: hours(50)`,
    });
    its.now += 5 * HOUR;
    its.complete('waiting/asking', 'long');
    expect(its.timerIn('waiting')?.at).to.equal(NOW + 50 * HOUR);
    its.complete('waiting/asking', 'short');
    expect(its.timerIn('waiting')?.at).to.equal(NOW + 2 * HOUR);
    expect(its.timer('waiting').result.outcome).to.equal('completed');
  });

  it('are refused as they were set before they moved', () => {
    const its = following(`{ in: 'hours(other)', to: ended }`, { more: 'other: other + 1' });
    const before = its.timerEvent('waiting');
    its.complete('waiting/asking', 'more');
    expect(its.refusal(before)).to.equal('stale');
    expect(its.timer('waiting').result.outcome).to.equal('completed');
  });

  it('count in the working time of a calendar', () => {
    const its = following(
      `{ in: 10 hours, calendar: support, to: ended }, { in: 'hours(13)', calendar: support, to: ended }, { in: 10 business hours, to: ended }, { in: 17 days, calendar: support, to: ended }`,
      {},
    );
    expect(due(its)).to.equal('2027-03-01T19:00:00.000Z');
    expect(due(its, 'waiting', '1')).to.equal('2027-03-02T10:00:00.000Z');
    expect(due(its, 'waiting', '2')).to.equal('2027-03-02T11:00:00.000Z');
    expect(due(its, 'waiting', '3'), 'the 17th of March is a holiday').to.equal(
      '2027-03-19T09:00:00.000Z',
    );
  });

  describe('that repeat', () => {
    const repeating = (timer: string): Play => following(timer, {});

    it('fire again and again, without drift', () => {
      const its = repeating(`{ every: 1 months, set: { other: other + 1 } }`);
      const fired: (string | undefined)[] = [];
      for (let round = 0; round < 3; round += 1) {
        fired.push(due(its));
        its.now = (its.timerIn('waiting')?.at ?? 0) + 7 * HOUR;
        its.timer('waiting');
        expect(ofTimers(its)).to.deep.equal(['timer waiting#1 0']);
      }
      expect(fired).to.deep.equal([
        '2027-04-01T08:00:00.000Z',
        '2027-05-01T08:00:00.000Z',
        '2027-06-01T08:00:00.000Z',
      ]);
      expect(its.data['other']).to.equal(10);
    });

    it('fire so often at most', () => {
      const its = repeating(`{ every: 7 days, atMost: 2, set: { other: other + 1 } }`);
      its.timer('waiting');
      expect(its.timer('waiting').effects).to.deep.equal([]);
      expect(its.timerIn('waiting')).to.equal(undefined);
    });

    it('pass over turns that were missed', () => {
      const its = repeating(`{ every: 1 days, set: { other: other + 1 } }`);
      its.now = NOW + 5 * DAY;
      its.timer('waiting');
      expect(its.timerIn('waiting')?.at).to.equal(NOW + 6 * DAY);
    });
  });

  describe('that stand still', () => {
    const holding = (timer: string): Play =>
      play({
        data: DATA,
        states: `
  handling:
    states:
      working: { ${TASK}, on: { hold: on-hold, done: over } }
      on-hold: { ${TASK}, on: { go-on: working, more: { to: on-hold, set: { other: other + 1 } } } }
      over: { final: true }
    done: ended
    after: [${timer}]
  ${ENDED}`,
      });

    it('go on with what was left', () => {
      const its = holding(`{ in: 8 hours, pauseWhile: [on-hold], to: ended }`);
      its.now += 3 * HOUR;
      its.complete('handling/working', 'hold');
      expect(its.effects).to.include('stop-timer handling#1 0');
      expect(its.timerIn('handling')?.at).to.equal(undefined);
      its.now += 5 * DAY;
      its.complete('handling/on-hold', 'go-on');
      expect(its.timerIn('handling')?.at).to.equal(its.now + 5 * HOUR);
      its.now += HOUR;
      its.complete('handling/working', 'hold');
      its.now += DAY;
      its.complete('handling/on-hold', 'go-on');
      expect(its.timerIn('handling')?.at).to.equal(its.now + 4 * HOUR);
      expect(its.timer('handling').result.outcome).to.equal('completed');
    });

    it('follow their value meanwhile', () => {
      const its = holding(`{ in: 'hours(other)', pauseWhile: [on-hold], to: ended }`);
      its.now += 3 * HOUR;
      its.complete('handling/working', 'hold');
      its.now += DAY;
      its.complete('handling/on-hold', 'more');
      expect(ofTimers(its)).to.deep.equal([]);
      its.complete('handling/on-hold', 'go-on');
      expect(its.timerIn('handling')?.at).to.equal(its.now + 5 * HOUR);
    });

    it('count working time', () => {
      const its = holding(
        `{ in: 8 business hours, calendar: default, pauseWhile: [on-hold], to: ended }`,
      );
      its.now += 10 * HOUR;
      its.complete('handling/working', 'hold');
      expect(its.timerIn('handling')).to.deep.include({ paused: { ran: 8 * HOUR, left: 0 } });
      const days = holding(`{ in: 2 business days, pauseWhile: [on-hold], to: ended }`);
      days.now += 15 * HOUR;
      days.complete('handling/working', 'hold');
      days.now += 5 * DAY;
      days.complete('handling/on-hold', 'go-on');
      expect(due(days, 'handling'), 'from Sunday, a day and nine hours').to.equal(
        '2027-03-09T09:00:00.000Z',
      );
    });
  });
});
