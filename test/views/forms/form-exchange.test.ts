import { expect } from 'chai';
import fc from 'fast-check';
import type { Draft, Journey } from '../../../engine/index.ts';
import { beginDraft } from '../../../engine/index.ts';
import type { FormAnswer } from '../../../server/views/forms/form-exchange.ts';
import { sendForm, showForm } from '../../../server/views/forms/form-exchange.ts';
import type { FormPlace } from '../../../server/views/forms/page-view.ts';
import { journeyOf, modelOf } from '../../forms/forms-fixture.ts';
import { brokenReferences, fieldsOf, idsOf, renderForm, tagsOf } from './render-form.ts';

const PLACE: FormPlace = {
  hrefOf: (key) => `/start/online?step=${key}`,
  backHref: '/',
  hidden: [{ name: '#submission', value: 'k-1' }],
};

const EVERY_WIDGET = {
  Everything: {
    type: 'object',
    required: ['name', 'born', 'tags'],
    properties: {
      name: { type: 'string', title: 'Full name', maxLength: 12 },
      contactEmail: { type: 'string', format: 'email' },
      phone: { type: 'string' },
      story: { type: 'string', maxLength: 2000 },
      born: { type: 'string', format: 'date', title: 'Date of birth' },
      pieces: { type: 'integer', minimum: 1 },
      price: { type: 'string', format: 'decimal' },
      agreed: { type: 'boolean' },
      size: { enum: ['s', 'm', 'l'] },
      country: { enum: ['at', 'be', 'ch', 'de', 'es', 'fr', 'ie', 'it'] },
      colours: { type: 'array', uniqueItems: true, maxItems: 3, items: { enum: ['r', 'g'] } },
      tags: { type: 'array', maxItems: 5, items: { type: 'string', maxLength: 5 } },
      any: { type: ['string', 'number'] },
      address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
    },
  },
};

const everything = journeyOf(
  modelOf(
    '{ e: Everything }',
    '{ title: All of it, show: [e.name], saveAndReturn: 14 days, fields: [{ field: e, required: true }] }',
    EVERY_WIDGET,
  ),
  {},
  EVERY_WIDGET,
);

function pageOf(answer: FormAnswer): { readonly html: string; readonly status: number } {
  if (answer.kind !== 'page') throw new Error(`not a page: ${JSON.stringify(answer)}`);
  return { html: renderForm(answer.view), status: answer.status };
}

function show(journey: Journey, draft: Draft, key: string): string {
  return pageOf(showForm(journey, draft, key, PLACE)).html;
}

describe('the pages of a form', () => {
  const empty = beginDraft(everything.checks.model, {});

  it('ties every label, hint and error to its field', () => {
    const html = show(everything, empty, 'page-1');
    expect(brokenReferences(html)).to.deep.equal([]);
    expect(idsOf(html)).to.include.members(['f-e-name', 'f-e-born-day', 'f-e-tags-add']);
  });

  it('names the fields by their pointers and says how to type them', () => {
    const inputs = tagsOf(show(everything, empty, 'page-1')).map(({ attributes }) => attributes);
    const named = (name: string): Readonly<Record<string, string>> =>
      inputs.find((attributes) => attributes['name'] === name) ?? {};
    expect(named('/e/contactEmail')).to.include({ type: 'email', autocomplete: 'email' });
    expect(named('/e/phone')).to.include({ type: 'tel', autocomplete: 'tel' });
    expect(named('/e/pieces')).to.include({ type: 'text', inputmode: 'numeric' });
    expect(named('/e/price')).to.include({ inputmode: 'decimal' });
    expect(named('/e/born#year')).to.include({ autocomplete: 'bday-year' });
    expect(named('/e/agreed')).to.include({ type: 'radio' });
    expect(named('/e/colours')).to.include({ type: 'checkbox' });
    expect(named('#submission')).to.include({ type: 'hidden', value: 'k-1' });
  });

  it('answers 422 with links to what is wrong, the typed values and a marked title', () => {
    const typed: [string, string][] = [
      ['/e/name', 'A name that is too long'],
      ['/e/contactEmail', 'nobody'],
      ['/e/born#day', '31'],
      ['/e/born#month', ''],
      ['/e/born#year', '1980'],
      ['/e/pieces', '0'],
      ['/e/tags#n', '0'],
    ];
    const answer = sendForm(everything, empty, 'page-1', typed, PLACE);
    const { html, status } = pageOf(answer);
    expect(status).to.equal(422);
    expect(answer.kind === 'page' && answer.view.pageTitle).to.equal('Error: All of it');
    expect(answer.kind === 'page' && answer.view.errors).to.deep.equal([
      { href: '#f-e-name', text: 'Full name must be 12 characters or fewer' },
      {
        href: '#f-e-contactEmail',
        text: 'Enter an email address in the correct format, like name@example.com',
      },
      { href: '#f-e-born-month', text: 'Date of birth must include a month' },
      { href: '#f-e-pieces', text: 'Pieces must be 1 or more' },
      { href: '#f-e-tags-add', text: 'Add a tag' },
    ]);
    expect(brokenReferences(html)).to.deep.equal([]);
    expect(fieldsOf(html)).to.deep.include.members(typed);
  });

  it('posts what it shows: sending a page as it is keeps the draft', () => {
    const values = {
      e: {
        name: 'Ada',
        story: '\n One\n<b>two</b> & "three"',
        born: '1980-03-31',
        agreed: false,
        size: 'm',
        country: 'ie',
        colours: ['g'],
        tags: ['x'],
        any: 5,
        address: { city: 'Cork' },
      },
    };
    const html = show(everything, { values }, 'page-1');
    const answer = sendForm(
      everything,
      { values },
      'page-1',
      fieldsOf(html).filter(([name]) => name !== '#submission'),
      PLACE,
    );
    expect(answer).to.deep.include({
      kind: 'submitted',
      values: { data: { e: { ...values.e, story: values.e.story.trim() } }, own: {} },
    });
  });

  it('shows an entry of a list on a page of its own, and asks before it removes one', () => {
    const draft = { values: { e: { tags: ['one', 'two'] } } };
    const entry = show(everything, draft, 'list-1-entry-2');
    expect(fieldsOf(entry)).to.deep.include(['/e/tags/1', 'two']);
    const remove = show(everything, draft, 'list-1-remove-2');
    expect(remove).to.match(/Do you want to remove tag 2\?/u);
    expect(remove).to.include('>Cancel</a>');
    const answer = sendForm(everything, draft, 'list-1-remove-2', [], PLACE);
    expect(answer).to.deep.include({
      kind: 'redirect',
      location: '/start/online?step=page-1',
      draft: { values: { e: { tags: ['one'] } }, at: 'page-1' },
    });
    expect(brokenReferences(entry + remove)).to.deep.equal([]);
  });

  it('leads to the entry of a list that is wrong', () => {
    const draft = { values: { e: { tags: ['one', 'far too long'] } } };
    const fields: [string, string][] = [
      ['/e/name', 'Ada'],
      ['/e/born#day', '1'],
      ['/e/born#month', '2'],
      ['/e/born#year', '1990'],
      ['/e/tags#n', '2'],
    ];
    const answer = sendForm(everything, draft, 'page-1', fields, PLACE);
    expect(answer.kind === 'page' && answer.view.errors).to.deep.equal([
      { href: '#f-e-tags-1-change', text: 'Tag 2: Tag must be 5 characters or fewer' },
    ]);
    expect(brokenReferences(pageOf(answer).html)).to.deep.equal([]);
  });

  it('shows all answers before they are sent, each with a way to change it', () => {
    const journey = journeyOf(
      modelOf(
        '{ customer: Customer, lines: "QuoteLine[]" }',
        '{ title: Order, summary: true, pages: [{ title: You, fields: [customer.legalName] }, { title: Goods, fields: [lines] }] }',
      ),
    );
    const draft = {
      values: {
        customer: { legalName: 'Ada <Ltd>' },
        lines: [{ sku: 'A1', qty: 1200, unitPrice: '1234.5' }],
      },
    };
    const html = show(journey, draft, 'check');
    expect(html).to.include('Ada &lt;Ltd&gt;').and.include('1,200').and.include('1,234.50');
    expect(
      tagsOf(html)
        .filter(({ name }) => name === 'a')
        .map(({ attributes }) => attributes['href']),
    ).to.deep.equal([
      '/start/online?step=page-2',
      '/start/online?step=page-1-back',
      '/start/online?step=page-2-back',
    ]);
    expect(html).to.include('<span class="govuk-visually-hidden"> company name</span>');
  });

  it('never lets what was typed break out of its place', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        '"><script>alert(1)</script>',
        `' onfocus='x`,
        '</textarea><img src=x onerror=x>',
        '{{this}}',
        '`${1}`',
        '&quot;><b>',
      ),
    );
    const names = ['/e/name', '/e/story', '/e/any', '/e/size', '/e/born#day', '/e/country'];
    const shape = (html: string): readonly string[] =>
      tagsOf(html).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
    const post = (text: string): string =>
      pageOf(
        sendForm(
          everything,
          empty,
          'page-1',
          [
            ...names.map((name): [string, string] => [name, text]),
            ['/e/tags#n', '0'],
            ['/e/contactEmail', 'x'],
          ],
          PLACE,
        ),
      ).html;
    const harmless = shape(post('zzz\u0000'));
    fc.assert(
      fc.property(hostile, (text) => {
        const html = post(`${text}\u0000`);
        expect(shape(html)).to.deep.equal(harmless);
        const value = tagsOf(html).find(({ attributes }) => attributes['name'] === '/e/name')
          ?.attributes['value'];
        expect(value).to.equal(`${text}\u0000`);
      }),
      { numRuns: 200 },
    );
  });

  it('asks for the outcome by radio buttons, and names the last button by it', () => {
    const form = `{ title: Your quote, show: [quote.netTotal], outcomes: { accept: Accept, decline: No thank you }, fields: [{ field: quote.poNumber, when: 'outcome == "accept"', required: true }] }`;
    const journey = journeyOf(modelOf('{ quote: Quote }', form), { quote: { netTotal: '1234.5' } });
    const html = show(journey, { values: {} }, 'outcome');
    expect(html).to.include('1,234.50');
    expect(
      tagsOf(html)
        .filter(({ attributes }) => attributes['name'] === '#outcome')
        .map(({ attributes }) => attributes['value']),
    ).to.deep.equal(['accept', 'decline']);
    const refused = sendForm(journey, { values: {} }, 'outcome', [], PLACE);
    expect(brokenReferences(pageOf(refused).html)).to.deep.equal([]);
    const last = showForm(journey, { values: {}, outcome: 'accept' }, 'page-1', PLACE);
    expect(last.kind === 'page' && last.view.buttons).to.deep.equal([{ label: 'Accept' }]);
    const check = show(journey, { values: {}, outcome: 'decline' }, 'check');
    expect(check).to.include('No thank you');
    expect(tagsOf(check).map(({ attributes }) => attributes['href'])).to.include(
      '/start/online?step=outcome-back',
    );
  });

  it('ends with a button for each outcome, where Enter presses none of them', () => {
    const form =
      '{ title: Check, outcomes: { approve: Approve, reject: Reject }, fields: [customer.vatNo] }';
    const journey = journeyOf(modelOf('{ customer: Customer }', form));
    const shown = showForm(journey, { values: {} }, 'page-1', PLACE);
    expect(shown.kind === 'page' && shown.view).to.deep.include({
      plainEnter: true,
      buttons: [
        { label: 'Approve', name: '#outcome', value: 'approve', id: 'f-_24_outcome' },
        { label: 'Reject', name: '#outcome', value: 'reject', emphasis: 'secondary' },
      ],
    });
    const enter = sendForm(journey, { values: {} }, 'page-1', [['/customer/vatNo', '']], PLACE);
    expect(brokenReferences(pageOf(enter).html)).to.deep.equal([]);
  });

  it('redirects to the step that comes first', () => {
    expect(showForm(everything, empty, 'check', PLACE)).to.deep.equal({
      kind: 'redirect',
      status: 303,
      location: '/start/online?step=page-1-back',
    });
    expect(showForm(everything, empty, undefined, PLACE)).to.include({ kind: 'page', status: 200 });
    expect(showForm(everything, empty, 'list-9-entry-1', PLACE)).to.include({ kind: 'redirect' });
  });

  it('keeps what was typed for later', () => {
    const answer = sendForm(
      everything,
      empty,
      'page-1',
      [
        ['/e/name', 'Ada'],
        ['/e/pieces', 'x'],
        ['#action', 'save'],
      ],
      PLACE,
    );
    expect(answer.kind).to.equal('saved');
    if (answer.kind !== 'saved') return;
    const { view } = showForm(everything, answer.draft, undefined, PLACE) as Extract<
      FormAnswer,
      { kind: 'page' }
    >;
    expect(fieldsOf(renderForm(view))).to.deep.include.members([
      ['/e/name', 'Ada'],
      ['/e/pieces', 'x'],
    ]);
    expect(view.saveLabel).to.equal('Save and come back later');
  });

  it('refuses what no page sends with 400, and too much of it with 413', () => {
    const status = (fields: readonly (readonly [string, string])[]): number | string => {
      const answer = sendForm(everything, empty, 'page-1', fields, PLACE);
      return answer.kind === 'refused' ? answer.status : answer.kind;
    };
    expect(status([['/e/secret', 'x']])).to.equal(400);
    expect(status([['__proto__', 'x']])).to.equal(400);
    expect(
      status([
        ['/e/name', 'x'],
        ['/e/name', 'y'],
      ]),
    ).to.equal(400);
    expect(
      status([
        ['#action', 'x'],
        ['#action', 'y'],
      ]),
    ).to.equal(400);
    expect(
      status(Array.from({ length: 1001 }, (_, i): [string, string] => [`/e/${i}`, ''])),
    ).to.equal(413);
  });
});
