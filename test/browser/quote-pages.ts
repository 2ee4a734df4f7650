import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { DemoSignIn } from '../../server/host/demo-people.ts';
import type { Wish } from '../server/quote-journey.ts';
import type { RunningHost } from '../server/with-host.ts';

/** The button with exactly this name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Waits for the page with exactly this heading. */
export async function arriveAt(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
}

/** Goes from the first page of the site to the first page of the request. */
export async function openRequest(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole('link', { name: 'Get a price' }).first().click();
  await arriveAt(page, 'About you');
}

/** Fills the first page of the request and goes on. */
export async function tellAboutYou(page: Page, { company, email }: Wish): Promise<void> {
  await page.getByLabel('Company name').fill(company);
  await page.getByLabel('Email').fill(email);
  await button(page, 'Continue').click();
  await arriveAt(page, 'What do you need?');
}

/** Adds a line to the request and goes on to the summary. */
export async function tellWhatYouNeed(page: Page, { sku, pieces }: Wish): Promise<void> {
  await button(page, 'Add a line').click();
  await page.getByLabel('Article').fill(sku);
  await page.getByLabel('Quantity').fill(String(pieces));
  await button(page, 'Save and continue').click();
  await button(page, 'Continue').click();
  await arriveAt(page, 'Check your answers');
}

/** Asks for a price as a customer does, and answers the reference that they are told. */
export async function requestPrice(page: Page, origin: string, wish: Wish): Promise<string> {
  await openRequest(page, origin);
  await tellAboutYou(page, wish);
  await tellWhatYouNeed(page, wish);
  await button(page, 'Send').click();
  return referenceOn(page);
}

/** The reference on the page that confirms a request. */
export async function referenceOn(page: Page): Promise<string> {
  await arriveAt(page, 'We have received your request');
  const said = await page.getByText('Your reference is').innerText();
  return said.replace('Your reference is', '').trim();
}

/** Goes from the newest mail about a case, in the demo's sink, to the page behind its link. */
export async function followMail(page: Page, origin: string, reference: string): Promise<void> {
  await page.goto(`${origin}/demo/mails`);
  await page
    .getByRole('link', { name: `Your quote ${reference}` })
    .first()
    .click();
  await page.locator(`a[href^="${origin}/l/"]`).click();
  await arriveAt(page, reference);
  // The token of the link stands in no address any more.
  expect(page.url()).to.equal(`${origin}/status`);
}

/** Opens the form behind the mailed link and chooses how to answer. */
export async function chooseAnswer(page: Page, answer: string): Promise<void> {
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByLabel(answer).check();
  await button(page, 'Continue').click();
}

/** Accepts the quote behind the mailed link. */
export async function acceptQuote(page: Page, origin: string, reference: string): Promise<void> {
  await followMail(page, origin, reference);
  await chooseAnswer(page, 'Accept');
  await page.getByLabel('Purchase order number').fill('PO-4711');
  await button(page, 'Accept').click();
  await arriveAt(page, reference);
}

/** What the customer's page, loaded again, says of how the case stands: `In progress`, `Completed`. */
export async function statusOn(page: Page): Promise<string> {
  await page.reload();
  return page.locator('#status .govuk-tag').first().innerText();
}

/** Signs somebody of the demo in. */
export async function signIn(
  page: Page,
  { origin, people }: Pick<RunningHost, 'origin' | 'people'>,
  email: string,
): Promise<void> {
  const { password } = personOf(people, email);
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await button(page, 'Sign in').click();
  await arriveAt(page, 'Inbox');
}

/** Opens the task of a case from the list of the team's tasks. */
export async function openTeamTask(page: Page, origin: string, reference: string): Promise<void> {
  await page.goto(`${origin}/inbox/team`);
  await page.getByRole('link', { name: new RegExp(`${reference} for `, 'u') }).click();
}

/** Tells the demo's systems what to do, on their page; `Works` makes one work again. */
export async function setFault(
  page: Page,
  origin: string,
  operation: string,
  fault: string,
): Promise<void> {
  await page.goto(`${origin}/demo/faults`);
  await page.getByLabel(operation).selectOption({ label: fault });
  await button(page, 'Set').click();
  await page.getByText('The demo systems have been told.').waitFor();
}

/** Makes all the demo's systems work again, on their page. */
export async function clearFaults(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/demo/faults`);
  await button(page, 'Make everything work again').click();
  await page.getByText('The demo systems have been told.').waitFor();
}

/** The person of the demo with this address. @throws `Error` where nobody has it. */
export function personOf(people: readonly DemoSignIn[], email: string): DemoSignIn {
  const person = people.find((one) => one.email === email);
  if (person === undefined) throw new Error(`Nobody has the address ${email}.`);
  return person;
}
