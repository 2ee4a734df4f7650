import { expect } from 'chai';
import { buildForm } from '../../engine/forms/build-form.ts';
import { openStep } from '../../engine/forms/journey.ts';
import type { FormModel } from '../../engine/forms/form-model.ts';
import { readWorkflow } from '../../engine/kernel/definition/read-workflow.ts';
import { TrellisError } from '../../engine/kernel/errors.ts';
import { meridianCore } from '../kernel/fixtures/meridian-core.ts';
import { onlineQuote } from '../kernel/fixtures/online-quote.ts';
import { Visitor, errorTexts, journeyOf, modelOf } from './forms-fixture.ts';

const { workflow } = readWorkflow(onlineQuote, meridianCore);

function onlineQuoteForm(name: string): FormModel {
  const form = workflow?.forms.find((candidate) => candidate.name === name);
  if (workflow === undefined || form === undefined) throw new Error('online-quote is not readable');
  const built = buildForm(form, workflow, meridianCore, {
    audience: 'customer',
    mayRead: () => true,
    outcomes: [
      { name: 'approve', title: 'Approve' },
      { name: 'reject', title: 'Reject' },
    ],
  });
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return { ...built.model, outcomes: name === 'request' ? [] : built.model.outcomes };
}

const PERSON = {
  '/customer/legalName': 'Ada Ltd',
  '/customer/contactEmail': 'ada@example.com',
  '/customer/vatNo': '',
};

describe('the journey through a form', () => {
  describe('with several pages and a list', () => {
    const begin = (): Visitor => new Visitor(journeyOf(onlineQuoteForm('request')), 'page-1');

    it('says what is missing on a page, and stays there', () => {
      const visitor = begin();
      const reply = visitor.send({});
      expect(errorTexts(reply)).to.deep.equal([
        'Enter your company name',
        'Enter your email address',
      ]);
      expect(visitor.at).to.equal('page-1');
    });

    it('goes from the pages over the entries of a list to the summary, and is sent', () => {
      const visitor = begin();
      visitor.send(PERSON);
      expect(visitor.at).to.equal('page-2');
      visitor.send({ '/lines#n': '0', '/comment': 'Soon, please', '#action': 'list-1-entry-1' });
      expect(visitor.at).to.equal('list-1-entry-1');
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '2' });
      expect(visitor.at).to.equal('page-2');
      visitor.send({ '/lines#n': '1', '/comment': 'Soon, please' });
      expect(visitor.at).to.equal('check');
      const reply = visitor.send();
      expect(reply).to.deep.include({
        kind: 'submitted',
        values: {
          data: {
            customer: { legalName: 'Ada Ltd', contactEmail: 'ada@example.com' },
            lines: [{ sku: 'A1', qty: 2 }],
            comment: 'Soon, please',
          },
          own: {},
        },
      });
    });

    it('changes an entry, and removes one when that is confirmed', () => {
      const visitor = begin();
      visitor.send(PERSON);
      for (const [index, sku] of ['A1', 'B2', 'C3'].entries()) {
        visitor.send({ '/lines#n': String(index), '#action': `list-1-entry-${index + 1}` });
        visitor.send({ [`/lines/${index}/sku`]: sku, [`/lines/${index}/qty`]: '1' });
      }
      visitor.send({ '/lines#n': '3', '#action': 'list-1-entry-2' });
      expect(openStep(visitor.journey, visitor.draft).answers).to.deep.equal({
        '/lines/1/sku': ['B2'],
        '/lines/1/qty': ['1'],
      });
      visitor.send({ '/lines/1/sku': 'B2', '/lines/1/qty': '7' });
      visitor.send({ '/lines#n': '3', '#action': 'list-1-remove-1' });
      expect(visitor.at).to.equal('list-1-remove-1');
      visitor.send();
      expect(visitor.draft.values['lines']).to.deep.equal([
        { sku: 'B2', qty: 7 },
        { sku: 'C3', qty: 1 },
      ]);
    });

    it('keeps an entry out of the list until it fits', () => {
      const visitor = begin();
      visitor.send(PERSON);
      visitor.send({ '/lines#n': '0', '#action': 'list-1-entry-1' });
      const reply = visitor.send({ '/lines/0/sku': 'a1', '/lines/0/qty': '1,000' });
      expect(errorTexts(reply)).to.deep.equal([
        'Article number is not in the correct format',
        'Quantity must be a whole number without commas or spaces, like 1200',
      ]);
      expect(visitor.draft.values['lines']).to.equal(undefined);
    });

    it('asks for at least one entry of a required list', () => {
      const visitor = begin();
      visitor.send(PERSON);
      const reply = visitor.send({ '/lines#n': '0', '/comment': '' });
      expect(reply).to.deep.include({
        errors: [{ pointer: '/lines', anchor: 'f-lines-add', text: 'Add a line' }],
      });
    });

    it('says a broken rule at its field once the page is complete', () => {
      const visitor = begin();
      visitor.send(PERSON);
      visitor.send({ '/lines#n': '0', '#action': 'list-1-entry-1' });
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '10000' });
      const reply = visitor.send({ '/lines#n': '1', '/comment': '' });
      expect(errorTexts(reply)).to.deep.equal(['Please call us for more than 9999 pieces']);
    });

    it('notices that the list was changed in another window', () => {
      const visitor = begin();
      visitor.send(PERSON);
      const reply = visitor.send({ '/lines#n': '2', '/comment': '' });
      expect(errorTexts(reply)[0]).to.match(/changed in another window/u);
    });

    it('lets nobody send it by skipping pages', () => {
      const visitor = begin();
      visitor.at = 'check';
      const reply = visitor.send();
      expect(reply).to.deep.include({ kind: 'show', step: { kind: 'page', page: 0 } });
      expect(errorTexts(reply)).to.have.length(2);
      const opened = openStep(visitor.journey, visitor.draft, 'check');
      expect(opened.step).to.deep.equal({ kind: 'page', page: 0, back: true });
    });

    it('comes back to the summary after a change from there', () => {
      const visitor = begin();
      visitor.send(PERSON);
      visitor.send({ '/lines#n': '0', '#action': 'list-1-entry-1' });
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '2' });
      visitor.send({ '/lines#n': '1', '/comment': '' });
      visitor.at = 'page-1-back';
      visitor.send({ ...PERSON, '/customer/legalName': 'Ada plc' });
      expect(visitor.at).to.equal('check');
      visitor.at = 'page-2-back';
      visitor.send({ '/lines#n': '1', '/comment': '', '#action': 'list-1-entry-1' });
      expect(visitor.at).to.equal('list-1-entry-1-back');
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '3' });
      expect(visitor.at).to.equal('page-2-back');
    });

    it('saves what was typed for later, right or wrong, and shows it again', () => {
      const visitor = begin();
      const typed = { ...PERSON, '/customer/contactEmail': 'not an address' };
      expect(visitor.send({ ...typed, '#action': 'save' }).kind).to.equal('saved');
      const opened = openStep(visitor.journey, visitor.draft);
      expect(opened.answers['/customer/contactEmail']).to.deep.equal(['not an address']);
      expect(errorTexts(visitor.send(typed))).to.deep.equal([
        'Enter an email address in the correct format, like name@example.com',
      ]);
    });

    it('saves an entry that is not complete, outside the list', () => {
      const visitor = begin();
      visitor.send(PERSON);
      visitor.send({ '/lines#n': '0', '#action': 'list-1-entry-1' });
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '', '#action': 'save' });
      expect(visitor.draft.values['lines']).to.equal(undefined);
      const opened = openStep(visitor.journey, visitor.draft);
      expect(opened.step.kind).to.equal('entry');
      expect(opened.answers['/lines/0/sku']).to.deep.equal(['A1']);
    });

    it('leads back to the page when an entry is gone', () => {
      const visitor = begin();
      visitor.send(PERSON);
      visitor.at = 'list-1-remove-3';
      expect(visitor.send()).to.deep.include({ kind: 'go', step: { kind: 'page', page: 1 } });
      visitor.at = 'list-1-entry-7';
      visitor.send({ '/lines/6/sku': 'A1', '/lines/6/qty': '1' });
      expect(visitor.at).to.equal('page-2');
    });

    it('keeps what cannot be read beside a list while an entry is added', () => {
      const model = modelOf(
        '{ lines: "QuoteLine[]", count: { kind: whole number } }',
        '{ title: T, fields: [lines, count] }',
      );
      const visitor = new Visitor(journeyOf(model), 'page-1');
      visitor.send({ '/lines#n': '0', '/count': 'many', '#action': 'list-1-entry-1' });
      visitor.send({ '/lines/0/sku': 'A1', '/lines/0/qty': '1', '/lines/0/unitPrice': '' });
      const opened = openStep(visitor.journey, visitor.draft, 'page-1');
      expect(opened.answers['/count']).to.deep.equal(['many']);
    });
  });

  describe('where questions depend on the outcome', () => {
    const data = { lines: [{ sku: 'A1', qty: 2 }], quote: { netTotal: '80.00' } };
    const begin = (): Visitor => new Visitor(journeyOf(onlineQuoteForm('answer'), data), 'outcome');

    it('asks for the outcome first, then only what belongs to it', () => {
      const visitor = begin();
      visitor.send({ '#outcome': 'accept' });
      expect(visitor.at).to.equal('page-1');
      expect(errorTexts(visitor.send({ '/quote/poNumber': '' }))).to.deep.equal([
        'Enter your purchase order number',
      ]);
      expect(visitor.send({ '/quote/poNumber': 'PO-7' })).to.deep.include({
        kind: 'submitted',
        outcome: 'accept',
        values: { data: { quote: { poNumber: 'PO-7' } }, own: {} },
      });
    });

    it('confirms an outcome that asks for nothing on the summary', () => {
      const visitor = begin();
      visitor.send({ '#outcome': 'decline' });
      expect(visitor.at).to.equal('check');
      expect(visitor.send()).to.deep.include({
        kind: 'submitted',
        outcome: 'decline',
        values: { data: {}, own: {} },
      });
    });

    it('forgets the answers that belonged to another outcome', () => {
      const visitor = begin();
      visitor.send({ '#outcome': 'change' });
      visitor.at = 'page-1';
      visitor.draft = { ...visitor.draft, values: { comment: 'Blue ones' } };
      visitor.at = 'outcome';
      visitor.send({ '#outcome': 'accept' });
      expect(visitor.send({ '/quote/poNumber': 'PO-7' })).to.deep.include({
        values: { data: { quote: { poNumber: 'PO-7' } }, own: {} },
      });
    });

    it('asks for the outcome when none was chosen, or one that there is not', () => {
      const visitor = begin();
      for (const outcome of [{}, { '#outcome': 'steal' }]) {
        const reply = visitor.send(outcome);
        expect(reply).to.deep.include({
          errors: [
            {
              pointer: '/$outcome',
              anchor: 'f-_24_outcome',
              text: 'Select “Accept” or “Ask for a change” or “No thank you”',
            },
          ],
        });
      }
      expect(openStep(visitor.journey, visitor.draft, 'check').step.kind).to.equal('outcome');
    });
  });

  describe('where the outcome is chosen by a button', () => {
    const begin = (): Visitor => new Visitor(journeyOf(onlineQuoteForm('review')), 'page-1');

    it('gives the values, the own fields and the outcome', () => {
      const reply = begin().send({
        '/quote/discountPct': '12.5',
        '/$form/note': ' Fine. ',
        '#outcome': 'approve',
      });
      expect(reply).to.deep.include({
        kind: 'submitted',
        outcome: 'approve',
        values: { data: { quote: { discountPct: 12.5 } }, own: { note: 'Fine.' } },
      });
    });

    it('is not sent by Enter, which presses none of them', () => {
      const reply = begin().send({ '/quote/discountPct': '', '/$form/note': '' });
      expect(errorTexts(reply)).to.deep.equal(['Select “Approve” or “Reject”']);
    });
  });

  it('clears what the case had and the person emptied', () => {
    const model = modelOf(
      '{ customer: Customer, lines: "QuoteLine[]" }',
      '{ title: T, fields: [customer.vatNo, customer.legalName, lines] }',
    );
    const data = { customer: { vatNo: 'IE12345', segment: 'key' }, lines: [{ sku: 'A1', qty: 1 }] };
    const visitor = new Visitor(journeyOf(model, data), 'page-1');
    expect(
      openStep(visitor.journey, visitor.draft, 'page-1').answers['/customer/vatNo'],
    ).to.deep.equal(['IE12345']);
    visitor.draft = { values: {} };
    const reply = visitor.send({
      '/customer/vatNo': '',
      '/customer/legalName': '',
      '/lines#n': '0',
    });
    expect(reply).to.deep.include({
      values: { data: { customer: { vatNo: null }, lines: [] }, own: {} },
    });
  });

  it('puts a question that depends on another one on a following page', () => {
    const model = modelOf(
      '{ fast: { kind: yes/no }, why: { kind: text }, other: { kind: text } }',
      `{ title: T, fields: [fast, { field: why, when: 'fast == true', required: true }, other] }`,
    );
    expect(
      model.pages.map(({ questions }) => questions.map(({ pointer }) => pointer)),
    ).to.deep.equal([['/fast', '/other'], ['/why']]);
    const asked = new Visitor(journeyOf(model), 'page-1');
    asked.send({ '/fast': 'true', '/other': '' });
    expect(asked.at).to.equal('page-2');
    expect(errorTexts(asked.send({ '/why': '' }))).to.deep.equal(['Enter your why']);

    const spared = new Visitor(journeyOf(model), 'page-1');
    expect(spared.send({ '/fast': 'false', '/other': '' }).kind).to.equal('submitted');
  });

  it('refuses what no page of it could have sent', () => {
    const refused = (at: string, fields: Record<string, string>): string => {
      const visitor = new Visitor(journeyOf(onlineQuoteForm('request')), at);
      try {
        visitor.send(fields);
      } catch (error) {
        if (error instanceof TrellisError) return error.code;
        throw error;
      }
      return 'taken';
    };
    expect(refused('page-9', {})).to.equal('unknown-step');
    expect(refused('__proto__', {})).to.equal('unknown-step');
    expect(refused('page-1', { '/customer/creditStatus': 'ok' })).to.equal('unknown-answer');
    expect(refused('page-1', { '/__proto__/polluted': 'yes' })).to.equal('unknown-answer');
    expect(refused('page-1', { '/constructor/prototype/x': 'yes' })).to.equal('unknown-answer');
    expect(refused('page-2', { '#action': 'delete-everything' })).to.equal('unknown-action');
    expect(refused('page-2', { '/lines#n': '1e9' })).to.equal('too-many-entries');
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});
