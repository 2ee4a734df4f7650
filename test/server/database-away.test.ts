import { expect } from 'chai';
import { apiTokenHash, newApiToken } from '../../server/host/api-tokens.ts';
import { startProxy } from '../postgres/proxy.ts';
import type { Proxy } from '../postgres/proxy.ts';
import { usePostgres } from '../postgres/use-postgres.ts';
import { REQUEST, SMALL, fillRequest, signedIn } from './quote-journey.ts';
import { createVisitor } from './visitor.ts';
import { useHost } from './with-host.ts';

describe('a host that loses its database', () => {
  const url = usePostgres();
  let proxy: Proxy | undefined;
  before(async () => {
    proxy = await startProxy(url());
  });
  // Stopped after the host, whose own `after` is called first.
  const running = useHost(() => ({ database: { kind: 'postgres', url: proxy?.url ?? '' } }));
  after(() => proxy?.stop());

  it('answers 503 with Retry-After, and goes on by itself', async () => {
    const { origin, host } = running();
    const token = newApiToken();
    const hash = apiTokenHash(token);
    await host.store.tokens.add({
      id: 't',
      name: 't',
      hash,
      workflows: ['online-quote'],
      createdAt: 0,
    });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const clerk = await signedIn(running(), 'rita@meridian.example');
    const customer = createVisitor(origin);
    await fillRequest(customer, SMALL);
    proxy?.close();

    const page = await clerk.get('/inbox');
    expect(page).to.include({ status: 503 });
    expect(page.headers).to.include({ 'retry-after': '5' });
    expect(page.text).to.contain('try again').and.not.to.contain('ECONN');
    const sent = await customer.post(`${REQUEST}?step=check`);
    expect(sent).to.include({ status: 503 });
    const asked = await customer.send('/api/workflows/online-quote/cases', '{}', headers);
    expect(asked).to.include({ status: 503 });
    expect(asked.headers['content-type']).to.contain('application/problem+json');
    expect(JSON.parse(asked.text)).to.include({ code: 'database-unavailable' });
    expect(await customer.get('/readyz')).to.include({ status: 503 });
    expect(await customer.get('/healthz')).to.include({ status: 200 });

    proxy?.mend();
    expect(await customer.get('/readyz')).to.include({ status: 200 });
    expect(await clerk.get('/inbox')).to.include({ status: 200 });
    const again = await customer.post(`${REQUEST}?step=check`);
    expect(again).to.include({ status: 303, location: `${REQUEST}/sent` });
    // Its jobs were not claimed while it could not be asked for them.
    await running().pass(5_000);
    const { rows } = await host.store.worklist.cases({ workflow: 'online-quote' }, undefined, 10);
    expect(rows.map(({ states }) => states)).to.deep.equal([['offered']]);
  }).timeout(60_000);
});
