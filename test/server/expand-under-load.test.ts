import { expect } from 'chai';
import { expectFold } from '../runtime/fold-history.ts';
import { until } from '../until.ts';
import { carryOut } from './carry-out.ts';
import { PASSPHRASE, withKey } from './propose-name.ts';
import { SMALL, accept, askForPrice, caseOf, openLink, outcomeOf } from './quote-journey.ts';
import type { Visitor } from './visitor.ts';
import type { RunningHost } from './with-host.ts';
import { useHost } from './with-host.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
const CUSTOMER = 'types/Customer.yaml';
const REGION = '    region: { type: string, maxLength: 40, title: Region }\n    segment:';
/** How many cases wait for their customers when the type gets its field, and how many customers come. */
const WAITING = 5;
const VISITORS = 2;

/** Releases the type of a customer with a field more; answers the release. */
async function expand(running: RunningHost): Promise<string> {
  const { store, proposals } = running.host;
  const base = await store.registry.newestRelease();
  const text = base?.files[CUSTOMER] ?? '';
  const { number, digest } = await proposals.propose(await withKey(running, 'ian'), {
    ...{ title: 'Regions', why: 'Sales asks for them.', passphrase: PASSPHRASE },
    base: base?.release ?? '',
    change: {
      [CUSTOMER]: text.replace('version: 1', 'version: 2').replace('    segment:', REGION),
    },
  });
  const { status, release } = await proposals.approve(number, await withKey(running, 'iris'), {
    ...{ digest, passphrase: PASSPHRASE },
  });
  expect(status).to.equal('released');
  await until('the workflows stand on it', () =>
    running.host.catalogue.list().every((workflow) => workflow.release === release),
  );
  return release;
}

/** One customer after another asks for a price and accepts it, until they are told to stop. */
async function comeAndGo(running: RunningHost, isOver: () => boolean): Promise<readonly string[]> {
  const references: string[] = [];
  while (!isOver()) {
    const reference = await askForPrice(running, SMALL);
    references.push(reference);
    await accept(await openLink(running, reference), 'PO-1');
  }
  return references;
}

describe('a field that a type gets while customers come and go', function () {
  if (!FULL) return;
  this.timeout(120_000);
  const host = useHost();

  it('reaches the running cases, and not one request fails', async () => {
    const running = host();
    const { engine, store, catalogue } = running.host;
    const waiting: { readonly reference: string; readonly customer: Visitor }[] = [];
    for (let n = 0; n < WAITING; n += 1) {
      const reference = await askForPrice(running, SMALL);
      waiting.push({ reference, customer: await openLink(running, reference) });
    }
    let isOver = false;
    const visits = Promise.all(
      Array.from({ length: VISITORS }, () => comeAndGo(running, () => isOver)),
    );
    const changed = (async (): Promise<string> => {
      const release = await expand(running);
      const workflow = 'online-quote';
      const newest = (await catalogue.newest(workflow)).published.version;
      const migrate = { kind: 'migrate', workflow, to: newest, mapping: {} } as const;
      await carryOut(running, migrate, { kind: 'filter', filter: {} });
      const fill = { type: 'Customer', field: 'region', set: '"Ireland"' };
      const all = { kind: 'filter', filter: { workflow } } as const;
      await carryOut(running, { kind: 'backfill', ...fill }, all);
      return release;
    })();
    const release = await changed.finally(() => (isOver = true));
    const met = (await visits).flat();
    expect(met).to.have.length.greaterThan(VISITORS);
    for (const { reference, customer } of waiting) {
      const { id, release: on } = await caseOf(running, reference);
      expect(on).to.equal(release);
      expect((await engine.look(id)).data['customer']).to.include({ region: 'Ireland' });
      await accept(customer, 'PO-1');
    }
    for (const reference of [...waiting.map((one) => one.reference), ...met]) {
      expect(await outcomeOf(running, reference)).to.equal('completed');
      await expectFold(store, catalogue, (await caseOf(running, reference)).id);
    }
  });
});
