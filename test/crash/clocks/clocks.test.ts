import { expect } from 'chai';
import type { EventRow } from '../records.ts';
import { checkClocks } from './check-clocks.ts';
import type { ClockRecords } from './check-clocks.ts';
import { SEASONS } from './days.ts';
import { runClocks } from './run-clocks.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';

function at(time: string): number {
  return Date.parse(time);
}

/** One entry of a case; a timer fires at its time unless it is said otherwise. */
function timer(seq: number, due: string, fired = due): EventRow {
  const body = JSON.stringify({ kind: 'timer', at: at(due) });
  return { case_id: 'c-1', seq, at: at(fired), kind: 'timer', body };
}

const BEGINNING = { kind: 'api', input: { deadline: '2028-03-27T00:00:00Z' } };
const STARTED: EventRow = {
  ...{ case_id: 'c-1', seq: 1, at: at('2028-03-25T11:00Z'), kind: 'started' },
  body: JSON.stringify({ beginning: BEGINNING }),
};
/** Over the night in which clocks go forward, a day has 23 hours. */
const DUES = ['2028-03-26T10:00Z', '2028-03-26T10:00Z', '2028-03-26T11:00Z', '2028-03-27T00:00Z'];
const FIRED = DUES.map((due, index) => timer(index + 2, due));
const SOUND: ClockRecords = {
  ...{ events: [STARTED, ...FIRED], until: at('2028-03-27T01:00Z'), nights: [] },
};

function texts(records: Partial<ClockRecords>): readonly string[] {
  return checkClocks({ ...SOUND, ...records }).map(({ evidence }) => evidence);
}

describe('the check of clocks that are set', () => {
  it('finds nothing where each timer has fired in time', () => {
    expect(texts({})).to.deep.equal([]);
  });

  it('finds a timer that fired twice, early, or not at all', () => {
    expect(texts({ events: [...SOUND.events, timer(6, '2028-03-26T11:00Z')] })).to.deep.equal([
      'a timer fired that was due at 2028-03-26T11:00:00.000Z: none was, or it had',
    ]);
    const early = timer(4, '2028-03-26T11:00Z', '2028-03-26T10:59:59.999Z');
    expect(
      texts({ events: [STARTED, ...FIRED.slice(0, 2), early, ...FIRED.slice(3)] }),
    ).to.deep.equal(['the timer of 2028-03-26T11:00:00.000Z fired 1 ms early']);
    expect(texts({ events: [STARTED, ...FIRED.slice(0, 3)] })).to.deep.equal([
      'the timer of 2028-03-27T00:00:00.000Z has not fired',
    ]);
  });

  it('finds a schedule that began a case early, twice, or none', () => {
    const nights = [at('2028-03-26T01:00Z')];
    const begun = (id: string, time: string): EventRow => ({
      ...{ case_id: id, seq: 1, at: at(time), kind: 'started' },
      body: JSON.stringify({ beginning: { kind: 'schedule' } }),
    });
    const until = at('2028-03-26T00:59Z');
    const early = begun('n-1', '2028-03-26T00:59Z');
    expect(texts({ events: [early, timer(2, '2028-03-26T00:59Z')], until, nights })).to.include(
      'that of 2028-03-26T01:00:00.000Z began a case 60000 ms early',
    );
    expect(texts({ nights })).to.deep.equal(['it began 0 cases at 1 times']);
    const two = [begun('n-1', '2028-03-26T01:00Z'), begun('n-2', '2028-03-26T01:00Z')];
    expect(texts({ events: two, until, nights })).to.include('it began 2 cases at 1 times');
  });
});

describe('a host whose clock is set', function () {
  if (!FULL) return;
  this.timeout(240_000);

  for (const [name, season] of Object.entries(SEASONS)) {
    it(`fires no timer early and none twice: ${name}`, async () => {
      const { broken, timers, cases } = await runClocks(season);
      expect(broken).to.deep.equal([]);
      expect(cases).to.be.at.least(20);
      expect(timers).to.be.at.least(4 * 20);
    });
  }
});
