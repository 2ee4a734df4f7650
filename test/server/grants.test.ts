import { expect } from 'chai';
import { mainText, signedIn } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('the page of grants', function () {
  this.timeout(60_000);
  const running = useHost();
  let keeper: Visitor;

  before(async () => {
    keeper = await signedIn(running(), 'ian@meridian.example');
  });

  const page = async (): Promise<string> => (await keeper.get('/it/grants')).text;

  for (const [what, part] of [
    ['an operation', 'oms.reserveStock'],
    ['a message', 'oms.orderConfirmed'],
    ['what may be written', 'Quote'],
  ] as const) {
    it(`revokes ${what}, with a reason, and restores it`, async () => {
      const revoke = `/it/grants/operations/revoke?part=${part}`;
      const asked = await keeper.get(revoke);
      expect([asked.status, mainText(asked)].join(' '))
        .to.contain('200')
        .and.to.contain(part);
      const empty = await keeper.post(revoke, [['reason', ' ']]);
      expect(empty.status).to.equal(422);
      expect(await page()).not.to.contain('Revoked by');
      expect((await keeper.post(revoke, [['reason', 'It leaks.']])).status).to.equal(303);
      expect(await page())
        .to.contain('Revoked by Ian')
        .and.to.contain('It leaks.');
      const twice = await keeper.post(revoke, [['reason', 'Again.']]);
      expect(twice.status).to.equal(409);
      const restore = revoke.replace('revoke', 'restore');
      expect((await keeper.post(restore, [['reason', 'Mended.']])).status).to.equal(303);
      expect(await page()).not.to.contain('Revoked by');
    });
  }

  it('knows nothing of what nobody was granted', async () => {
    for (const address of ['operations/revoke?part=oms.nothing', 'nobody/revoke?part=Quote'])
      expect((await keeper.get(`/it/grants/${address}`)).status, address).to.equal(404);
  });
});
