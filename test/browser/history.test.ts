import { expect } from 'chai';
import knex from 'knex';
import { SMALL, askForPrice } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { arriveAt, button, signIn } from './quote-pages.ts';
import { inspectPages } from './inspect-page.ts';
import { useBrowser } from './use-browser.ts';
import { withPage } from './with-page.ts';

// Line 9 of the scenario.
describe('a history that somebody alters, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();

  const inspect = inspectPages('history');

  /** Works on the database with a client that knows nothing of Trellis. */
  const alter = async (id: string): Promise<void> => {
    const { database } = running().host.settings;
    if (database.kind !== 'sqlite') throw new Error('The host has another database.');
    const client = knex({
      client: 'sqlite3',
      connection: { filename: database.file },
      useNullAsDefault: true,
    });
    try {
      const changed = await client('events')
        .where({ case_id: id, seq: 2 })
        .update({ actor: '{"kind":"staff","id":"eve","name":"Eve"}' });
      expect(changed).to.equal(1);
    } finally {
      await client.destroy();
    }
  };

  it('holds until then; then the verifier names the case, and the entry', async () => {
    await askForPrice(running(), SMALL);
    const reference = await askForPrice(running(), SMALL);
    const { rows } = await running().host.store.worklist.cases({}, undefined, 10);
    const altered = rows.find((one) => one.reference === reference);
    running().host.checkpointer.start();
    await running().host.checkpointer.stop();
    await withPage(browser(), {}, async ({ page }) => {
      await signIn(page, running(), 'ada@meridian.example');
      await page.goto(`${running().origin}/it/audit`);
      await page.getByRole('link', { name: 'Verify the history' }).click();
      await arriveAt(page, 'Verify the history');
      await inspect(page, 'before');
      await button(page, 'Verify the history').click();
      await page.getByText('Everything holds').waitFor();
      expect(await page.getByText(/2 cases with \d+ entries/u).textContent()).to.include(
        '1 checkpoint',
      );
      expect(await page.getByText('Nothing came later.').count()).to.equal(1);
      await inspect(page, 'holds');

      await alter(altered?.id ?? '');
      await button(page, 'Verify it again').click();
      await page.getByText('1 not as written').waitFor();
      const found = page.getByRole('list', { name: 'What is not as it was written' });
      expect(await found.getByRole('listitem').count()).to.equal(1);
      expect(await found.textContent())
        .to.include(`${reference}, entry 2`)
        .and.to.include('was edited after it was written');
      await inspect(page, 'altered');
      await found.getByRole('link', { name: `${reference}, entry 2` }).click();
      await arriveAt(page, reference);
    });
  }).timeout(60_000);
});
