import { expect } from 'chai';
import { Shares } from '../../engine/runtime/shares.ts';

describe('shares', () => {
  /** Lets a client take one after the other for as long as it may. */
  function takeAll(shares: Shares, client: string): number {
    let taken = 0;
    for (; shares.hasFor(client, 1); taken += 1) shares.take(client, 1);
    return taken;
  }

  it('leave a quarter to who comes newly, and each of many an even part of most', () => {
    expect(takeAll(new Shares(1000), 'one')).to.equal(750);
    const shares = new Shares(1000);
    const clients = Array.from({ length: 20 }, (_, number) => `client ${String(number)}`);
    for (let round = 0; round < 1000; round += 1) {
      for (const client of clients) if (shares.hasFor(client, 1)) shares.take(client, 1);
    }
    expect(shares.taken).to.be.within(950, 999);
    expect(shares.hasFor('newcomer', 1)).to.equal(true);
  });

  it('tell who has much of all from who is one of many', () => {
    const shares = new Shares(100);
    for (let number = 0; number < 25; number += 1) shares.take('busy', 1);
    for (let number = 0; number < 24; number += 1) shares.take('other', 1);
    expect([shares.hasMuch('busy'), shares.hasMuch('other')]).to.deep.equal([true, false]);
    shares.take('busy', -1);
    expect(shares.hasMuch('busy')).to.equal(false);
    expect(shares.hasMuch('nobody')).to.equal(false);
  });

  it('give nothing that is not there, and nothing at all to everybody', () => {
    const shares = new Shares(100);
    shares.take('one', 60);
    expect(shares.hasFor('two', 41)).to.equal(false);
    expect(shares.hasFor('two', 40)).to.equal(true);
    shares.take('two', 40);
    expect(shares.hasFor('two', 0)).to.equal(true);
  });
});
