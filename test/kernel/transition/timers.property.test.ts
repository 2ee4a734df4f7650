import { expect } from 'chai';
import fc from 'fast-check';
import type { Moment } from '../../../engine/kernel/compile/case-context.ts';
import type { CompiledWorkflow } from '../../../engine/kernel/compile/compile-workflow.ts';
import { begin } from '../../../engine/kernel/transition/begin.ts';
import { addToInstant } from '../../../engine/kernel/values/zone.ts';
import { compiled } from '../fixtures/workshop.ts';
import { MINUTE, ZONES, afterWorking, workedBetween } from '../values/slow-clock.ts';
import { CLERK, Play } from './play.ts';

const RUNS = { numRuns: process.env['TRELLIS_TEST_SIZE'] === undefined ? 40 : 300 };
const HOUR = 60 * MINUTE;

const TASK = 'task: { assign: { role: clerk }, form: work }';

/** Timers of every kind around work that people can hold, change and end. */
const HANDLING = compiled({
  data: '\n  due: { kind: date-time }',
  states: `
  handling:
    states:
      working: { ${TASK}, on: { hold: on-hold, more: { to: working, set: { other: other + 5 } }, done: over } }
      on-hold: { ${TASK}, on: { go-on: working, more: { to: on-hold, set: { other: other + 5 } } } }
      over: { final: true }
    done: ended
    after:
      - { in: 40 hours, pauseWhile: [on-hold], to: ended }
      - { in: 30 business hours, pauseWhile: [on-hold], to: ended }
      - { in: 'hours(other)', to: ended }
      - { at: now + hours(other), to: ended }
      - { in: 'hours(other)', pauseWhile: [on-hold], to: ended }
  ended: { final: completed }`,
});

const REPEATING = compiled({
  states: `
  waiting:
    ${TASK}
    on: { done: ended }
    after:
      - { every: 7 hours, set: { other: other + 1 } }
      - { every: 1 days, set: { other: other + 1 } }
      - { every: 1 months, set: { other: other + 1 } }
      - { every: 3 days, atMost: 4, set: { other: other + 1 } }
  ended: { final: completed }`,
});

const LADDER = compiled({
  states: `
  working:
    task:
      assign: { role: clerk }
      form: work
      escalate:
        - { after: 5 hours, assign: { role: manager } }
        - { after: 1 days, assign: { role: clerk } }
        - { after: 2 business days, assign: { role: manager } }
    on: { done: ended }
  ended: { final: completed }`,
});

type Place = Omit<Moment, 'now'>;

const HOURS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 8 * 60, to: 17 * 60 }));
const PLACE = fc.constantFrom(...ZONES).map((timeZone): Place => ({
  timeZone,
  calendar: { timeZone, hours: HOURS, holidays: ['2027-03-17', '2027-11-01'] },
}));
/** A whole minute, some weeks before a change of the clocks in one zone or another. */
const START = fc
  .tuple(
    fc.constantFrom('2027-03-25T10:00Z', '2027-10-28T10:00Z', '2028-02-27T22:00Z'),
    fc.nat(9_000),
  )
  .map(([around, minutes]) => Date.parse(around) - minutes * MINUTE);
const MINUTES = fc.integer({ min: 1, max: 20 * 60 });

/** A case that lives by the clocks of some zone. */
class ZonedPlay extends Play {
  readonly #place: Place;

  constructor(workflow: CompiledWorkflow, place: Place, now: number) {
    const identity = {
      ...{ id: 'c1', reference: 'S-1' },
      starter: { kind: 'public', id: 'public', name: 'Somebody' },
    } as const;
    const form = { data: { email: 'a@ada.example' }, own: {} };
    const how = { kind: 'form', start: 'online', form } as const;
    const first = begin(workflow, identity, how, { now, ...place });
    if (first.kind === 'refused') throw new Error(first.message);
    super(workflow, first, now);
    this.#place = place;
  }

  override moment(): Moment {
    return { now: this.now, ...this.#place };
  }

  /** The timers of a state that will fire, by their names. */
  due(state: string): ReadonlyMap<string, number> {
    const timers = this.result.case.context.open[state]?.timers ?? [];
    return new Map(timers.flatMap(({ name, at }) => (at === undefined ? [] : [[name, at]])));
  }
}

describe('timers, however long things take', function () {
  this.timeout(600_000);

  it('that stand still run for the same time in all', () => {
    const turns = fc.array(fc.record({ runs: MINUTES, stands: MINUTES }), { maxLength: 4 });
    const property = fc.property(PLACE, START, turns, (place, start, list) => {
      const its = new ZonedPlay(HANDLING, place, start);
      let [ran, worked] = [0, 0];
      let since = start;
      const { calendar } = place;
      for (const { runs, stands } of list) {
        its.now += runs * MINUTE;
        if (ran + runs >= 40 * 60) break;
        if (worked + workedBetween(calendar, since, its.now) >= 30 * 60) break;
        ran += runs;
        worked += workedBetween(calendar, since, its.now);
        its.complete('handling/working', 'hold');
        expect([its.due('handling').get('0'), its.due('handling').get('1')]).to.deep.equal([
          undefined,
          undefined,
        ]);
        its.now += stands * MINUTE;
        its.complete('handling/on-hold', 'go-on');
        since = its.now;
      }
      const due = its.due('handling');
      expect(due.get('0')).to.equal(since + (40 * 60 - ran) * MINUTE);
      expect(due.get('1')).to.equal(afterWorking(calendar, since, 30 * 60 - worked));
    });
    fc.assert(property, RUNS);
  });

  it('that follow a value are where they would be, had it been so from the beginning', () => {
    const steps = fc.array(fc.constantFrom('more', 'hold', 'go-on'), { maxLength: 8 });
    const property = fc.property(PLACE, START, steps, MINUTES, (place, start, list, minutes) => {
      const its = new ZonedPlay(HANDLING, place, start);
      let other = 7;
      let [stood, heldAt] = [0, undefined as number | undefined];
      for (const step of list) {
        const [state = ''] = its.states;
        const isHeld = state === 'handling/on-hold';
        if (step === (isHeld ? 'hold' : 'go-on')) continue;
        its.now += minutes * MINUTE;
        its.complete(state, step);
        if (step === 'more') other += 5;
        if (step === 'hold') heldAt = its.now;
        if (step === 'go-on' && heldAt !== undefined) {
          stood += its.now - heldAt;
          heldAt = undefined;
        }
      }
      const due = its.due('handling');
      expect(due.get('2')).to.equal(start + other * HOUR);
      expect(due.get('3')).to.equal(start + other * HOUR);
      const running = due.get('4') ?? 0;
      if (heldAt !== undefined) expect(due.has('4')).to.equal(false);
      else if (running > its.now) expect(running).to.equal(start + other * HOUR + stood);
      else expect(start + other * HOUR + stood, 'it was due before').to.be.at.most(its.now);
    });
    fc.assert(property, RUNS);
  });

  it('that repeat never drift, whenever they are told that it is time', () => {
    const latenesses = fc.array(fc.oneof(fc.nat(10), fc.nat(60 * 60)), {
      minLength: 3,
      maxLength: 25,
    });
    const property = fc.property(PLACE, START, latenesses, (place, start, list) => {
      const its = new ZonedPlay(REPEATING, place, start);
      const turns: Readonly<Record<string, (turn: number) => number>> = {
        0: (turn) => start + turn * 7 * HOUR,
        1: (turn) => addToInstant(place.timeZone, start, turn, 'days'),
        2: (turn) => addToInstant(place.timeZone, start, turn, 'months'),
        3: (turn) => addToInstant(place.timeZone, start, turn * 3, 'days'),
      };
      const fired = new Map<string, number>();
      for (const lateness of list) {
        const [next] = [...its.due('waiting')].sort(([, a], [, b]) => a - b);
        if (next === undefined) throw new Error('Nothing repeats any more.');
        const [timer, at] = next;
        its.now = Math.max(its.now, at + lateness * MINUTE);
        its.timer('waiting', timer);
        fired.set(timer, (fired.get(timer) ?? 0) + 1);
        const after = its.due('waiting').get(timer);
        const turn = turns[timer];
        if (turn === undefined) throw new Error(`There is no timer ${timer}.`);
        if (timer === '3' && fired.get('3') === 4) {
          expect(after, 'four times at most').to.equal(undefined);
          continue;
        }
        let coming = 1;
        while (turn(coming) <= its.now) coming += 1;
        expect(after, `the next turn of timer ${timer}`).to.equal(turn(coming));
      }
    });
    fc.assert(property, RUNS);
  });

  it('of an escalation hand the task on once each, until it is done', () => {
    const calls = fc.array(fc.nat(2), { maxLength: 12 });
    const property = fc.property(
      PLACE,
      START,
      calls,
      fc.boolean(),
      (place, start, list, isDone) => {
        const its = new ZonedPlay(LADDER, place, start);
        const rungs = [...its.due('working')];
        expect(rungs.map(([name]) => name)).to.deep.equal([
          'escalate-0',
          'escalate-1',
          'escalate-2',
        ]);
        const handed = new Map<string, number>();
        for (const [index, which] of list.entries()) {
          if (isDone && index === 6) its.complete('working', 'done', {}, CLERK);
          const [timer, at] = rungs[which] ?? ['', 0];
          its.now = Math.max(its.now, at);
          const event = { kind: 'timer', state: 'working', visit: 1, timer, at } as const;
          const mayFire = !handed.has(timer) && its.states.includes('working');
          if (!mayFire) expect(its.refusal(event)).to.equal('stale');
          else {
            its.take(event);
            expect(its.asked('reassign')).to.have.length(1);
            handed.set(timer, 1);
          }
        }
      },
    );
    fc.assert(property, RUNS);
  });
});
