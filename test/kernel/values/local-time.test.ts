import { expect } from 'chai';
import { readTime } from '../../../engine/kernel/values/local-time.ts';

const dublin = (text: string): string | undefined => {
  const at = readTime(text, 'Europe/Dublin');
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('times that people write', () => {
  it('are those of the clocks of the company', () => {
    expect(dublin('2027-03-14 16:30')).to.equal('2027-03-14T16:30:00.000Z');
    expect(dublin(' 2027-07-14T16:30 ')).to.equal('2027-07-14T15:30:00.000Z');
  });

  it('may be exact', () => {
    expect(dublin('2027-07-14T16:30Z')).to.equal('2027-07-14T16:30:00.000Z');
    expect(dublin('2027-07-14T16:30:10+02:00')).to.equal('2027-07-14T14:30:10.000Z');
  });

  it('are nothing where they are no times', () => {
    for (const text of [
      '',
      '2027-02-30 10:00',
      '2027-03-14 24:00',
      '14.3.2027',
      '2027-13-40T10:00Z',
    ]) {
      expect(dublin(text), text).to.equal(undefined);
    }
  });
});
