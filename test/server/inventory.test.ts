import { expect } from 'chai';
import { signedIn } from './quote-journey.ts';
import { useHost } from './with-host.ts';

describe('the inventory of workflows', function () {
  this.timeout(60_000);
  const running = useHost();

  it('names every other system, by calls, messages and mails, and leads to what is behind each figure', async () => {
    const keeper = await signedIn(running(), 'ian@meridian.example');
    const { text } = await keeper.get('/it/workflows');
    const row =
      /<li class="trellis-row[^>]*>(?:(?!<\/li>).)*Online quote.*?<\/li>/su.exec(text)?.[0] ?? '';
    const systems = [...row.matchAll(/href="\/it\/connectors#([\w-]+)"/gu)].map(([, name]) => name);
    expect(systems).to.deep.equal(['mail', 'oms', 'pricing']);
    const links = [...row.matchAll(/href="([^"#]+)/gu)].map(([, link = '']) => link);
    expect(links).to.include.members([
      ...['/workflows/online-quote', '/workflows/online-quote/versions/1'],
      `/it/releases/${running().host.core.release}`,
    ]);
    for (const link of new Set(links)) {
      const address = link.replaceAll('&#x3D;', '=');
      expect((await keeper.get(address)).status, address).to.equal(200);
    }
  });
});
