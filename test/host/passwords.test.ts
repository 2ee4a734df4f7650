import { expect } from 'chai';
import {
  FOR_MADE_UP,
  NO_PASSWORD,
  hashPassword,
  verifyPassword,
} from '../../server/host/passwords.ts';

describe('passwords', function () {
  // To hash one takes long on purpose, and longer beside other work.
  this.timeout(30_000);

  it('are verified against their hash alone', async () => {
    const stored = await hashPassword('caf\u00e9 au lait');
    expect(await verifyPassword('cafe\u0301 au lait', stored)).to.equal(true);
    expect(await verifyPassword('cafe au lait', stored)).to.equal(false);
    expect(await hashPassword('caf\u00e9 au lait')).not.to.equal(stored);
  });

  it('are verified at the cost that they were hashed at', async () => {
    const stored = await hashPassword('a', FOR_MADE_UP);
    expect(stored).to.match(/^scrypt\$1024\$8\$1\$/u);
    expect(await verifyPassword('a', stored)).to.equal(true);
    expect(await verifyPassword('b', stored)).to.equal(false);
  });

  it('never fit where there is no account, which is hashed at the same cost', async () => {
    for (const password of ['', 'a', '\0']) {
      expect(await verifyPassword(password, NO_PASSWORD)).to.equal(false);
    }
    const costOf = (stored: string) => stored.split('$').slice(0, 4);
    expect(costOf(NO_PASSWORD)).to.deep.equal(costOf(await hashPassword('a')));
  });
});
