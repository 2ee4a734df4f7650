import { expect } from 'chai';
import { openStore } from '../../../engine/adapters/sql/store.ts';
import type { News } from '../../../engine/ports/neighbours.ts';
import type { Store } from '../../../engine/ports/store.ts';
import type { Proxy } from '../../postgres/proxy.ts';
import { withProxy } from '../../postgres/proxy.ts';
import { usePostgres } from '../../postgres/use-postgres.ts';
import { until } from '../../until.ts';

/** What a store hears; what it was told before it listened is lost, so that it is told until it hears. */
function ears(store: Store): { readonly heard: News[]; after(tell: () => void): Promise<void> } {
  const heard: News[] = [];
  store.neighbours.hear((news) => heard.push(news));
  return {
    heard,
    after: async (tell) => {
      const before = heard.length;
      await until('word of the other host', () => {
        tell();
        return heard.length > before;
      });
    },
  };
}

describe('the neighbours on one PostgreSQL', () => {
  const url = usePostgres();

  async function withTwo(
    work: (one: Store, other: Store, way: Proxy) => Promise<void>,
  ): Promise<void> {
    await withProxy(url(), async (way) => {
      const one = await openStore({ url: url() });
      const other = await openStore({ url: way.url });
      try {
        await work(one, other, way);
      } finally {
        await one.close();
        await other.close();
      }
    });
  }

  it('hear each other and not themselves, and once what is told at once', () =>
    withTwo(async ({ neighbours: one, ...rest }, other) => {
      const [its, others] = [ears({ neighbours: one, ...rest }), ears(other)];
      await others.after(() => {
        one.tell('published');
      });
      await its.after(() => {
        other.neighbours.tell('published');
      });
      for (let times = 0; times < 100; times += 1) one.tell('jobs');
      const before = others.heard.length;
      await until('what is told later', () => {
        one.tell('published');
        return others.heard.includes('published', before);
      });
      expect(others.heard.filter((news) => news === 'jobs')).to.deep.equal(['jobs']);
      expect(its.heard).not.to.include('jobs');
    }));

  it('hear each other again after the connection broke', () =>
    withTwo(async (one, other, way) => {
      const { after } = ears(other);
      const tell = (): void => {
        one.neighbours.tell('jobs');
      };
      await after(tell);
      way.cut();
      await after(tell);
      way.close();
      tell();
      way.mend();
      await after(tell);
    }));
});
