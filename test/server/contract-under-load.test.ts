import { expect } from 'chai';
import { expectFold } from '../runtime/fold-history.ts';
import { until } from '../until.ts';
import { carryOut } from './carry-out.ts';
import { publishSource } from './publish-again.ts';
import { SMALL, accept, caseOf, openLink, outcomeOf } from './quote-journey.ts';
import { releaseRenaming } from './release-renaming.ts';
import type { Visitor } from './visitor.ts';
import { walkRequest } from './walk-request.ts';
import type { RunningHost } from './with-host.ts';
import { useHost } from './with-host.ts';

const FULL = process.env['TRELLIS_TEST_SIZE'] === 'full';
/** How many cases wait for their customers when the field is renamed, and how many customers come. */
const WAITING = 5;
const VISITORS = 2;
const WORKFLOW = 'online-quote';

/** One customer after another asks for a price and accepts it, until they are told to stop. */
async function comeAndGo(running: RunningHost, isOver: () => boolean): Promise<readonly string[]> {
  const references: string[] = [];
  while (!isOver()) {
    const reference = await walkRequest(running, SMALL);
    references.push(reference);
    await running.rest();
    await accept(await openLink(running, reference), 'PO-1');
  }
  return references;
}

/** Publishes the edit that is ready for the workflow which was left behind; answers its version. */
async function publishReady(running: RunningHost): Promise<number> {
  const { upgrades, catalogue } = running.host;
  const task = await upgrades.task(WORKFLOW);
  const ready = task && (await upgrades.ready(task));
  if (ready === undefined) throw new Error('No edit is ready.');
  expect(ready.problems).to.deep.equal([]);
  await publishSource(running, ready.source);
  await until('nothing is left behind', async () => (await upgrades.tasks()).length === 0);
  return (await catalogue.newest(WORKFLOW)).published.version;
}

describe('a field that is renamed and required while customers come and go', function () {
  if (!FULL) return;
  this.timeout(180_000);
  const host = useHost();

  it('stays readable on both sides, reaches the running cases, and no request fails', async () => {
    const running = host();
    const { engine, store, catalogue } = running.host;
    const waiting: { readonly reference: string; readonly customer: Visitor }[] = [];
    for (let n = 0; n < WAITING; n += 1) {
      const reference = await walkRequest(running, SMALL);
      await running.rest();
      waiting.push({ reference, customer: await openLink(running, reference) });
    }
    let isOver = false;
    const visits = Promise.all(
      Array.from({ length: VISITORS }, () => comeAndGo(running, () => isOver)),
    );
    const contracted = (async (): Promise<string> => {
      // Expanded: the new release stands, and the workflow goes on by the old name.
      const release = await releaseRenaming(running, 'XX000000');
      const before = await walkRequest(running, SMALL);
      expect((await caseOf(running, before)).release).not.to.equal(release);
      // Migrated: its owner publishes the edit, and the running cases follow.
      const version = await publishReady(running);
      const migrate = { kind: 'migrate', workflow: WORKFLOW, to: version, mapping: {} } as const;
      await carryOut(running, migrate, { kind: 'filter', filter: {} });
      // Contracted: nobody says the old name any more.
      const after = await walkRequest(running, SMALL);
      const { id } = await caseOf(running, after);
      expect((await engine.look(id)).data['customer']).to.not.have.property('vatNo');
      return release;
    })();
    const release = await contracted.finally(() => (isOver = true));
    const met = (await visits).flat();
    expect(met).to.have.length.greaterThan(VISITORS);
    for (const { reference, customer } of waiting) {
      const { id, release: on } = await caseOf(running, reference);
      expect(on).to.equal(release);
      const { customer: kept } = (await engine.look(id)).data;
      expect(kept).to.include({ taxId: 'IE1234567X' }).and.to.not.have.property('vatNo');
      await accept(customer, 'PO-1');
    }
    for (const reference of [...waiting.map((one) => one.reference), ...met]) {
      expect(await outcomeOf(running, reference)).to.equal('completed');
      await expectFold(store, catalogue, (await caseOf(running, reference)).id);
    }
  });
});
