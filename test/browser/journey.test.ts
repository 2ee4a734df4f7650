import { expect } from 'chai';
import { LARGE, caseOf, outcomeOf } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { keepScreenshot } from './screenshot.ts';
import {
  button,
  chooseAnswer,
  followMail,
  arriveAt,
  openTeamTask,
  requestPrice,
  signIn,
  statusOn,
} from './quote-pages.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

// A phone without JavaScript for the customer, a desk for the staff.
describe('a quote becomes an order, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();
  const phone = { width: WIDTHS.phone, javaScript: false };

  it('from the request over the review to the confirmed order', () =>
    withPage(browser(), phone, async ({ page: customer, complaints: ofCustomer }) => {
      const { origin, demo, rest } = running();
      const reference = await requestPrice(customer, origin, LARGE);
      await customer.getByRole('link', { name: 'See where it stands' }).click();
      await arriveAt(customer, reference);
      await rest();
      expect(await statusOn(customer)).to.equal('In progress');

      await withPage(browser(), {}, async ({ page: rep, complaints: ofRep }) => {
        await signIn(rep, running(), 'rita@meridian.example');
        await openTeamTask(rep, origin, reference);
        await button(rep, 'Take this task').click();
        await keepScreenshot(rep, 'journey-review');
        await rep.getByLabel('Discount').fill('12');
        await button(rep, 'Approve').click();
        await arriveAt(rep, 'Inbox');
        await rest();
        expect(ofRep()).to.deep.equal([]);
      });

      await followMail(customer, origin, reference);
      await keepScreenshot(customer, 'journey-asked');
      await chooseAnswer(customer, 'Accept');
      await customer.getByLabel('Purchase order number').fill('PO-4711');
      await keepScreenshot(customer, 'journey-accept');
      await button(customer, 'Accept').click();
      await arriveAt(customer, reference);
      expect(await outcomeOf(running(), reference)).to.equal('completed');
      expect(await statusOn(customer)).to.equal('Completed');
      await keepScreenshot(customer, 'journey-completed');

      const { orders } = demo.book();
      expect(orders.filter(({ quoteNo }) => quoteNo === reference)).to.have.length(1);
      expect(orders[0]).to.include({ quoteNo: reference, status: 'confirmed' });
      expect(await caseOf(running(), reference)).to.include({ status: 'finished' });
      expect(ofCustomer()).to.deep.equal([]);
    })).timeout(90_000);
});
