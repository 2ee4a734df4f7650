import { expect } from 'chai';
import fc from 'fast-check';
import { dueView } from '../../../server/views/texts/due.ts';
import type { ViewMoment } from '../../../server/views/texts/moment.ts';
import { showShortTime, showTime } from '../../../server/views/texts/moment.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2027, 6, 1, 12);
const DUBLIN: ViewMoment = { now: NOW, timeZone: 'Europe/Dublin' };

describe('times', () => {
  it('are shown in the company’s zone', () => {
    const at = Date.UTC(2027, 5, 30, 23, 30);
    expect(showTime(at, DUBLIN)).to.deep.equal({
      text: '1 July 2027, 00:30',
      iso: '2027-06-30T23:30:00.000Z',
    });
    expect(showTime(at, { ...DUBLIN, timeZone: 'America/New_York' }).text).to.equal(
      '30 June 2027, 19:30',
    );
  });

  it('are short where they are near', () => {
    const short = (at: number) => showShortTime(at, DUBLIN).text;
    expect(short(Date.UTC(2027, 5, 30, 23, 30))).to.equal('00:30');
    expect(short(Date.UTC(2027, 5, 30, 22, 30))).to.equal('30 Jun');
    expect(short(Date.UTC(2026, 5, 30, 22, 30))).to.equal('30 Jun 2026');
  });
});

describe('due times', () => {
  const due = (span: number) => {
    const { text, tone } = dueView(NOW + span, DUBLIN).tag;
    return `${text} ${tone}`;
  };

  it('say what is left, and get urgent', () => {
    expect(due(0)).to.equal('Due in a minute yellow');
    expect(due(5 * MINUTE)).to.equal('Due in 5 minutes yellow');
    expect(due(HOUR)).to.equal('Due in 1 hour yellow');
    expect(due(4 * HOUR)).to.equal('Due in 4 hours grey');
    expect(due(47 * HOUR)).to.equal('Due in 47 hours grey');
    expect(due(5 * 24 * HOUR)).to.equal('Due in 5 days grey');
  });

  it('say how late it is', () => {
    expect(due(-1)).to.equal('a minute late red');
    expect(due(-90 * MINUTE)).to.equal('1 hour late red');
    expect(due(-49 * HOUR)).to.equal('2 days late red');
  });

  it('are late exactly when they are over', () => {
    const span = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(span, (left) => {
        expect(due(left).endsWith('late red')).to.equal(left < 0);
      }),
    );
  });
});
