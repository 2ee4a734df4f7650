import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { CoreView } from '../../../engine/kernel/core-view.ts';
import type { JsonSchema } from '../../../engine/kernel/types/value-type.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';
import { onlineQuote } from '../fixtures/online-quote.ts';

/** The same core, where the customer's number is kept by the system. */
function withReadOnlyId(): CoreView {
  const customer = meridianCore.types.get('Customer');
  if (customer === undefined) throw new Error('the fixture has no Customer');
  const schema = JSON.parse(
    JSON.stringify(customer.schema).replace('"format":"uuid"', '"format":"uuid","readOnly":true'),
  ) as JsonSchema;
  return {
    ...meridianCore,
    types: new Map([...meridianCore.types, ['Customer', { ...customer, schema }]]),
  };
}

describe('a field that the system keeps', () => {
  const text = onlineQuote.text.replace(
    '          - customer.vatNo\n',
    '          - customer.id\n',
  );

  it('cannot be asked for', () => {
    const { problems } = checkSource({ ...onlineQuote, text }, withReadOnlyId());
    const found = problems.map(({ code, path }) => `${code} ${path.join('.')}`);
    expect(found).to.include('read-only-field forms.request.pages.0.fields.2');
  });

  it('can be asked for where the core says nothing of the kind', () => {
    const { problems } = checkSource({ ...onlineQuote, text }, meridianCore);
    expect(problems.map(({ code }) => code)).not.to.include('read-only-field');
  });
});
