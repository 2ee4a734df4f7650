import { expect } from 'chai';
import type { KeptValue, User } from '../../engine/ports/accounts.ts';
import { START } from './sample.ts';
import type { UseStore } from './use-store.ts';

/** The contract of the accounts port, for any adapter. */
export function describeAccounts(useStore: UseStore): void {
  describe('accounts', () => {
    const store = useStore();

    it('finds a user by id, and by email address however it is written', async () => {
      const { accounts } = store();
      const rita = user('u-1', 'Rita.Rep@Meridian.example');
      expect(await accounts.add(rita)).to.equal(true);
      expect(await accounts.byId('u-1')).to.deep.equal(rita);
      expect(await accounts.byEmail(' rita.rep@meridian.EXAMPLE ')).to.deep.equal(rita);
      expect(await accounts.byEmail('nobody@meridian.example')).to.equal(undefined);
      expect(await accounts.byId('u-2')).to.equal(undefined);
    });

    it('takes each email address and each id once', async () => {
      const { accounts } = store();
      await accounts.add(user('u-1', 'a@meridian.example'));
      expect(await accounts.add(user('u-2', 'A@meridian.example'))).to.equal(false);
      expect(await accounts.add(user('u-1', 'b@meridian.example'))).to.equal(false);
      const race = await Promise.all(
        ['x', 'y', 'z'].map((id) => accounts.add(user(id, 'race@meridian.example'))),
      );
      expect(race.filter(Boolean)).to.have.length(1);
      expect(await accounts.count()).to.equal(2);
    });

    it('changes what is given of a user and leaves the rest', async () => {
      const { accounts } = store();
      const rita = user('u-1', 'rita@meridian.example');
      await accounts.add(rita);
      const away = { from: '2027-03-01', until: '2027-03-14', substitute: 'u-2' };
      expect(await accounts.change('u-1', { away })).to.equal(true);
      expect(await accounts.change('u-1', { leftAt: START })).to.equal(true);
      expect(await accounts.byId('u-1')).to.deep.equal({ ...rita, away, leftAt: START });
      expect(await accounts.change('u-1', { away: null, leftAt: null })).to.equal(true);
      expect(await accounts.change('u-1', {})).to.equal(true);
      expect(await accounts.list()).to.deep.equal([rita]);
      expect(await accounts.change('u-2', { away })).to.equal(false);
    });

    it('counts and lists by email address', async () => {
      const { accounts } = store();
      expect(await accounts.count()).to.equal(0);
      await accounts.add(user('u-1', 'b@meridian.example'));
      await accounts.add(user('u-2', 'A@meridian.example'));
      expect((await accounts.list()).map(({ id }) => id)).to.deep.equal(['u-2', 'u-1']);
      expect(await accounts.count()).to.equal(2);
    });
  });
}

/** The contract of the vault port, for any adapter. */
export function describeVault(useStore: UseStore): void {
  describe('vault', () => {
    const store = useStore();

    it('keeps a value until it expires', async () => {
      const { vault } = store();
      const kept = session('h1', START + 10);
      await vault.put(kept);
      expect(await vault.get('session', 'h1', START + 9)).to.deep.equal(kept);
      expect(await vault.get('session', 'h1', START + 10)).to.equal(undefined);
      expect(await vault.get('draft', 'h1', START)).to.equal(undefined);
      expect(await vault.get('session', 'h2', START)).to.equal(undefined);
    });

    it('replaces and removes', async () => {
      const { vault } = store();
      await vault.put(session('h1', START + 10));
      const later = { ...session('h1', START + 20), value: '{"person":"u-2"}' };
      await vault.put(later);
      expect(await vault.get('session', 'h1', START + 15)).to.deep.equal(later);
      await vault.remove('draft', 'h1');
      expect(await vault.get('session', 'h1', START)).to.deep.equal(later);
      await vault.remove('session', 'h1');
      expect(await vault.get('session', 'h1', START)).to.equal(undefined);
    });

    it('removes what expired', async () => {
      const { vault } = store();
      await vault.put(session('h1', START + 10));
      await vault.put(session('h2', START + 11));
      await vault.put({ ...session('h1', START + 9), purpose: 'draft' });
      expect(await vault.expire(START + 10)).to.equal(2);
      expect(await vault.expire(START + 10)).to.equal(0);
      expect(await vault.get('session', 'h2', START)).to.deep.equal(session('h2', START + 11));
    });
  });
}

function user(id: string, email: string): User {
  return {
    id,
    name: `Name of ${id}`,
    email,
    roles: ['sales-rep', 'author'],
    teams: ['operations'],
    password: 'scrypt$16384$8$1$c2FsdA$aGFzaA',
    createdAt: START,
  };
}

function session(hash: string, expiresAt: number): KeptValue {
  return { purpose: 'session', hash, value: '{"person":"u-1"}', expiresAt };
}
