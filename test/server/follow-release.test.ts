import { expect } from 'chai';
import { usePostgres } from '../postgres/use-postgres.ts';
import { until } from '../until.ts';
import { PASSPHRASE, proposeName, withKey } from './propose-name.ts';
import { SMALL, accept, askForPrice, caseOf, openLink } from './quote-journey.ts';
import { createVisitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';
import { startHost } from './with-host.ts';

/** Approves the newest proposal on a host; answers the name of the release that it became. */
async function approve(running: RunningHost, by: string): Promise<string> {
  const { proposals, store } = running.host;
  const [newest] = await store.governance.proposals(undefined, 1);
  if (newest === undefined) throw new Error('Nothing was proposed.');
  const person = await withKey(running, by);
  const { number, digest } = newest;
  const { status, release } = await proposals.approve(number, person, {
    ...{ digest, passphrase: PASSPHRASE },
  });
  expect(status).to.equal('released');
  return release;
}

describe('a release on several hosts of one database', function () {
  this.timeout(120_000);
  const url = usePostgres();

  it('is in force on all of them without a restart, and running cases stay on theirs', async () => {
    const database = { kind: 'postgres', url: url() } as const;
    const one = await startHost({ database });
    try {
      const other = await startHost({ database });
      try {
        const before = await askForPrice(other, SMALL);
        const old = other.host.core.release;
        await proposeName(one, 'Meridian Parts');
        const release = await approve(one, 'ada');
        expect(release).not.to.equal(old);
        await until('the other host follows', () => other.host.core.release === release);
        const visitor = createVisitor(other.origin);
        expect((await visitor.get('/')).text).to.include('Meridian Parts');
        expect((await visitor.get('/readyz')).text).to.include(release);
        await until('the workflows stand on it', () =>
          other.host.catalogue.list().every((workflow) => workflow.release === release),
        );
        const after = await askForPrice(other, SMALL);
        expect((await caseOf(other, after)).release).to.equal(release);
        await accept(await openLink(other, before), 'PO-1');
        await until('the order of the old case', async () => {
          await other.rest();
          return [one, other].some(({ demo }) => demo.book().orders.length > 0);
        });
        expect((await caseOf(other, before)).release).to.equal(old);
      } finally {
        await other.close();
      }
    } finally {
      await one.close();
    }
  });
});
