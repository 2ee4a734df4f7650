import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { LoggedCall } from '../../server/demo/calls.ts';
import { SMALL, caseOf, outcomeOf } from '../server/quote-journey.ts';
import { useHost } from '../server/with-host.ts';
import { until } from '../until.ts';
import { keepScreenshot } from './screenshot.ts';
import {
  acceptQuote,
  clearFaults,
  requestPrice,
  setFault,
  signIn,
  statusOn,
} from './quote-pages.ts';
import { useBrowser } from './use-browser.ts';
import { WIDTHS, withPage } from './with-page.ts';

/** Longer than any wait between two tries of order management's operations, in milliseconds. */
const LONGEST_WAIT = 60_000;
/** The breaker of order management opens for 30 seconds of its own time after ten failures. */
const BREAKER_AND_MORE = 75_000;

describe('order management in trouble, in a browser', () => {
  const browser = useBrowser();
  const running = useHost();
  const phone = { width: WIDTHS.phone, javaScript: false };

  it('is down: an incident waits for the operator, and retrying it leads to one order', () =>
    withPage(browser(), phone, async ({ page: customer }) => {
      const { origin, demo } = running();
      await withPage(browser(), {}, async ({ page: operator, complaints }) => {
        await setFault(operator, origin, 'Find a customer', 'Breaks down and does nothing');
        const reference = await requestPrice(customer, origin, SMALL);
        await until('the incident', async () => {
          await running().pass(LONGEST_WAIT);
          return (await running().host.store.incidents.list(undefined, 1)).length > 0;
        });
        await signIn(operator, running(), 'ada@meridian.example');
        await operator.getByRole('link', { name: 'Incidents' }).click();
        expect(await operator.locator('main').innerText())
          .to.contain(reference)
          .and.to.contain('tried 5 times');
        await keepScreenshot(operator, 'trouble-incident');
        await clearFaults(operator, origin);
        await operator.getByRole('link', { name: 'Incidents' }).click();
        await tryAgain(operator, 'oms.findCustomer');
        await running().rest();
        expect(complaints()).to.deep.equal([]);

        await acceptQuote(customer, origin, reference);
        expect(await outcomeOf(running(), reference)).to.equal('completed');
        expect(await statusOn(customer)).to.equal('Completed');
        expect(ordersOf(reference)).to.deep.equal(['confirmed']);
        expect(demo.calls.list().filter(isCreateOrder)).to.have.length(1);
      });
    })).timeout(90_000);

  it('answers wrongly: the incident quotes the problem, and retrying it makes no second order', () =>
    withPage(browser(), phone, async ({ page: customer }) => {
      const { origin, demo, rest } = running();
      const before = demo.calls.list().filter(isCreateOrder).length;
      const reference = await requestPrice(customer, origin, SMALL);
      await rest();
      await withPage(browser(), {}, async ({ page: operator }) => {
        await setFault(operator, origin, 'Create an order', 'Answers something of another shape');
        await acceptQuote(customer, origin, reference);
        await rest();
        await signIn(operator, running(), 'ada@meridian.example');
        await operator.goto(`${origin}/incidents`);
        await keepScreenshot(operator, 'trouble-wrong-answer');
        const incident = incidentAbout(operator, 'oms.createOrder');
        expect(await incident.innerText()).to.contain('/order must be a group of fields');
        // It is the core process that failed; its page leads to the quote.
        await incident.getByRole('link', { name: new RegExp(`^${reference} `, 'u') }).click();
        await operator.getByRole('link', { name: reference, exact: true }).waitFor();
        expect(await statusOn(customer)).to.equal('In progress');

        await clearFaults(operator, origin);
        await operator.goto(`${origin}/incidents`);
        await tryAgain(operator, 'oms.createOrder');
        expect(await outcomeOf(running(), reference)).to.equal('completed');
        expect(await statusOn(customer)).to.equal('Completed');
        expect(ordersOf(reference)).to.deep.equal(['confirmed']);
        expect(demo.calls.list().filter(isCreateOrder)).to.have.length(before + 1);
      });
    })).timeout(90_000);

  it('never answers: it is asked whether there is an order before another is made', () =>
    withPage(browser(), phone, async ({ page: customer }) => {
      const { origin, demo, pass, rest } = running();
      const before = demo.calls.list().filter(isCreateOrder).length;
      const reference = await requestPrice(customer, origin, SMALL);
      await rest();
      demo.faults.set('oms.createOrder', { kind: 'hang' });
      await acceptQuote(customer, origin, reference);
      // Its time runs out, and the work is tried again.
      await until(
        `the end of ${reference}`,
        async () => {
          const { status, states } = await caseOf(running(), reference);
          // Once the order is made, its confirmation comes in its own time. Before, no time passes
          // while a call is on its way: what has it in hand would be taken for dead.
          if (states.includes('ordering')) await pass(LONGEST_WAIT);
          return status === 'finished';
        },
        BREAKER_AND_MORE,
      );
      expect(await statusOn(customer)).to.equal('Completed');
      expect(ordersOf(reference)).to.deep.equal(['confirmed']);
      expect(demo.calls.list().filter(isCreateOrder)).to.have.length(before + 1);
      demo.faults.clear();
    })).timeout(150_000);

  /** How the orders for a quote stand at order management. */
  function ordersOf(reference: string): readonly string[] {
    const { orders } = running().demo.book();
    return orders.filter(({ quoteNo }) => quoteNo === reference).map(({ status }) => status);
  }
});

function incidentAbout(operator: Page, operation: string): Locator {
  return operator.locator('.trellis-incident').filter({ hasText: operation });
}

async function tryAgain(operator: Page, operation: string): Promise<void> {
  await incidentAbout(operator, operation).getByRole('button').click();
  await operator.getByText(/The work for \S+ runs again/u).waitFor();
}

function isCreateOrder({ operation }: LoggedCall): boolean {
  return operation === 'oms.createOrder';
}
