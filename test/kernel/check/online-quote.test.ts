import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { WorkflowSource } from '../../../engine/kernel/definition/workflow.ts';
import type { Problem } from '../../../engine/kernel/problem.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

/** One change to the bundled workflow, and the problem that it must be refused with. */
interface Mutation {
  readonly what: string;
  /** Stands once in the text; `to` takes its place. */
  readonly from: string;
  readonly to: string;
  /** The file that is changed. (Default: the workflow itself) */
  readonly file?: string;
  readonly code: string;
  /** What stands at the place of the problem, in the changed text. */
  readonly at: string;
  readonly says?: RegExp;
  readonly trace?: readonly string[];
}

const MUTATIONS: readonly Mutation[] = [
  {
    what: 'a guard that is no condition',
    from: "'quote.discountPct > 10 || quote.netTotal > 25000'",
    to: "'quote.discountPct'",
    code: 'wrong-kind',
    at: 'quote.discountPct',
  },
  {
    what: 'a field that is not there',
    from: 'quote.netTotal > 25000',
    to: 'quote.totl > 25000',
    code: 'unknown-field',
    at: 'totl',
    says: /There is no field "totl" in Quote\. Did you mean "netTotal"\?/,
  },
  {
    what: 'a price that one of two ways leaves empty',
    from: 'fields: [{ field: quote.netTotal, required: true }]',
    to: 'fields: [quote.netTotal]',
    code: 'may-be-empty',
    at: 'quote.netTotal',
    says: /is empty here when the case came from “By hand”/,
  },
  {
    what: 'a field that a form may empty again',
    from: 'fields: [quote.discountPct,',
    to: 'fields: [quote.quoteNo,',
    code: 'may-be-empty',
    at: 'quote',
    says: /"quote\.quoteNo" is empty here when the case came from “Waiting for your answer”/,
  },
  {
    what: 'a save that is left away',
    from: 'customer.id: result.id, ',
    to: '',
    code: 'may-be-empty',
    at: 'customer',
    says: /"customer\.id" may be empty here/,
  },
  {
    what: 'an address that a start does not ask for',
    from: '{ field: customer.contactEmail, required: true }',
    to: 'customer.contactEmail',
    code: 'may-be-empty',
    at: 'customer.contactEmail',
  },
  {
    what: 'a result that the operation does not give',
    from: 'customer.priceListId: result.priceListId',
    to: 'customer.priceListId: result.priceList',
    code: 'unknown-field',
    at: 'priceList',
  },
  {
    what: 'a value of the wrong kind',
    from: "'addDays(today(), 14)'",
    to: '\'"in two weeks"\'',
    code: 'wrong-kind',
    at: '"in two weeks"',
  },
  {
    what: 'an input that the operation needs',
    from: 'with: { email: customer.contactEmail, legalName: customer.legalName }',
    to: 'with: { email: customer.contactEmail }',
    code: 'input-missing',
    at: '{ email: customer.contactEmail }',
    says: /needs "legalName" \(text\)/,
  },
  {
    what: 'an input that the operation does not know',
    from: 'priceList: customer.priceListId',
    to: 'pricelist: customer.priceListId',
    code: 'unknown-input',
    at: 'pricelist',
    says: /Did you mean "priceList"\?/,
  },
  {
    what: 'an undo with nothing to undo',
    from: 'with: { id: quote.reservationId } }',
    to: 'with: { reservation: quote.reservationId } }',
    code: 'input-missing',
    at: '{ call: oms.releaseReservation, with: { reservation: quote.reservationId } }',
  },
  {
    what: 'a message matched by something else',
    from: 'match: quote.quoteNo',
    to: 'match: quote.netTotal',
    code: 'wrong-kind',
    at: 'quote.netTotal',
  },
  {
    what: 'a mail to a number',
    from: 'to: customer.contactEmail, message: quote-sent',
    to: 'to: quote.netTotal, message: quote-sent',
    code: 'wrong-kind',
    at: 'quote.netTotal',
  },
  {
    what: 'a mail to a fixed address',
    from: 'to: customer.contactEmail, message: quote-sent',
    to: 'to: { value: somebody@example.com }, message: quote-sent',
    code: 'literal-address',
    at: '{ value: somebody@example.com }',
  },
  {
    what: 'an outcome that is not handled',
    from: '      decline: { to: declined, undo: all }\n',
    to: '',
    code: 'outcome-unhandled',
    at: 'offered',
  },
  {
    what: 'an outcome that the form does not have',
    from: '      accept:  ordering',
    to: '      accepted:  ordering',
    code: 'unknown-outcome',
    at: 'ordering',
    says: /Did you mean "accept"\?/,
  },
  {
    what: 'a field that is typed in twice',
    from: '          - customer.vatNo\n',
    to: '          - customer.legalName\n',
    code: 'asked-twice',
    at: 'customer.legalName',
  },
  {
    what: 'a line without its article number',
    from: 'columns: [sku, qty]',
    to: 'columns: [qty]',
    code: 'column-missing',
    at: '{ field: lines, columns: [qty], required: true }',
  },
  {
    what: 'a widget for another kind',
    from: '{ field: comment, widget: textarea }',
    to: '{ field: comment, widget: date }',
    code: 'wrong-widget',
    at: '{ field: comment, widget: date }',
  },
  {
    what: 'a state that nothing leads to',
    from: 'done: awaiting-confirmation',
    to: 'done: ordered',
    code: 'unreachable-state',
    at: 'awaiting-confirmation',
  },
  {
    what: 'a state without a way on',
    from: '    after: { 24 hours: order-desk }\n\n',
    to: '    after: { 24 hours: limbo }\n  limbo: { title: Limbo }\n',
    code: 'no-way-to-an-end',
    at: 'limbo',
    trace: [
      'matching',
      'evaluating/pricing/asking',
      'evaluating/pricing/priced',
      'deciding',
      'offered',
      'ordering',
      'awaiting-confirmation',
      'limbo',
    ],
  },
  {
    what: 'a round without a wait',
    from: '      - { to: offered }',
    to: '      - { to: deciding }',
    code: 'endless-loop',
    at: 'deciding',
    trace: ['deciding', 'deciding'],
  },
  {
    what: 'regions that are not followed by anything',
    from: '    done: deciding\n',
    to: '',
    code: 'done-missing',
    at: 'evaluating',
  },
  {
    what: 'two regions that write one field',
    from: 'save: { quote.reservationId: result.id }',
    to: 'save: { quote.reservationId: result.id, quote.netTotal: 0 }',
    code: 'regions-at-odds',
    at: '0',
    says: /both write "quote\.netTotal"/,
  },
  {
    what: 'a region that reads what another writes',
    from: 'with: { lines: lines }\n        save: { quote.reservationId',
    to: 'with: { lines: quote.lines }\n        save: { quote.reservationId',
    code: 'regions-at-odds',
    at: 'quote.lines',
    says: /“Stock” reads "quote\.lines" while “Pricing” writes it/,
  },
  {
    what: 'an operation without a grant',
    from: 'call: pricing.lookup\n            with: { priceList: customer.priceListId, lines: lines }',
    to: 'call: oms.createOrder\n            with: { quote: quote }',
    code: 'not-granted',
    at: 'oms.createOrder',
  },
  {
    what: 'a message without a grant',
    from: 'message: oms.orderConfirmed',
    to: 'message: oms.orderRejected',
    code: 'not-granted',
    at: '{ message: oms.orderRejected, match: quote.quoteNo }',
  },
  {
    what: 'a field without a grant',
    from: 'customer.segment: result.segment',
    to: 'customer.segment: result.segment, customer.creditStatus: \'"ok"\'',
    code: 'not-granted',
    at: '\'"ok"\'',
    says: /write "Customer\.creditStatus"/,
  },
  {
    what: 'the margin shown to the customer',
    from: 'show: [lines, quote.netTotal, quote.validUntil]',
    to: 'show: [lines, quote.netTotal, quote.marginPct]',
    code: 'not-readable',
    at: 'quote.marginPct',
    trace: ['Quote.marginPct', 'form answer', 'offered', 'the customer'],
  },
  {
    what: 'the credit status shown to a sales rep',
    from: 'show: [customer, lines]',
    to: 'show: [customer.creditStatus, lines]',
    code: 'not-readable',
    at: 'customer.creditStatus',
  },
  {
    what: 'the margin in the mail',
    file: 'quote-sent.hbs',
    from: '{{link}}',
    to: '{{link}} {{quote.marginPct}}',
    code: 'too-sensitive',
    at: '',
    trace: ['Quote.marginPct', 'quote.marginPct', 'a mail'],
  },
  {
    what: 'the VAT number given to a system that may not have it',
    from: 'legalName: customer.legalName }',
    to: "legalName: 'orElse(customer.vatNo, customer.legalName)' }",
    code: 'too-sensitive',
    at: "'orElse(customer.vatNo, customer.legalName)'",
    trace: ['Customer.vatNo', 'customer.vatNo', 'the operation "oms.findCustomer"'],
  },
  {
    what: 'the VAT number kept as a comment',
    from: 'set: { comment: \'orElse(form.note, "")\' }',
    to: 'set: { comment: \'orElse(customer.vatNo, "")\' }',
    code: 'less-protected',
    at: '\'orElse(customer.vatNo, "")\'',
    trace: ['Customer.vatNo', 'customer.vatNo', 'comment'],
  },
  {
    what: 'a mail without its link',
    file: 'quote-sent.hbs',
    from: '{{link}}',
    to: '',
    code: 'link-missing',
    at: '',
  },
  {
    what: 'a path that a mail cannot show',
    file: 'reminder.hbs',
    from: '{{reference}}',
    to: '{{refrence}}',
    code: 'unknown-name',
    at: 'refrence',
  },
  {
    what: 'a mail of an ask that is only sent',
    from: 'send: { message: reminder, to',
    to: 'send: { message: quote-sent, to',
    code: 'ask-message-sent',
    at: '{ message: quote-sent, to: customer.contactEmail }',
  },
  {
    what: 'a decision that does not cover everything',
    from: "      - { segment: '-',        total: '-',              pct: 0 }\n",
    to: '',
    code: 'decision-gap',
    at: '- {',
  },
  {
    what: 'a decision by a segment that is none',
    from: "'key, oem', ",
    to: "'key, platinum', ",
    code: 'not-a-choice',
    at: "'key, platinum'",
  },
  {
    what: 'a rule for the wrong field',
    from: "must: 'lines.all(l, l.qty <= 9999)'",
    to: "must: 'lines.all(l, l.sku <= 9999)'",
    code: 'mixed-kinds',
    at: 'l.sku <= 9999',
  },
];

function mutate(source: WorkflowSource, mutation: Mutation): WorkflowSource {
  const { file, from, to } = mutation;
  const replace = (text: string): string => {
    expect(text.split(from).length, `"${from}" must stand there once`).to.equal(2);
    return text.replace(from, () => to);
  };
  if (file === undefined) return { ...source, text: replace(source.text) };
  return { ...source, files: { ...source.files, [file]: replace(source.files[file] ?? '') } };
}

function textAt(source: WorkflowSource, { file, position }: Problem): string {
  const text =
    file === undefined ? source.text : (source.files[file.split('/').at(-1) ?? ''] ?? '');
  return text.slice(position?.from, position?.to);
}

describe('the bundled online-quote', () => {
  it('passes every check, without a false alarm', () => {
    const { workflow, problems } = checkSource(onlineQuote, meridianCore);
    expect(problems).to.deep.equal([]);
    expect(workflow?.name).to.equal('online-quote');
  });

  for (const mutation of MUTATIONS) {
    it(`is refused with ${mutation.what}`, () => {
      const source = mutate(onlineQuote, mutation);
      const { workflow, problems } = checkSource(source, meridianCore);
      const shown = problems.map((one) => `${one.code} "${textAt(source, one)}" ${one.message}`);
      const found = problems.find(
        (one) => one.code === mutation.code && textAt(source, one).startsWith(mutation.at),
      );
      expect(workflow, 'a workflow with errors is not given').to.equal(undefined);
      expect(found, shown.join('\n')).not.to.equal(undefined);
      if (mutation.says !== undefined) expect(found?.message).to.match(mutation.says);
      if (mutation.trace !== undefined) expect(found?.trace).to.deep.equal(mutation.trace);
    });
  }
});
