import { expect } from 'chai';
import fc from 'fast-check';
import type { Job } from '../../engine/ports/step.ts';
import { Lanes, laneOf } from '../../engine/runtime/lanes.ts';
import { START, sampleJob } from '../contracts/sample.ts';

const LANE = fc.constantFrom('quote', 'quote oms', 'claim oms', 'claim', 'claim mail', '');

/** How many jobs of a lane are let in where as many come as can. */
function flood(lanes: Lanes, lane: string): number {
  let count = 0;
  for (; lanes.room(lane) > 0; count += 1) lanes.take(lane, 1);
  return count;
}

describe('the lanes of jobs', () => {
  it('are those of the workflow, and of the connector that is called', () => {
    const job = (kind: Job['kind'], payload: Job['payload']): Job => ({
      ...{ id: 'j', caseId: 'c1', runAt: START },
      ...{ kind, payload },
    });
    expect(laneOf('quote', sampleJob('j', 'c1', { payload: {} }))).to.equal('quote');
    expect(laneOf('quote', job('call', { operation: 'oms.createOrder' }))).to.equal('quote oms');
    expect(laneOf('quote', job('undo', { operation: 'oms.giveBack' }))).to.equal('quote oms');
    expect(laneOf('quote', job('mail', { template: 'news' }))).to.equal('quote mail');
    expect(laneOf('quote', job('timer', { timer: '0', at: 1 }))).to.equal('quote');
  });

  it('leave room for others, whoever floods', () => {
    const lanes = new Lanes(128);
    expect(flood(lanes, 'quote oms')).to.equal(96);
    expect(flood(lanes, 'claim prices')).to.equal(24);
    expect(flood(lanes, 'service crm')).to.equal(6);
    expect(lanes.room('travel')).to.equal(2);
  });

  it('are one where a connector is, or a workflow', () => {
    const lanes = new Lanes(128);
    flood(lanes, 'quote oms');
    expect(lanes.room('claim oms')).to.equal(0);
    expect(lanes.room('quote')).to.equal(0);
    expect(lanes.room('claim prices')).to.equal(24);
  });

  it('leave room where several workflows flood one connector', () => {
    const lanes = new Lanes(128);
    lanes.reserve(['quote oms', 'claim oms', 'travel oms'], 128);
    expect(lanes.room('service crm')).to.be.greaterThan(12);
  });

  it('let somebody through however little room there is', () => {
    for (const room of [1, 2, 3, 4]) expect(new Lanes(room).room('quote')).to.be.greaterThan(0);
  });

  it('share no more than there is, and to nobody more than they may have', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.tuple(LANE, fc.nat(100)), { maxLength: 8 }),
      fc.uniqueArray(LANE),
      fc.nat(200),
      (room, taken, due, wanted) => {
        const lanes = new Lanes(room);
        for (const [lane, count] of taken) lanes.take(lane, Math.min(count, lanes.room(lane)));
        const before = lanes.room();
        const isAnyOpen = wanted > 0 && due.some((lane) => lanes.room(lane) > 0);
        const most = new Map<string, number>(due.map((lane) => [lane, lanes.room(lane)]));
        const shares = lanes.reserve(due, wanted);
        const sum = shares.reduce((all, { limit }) => all + limit, 0);
        expect(sum).to.be.most(Math.min(wanted, before));
        expect(lanes.room()).to.equal(before - sum);
        for (const { lane, limit } of shares) expect(limit).to.be.within(1, most.get(lane) ?? 0);
        expect(shares.length > 0).to.equal(isAnyOpen);
      },
    );
    fc.assert(property);
  });

  it('have as much room as before when what was under way has ended', () => {
    const lanes = new Lanes(64);
    const count = flood(lanes, 'quote oms');
    lanes.take('quote oms', -count);
    expect(lanes.room('quote oms')).to.equal(new Lanes(64).room('quote oms'));
    expect(lanes.room()).to.equal(64);
  });
});
