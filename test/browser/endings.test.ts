import { expect } from 'chai';
import { SMALL, outcomeOf } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import {
  arriveAt,
  button,
  chooseAnswer,
  followMail,
  requestPrice,
  statusOn,
} from './quote-pages.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

const DAY = 24 * 60 * 60 * 1000;

describe('a quote that becomes no order, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();
  const phone = { width: WIDTHS.phone, javaScript: false };

  /** What order management holds for a quote that was not ordered. */
  const heldAtOms = (): readonly boolean[] =>
    running()
      .demo.book()
      .reservations.map(({ released }) => released);

  it('is declined by the customer: the reservation is released', () =>
    withPage(browser(), phone, async ({ page, complaints }) => {
      const { origin, demo, rest } = running();
      const reference = await requestPrice(page, origin, SMALL);
      await rest();
      expect(heldAtOms()).to.deep.equal([false]);
      await followMail(page, origin, reference);
      await chooseAnswer(page, 'No thank you');
      await button(page, 'No thank you').click();
      await arriveAt(page, reference);
      expect(await outcomeOf(running(), reference)).to.equal('declined');
      expect(await statusOn(page)).to.equal('Declined');
      expect(heldAtOms()).to.deep.equal([true]);
      expect(demo.book().orders).to.deep.equal([]);
      expect(complaints()).to.deep.equal([]);
    })).timeout(60_000);

  it('expires after 14 days without an answer, after a reminder', () =>
    withPage(browser(), phone, async ({ page }) => {
      const { origin, demo, rest, pass } = running();
      const reference = await requestPrice(page, origin, SMALL);
      await rest();
      await followMail(page, origin, reference);
      const subjects = (): readonly string[] =>
        demo.mails.list().flatMap(({ subject }) => (subject.includes(reference) ? [subject] : []));
      expect(subjects()).to.deep.equal([`Your quote ${reference}`]);
      await pass(3 * DAY);
      expect(subjects()).to.include(`Your quote ${reference} is waiting`);
      await pass(11 * DAY - 1);
      expect(await statusOn(page)).to.equal('In progress');
      await pass(1);
      expect(await statusOn(page)).to.equal('Expired');
      expect(await page.getByRole('link', { name: 'Answer' }).count()).to.equal(0);
      expect(heldAtOms()).to.deep.equal([true, true]);
      expect(demo.book().orders).to.deep.equal([]);
    })).timeout(60_000);
});
