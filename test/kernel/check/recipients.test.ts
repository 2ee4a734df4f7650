import { expect } from 'chai';
import { checkSource } from '../../../engine/kernel/check/check-workflow.ts';
import type { CoreView, Recipients } from '../../../engine/kernel/core-view.ts';
import { meridianCore } from '../fixtures/meridian-core.ts';

const HEAD = `workflow: sample
title: Sample
team: operations
core: 1
reference: S-{number}
data: { customer: Customer, email: { kind: text }, alike: { kind: text } }
start: { desk: { form: request, audience: { role: sales-rep } } }
forms:
  request:
    title: Request
    fields:
      - { field: customer.contactEmail, required: true }
      - { field: customer.legalName, required: true }
      - { field: customer.vatNo, required: true }
      - { field: email, required: true }
messages:
  hello: { subject: Hello, body: hello.hbs }
states:
  first: { next: { to: ended, send: { message: hello, to: `;

const MAIL = 'mail.send';

function coreWith(recipients: Recipients | undefined, more: Partial<CoreView> = {}): CoreView {
  const mail = meridianCore.operations.get(MAIL);
  const operations = new Map(meridianCore.operations);
  if (mail === undefined) throw new Error('The core has no mails.');
  operations.set(MAIL, { ...mail, ...(recipients && { recipients }) });
  return { ...meridianCore, operations, ...more };
}

function codesOf(to: string, core: CoreView, body = 'Good morning.'): readonly string[] {
  const text = `${HEAD}${to} } } }\n  ended: { final: completed }\n`;
  const { problems } = checkSource({ name: 'sample', text, files: { 'hello.hbs': body } }, core);
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('whom a mail may go to', () => {
  const recipients: readonly [string, Recipients['fields'], string[]][] = [
    ['customer.contactEmail', 'any', []],
    ['customer.contactEmail', ['Customer.contactEmail'], []],
    ['customer.contactEmail', ['own'], ['recipient-not-allowed']],
    ['email', ['own'], []],
    ['email', ['Customer.contactEmail', 'starter.email'], ['recipient-not-allowed']],
    ['customer.contactEmail + email', ['Customer.contactEmail'], ['recipient-not-allowed']],
    ["'orElse(starter.email, email)'", ['own', 'starter.email'], []],
    ["'orElse(starter.email, email)'", ['own'], ['recipient-not-allowed']],
    ['{ role: sales-manager }', 'any', []],
    ['{ role: sales-manager }', ['sales-manager', 'sales-rep'], []],
    ['{ role: sales-manager }', ['sales-rep'], ['recipient-not-allowed']],
    ['{ role: sales-manager }', [], ['recipient-not-allowed']],
  ];
  for (const [to, allowed, codes] of recipients) {
    it(`is ${codes.join() || 'fine'} for ${to} where ${JSON.stringify(allowed)} is allowed`, () => {
      const isRole = to.startsWith('{');
      const core = coreWith(
        isRole ? { fields: [], roles: allowed } : { fields: allowed, roles: [] },
      );
      expect(codesOf(to, core)).to.deep.equal(codes);
    });
  }

  it('is anybody where the manifest says nothing', () => {
    expect(codesOf('customer.contactEmail', coreWith(undefined))).to.deep.equal([]);
    expect(codesOf('{ role: sales-rep }', coreWith(undefined))).to.deep.equal([]);
  });

  it('needs the grant for mails, to a role as to an address', () => {
    const grants = meridianCore.grants.map((grant) => ({
      ...grant,
      operations: grant.operations.filter((name) => name !== MAIL),
    }));
    const core = coreWith(undefined, { grants });
    expect(codesOf('{ role: sales-rep }', core)).to.deep.equal(['not-granted']);
  });

  it('is no role that may not read what the mail shows', () => {
    const body = 'A mail about {{customer.contactEmail}}';
    const core = coreWith(undefined);
    expect(codesOf('{ role: sales-rep }', core, body)).to.deep.equal([]);
    const clearances = new Map(core.clearances).set('role:sales-rep', {
      ...{ upTo: 'public', tags: [] },
    });
    const strict = { ...core, clearances, fieldRights: [] };
    expect(codesOf('{ role: sales-rep }', strict, body)).to.deep.equal(['too-sensitive']);
    expect(codesOf('{ role: sales-manager }', strict, body)).to.deep.equal([]);
    const fieldRights = [{ role: 'sales-rep', read: ['Customer.contactEmail'] }];
    expect(codesOf('{ role: sales-rep }', { ...strict, fieldRights }, body)).to.deep.equal([]);
  });

  it('does not widen what mails may show at all', () => {
    const body = 'The number is {{customer.vatNo}}';
    expect(codesOf('{ role: sales-rep }', coreWith(undefined), body)).to.include('too-sensitive');
  });
});
