import { expect } from 'chai';
import fc from 'fast-check';
import { composeMail } from '../../../engine/connectors/mail/compose.ts';
import { smtpFailure } from '../../../engine/connectors/mail/smtp-failure.ts';
import type { MailConnector } from '../../../engine/governance/connector-manifest.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { ConnectorAnswer } from '../../../engine/ports/connector.ts';
import type { MailDestination } from '../../../engine/ports/destination.ts';
import { createCalls } from '../../../server/demo/calls.ts';
import { createFaults } from '../../../server/demo/faults.ts';
import { startMailSink } from '../../../server/demo/mail-sink.ts';
import type { Mails } from '../../../server/demo/mail-sink.ts';
import { callOf, meridianConnectors, secretsOf, withConnectors } from '../support.ts';

const FROM = { name: 'Meridian', address: 'quotes@meridian.example' };
const MAIL = { to: 'ada@ada.example', subject: 'Your quote', text: 'Hello' };

const manifest = meridianConnectors().get('mail') as MailConnector;

async function send(
  input: JsonObject,
  prepare: (faults: ReturnType<typeof createFaults>) => void = () => undefined,
  more: Partial<MailDestination> = {},
): Promise<{ readonly answer: ConnectorAnswer; readonly mails: Mails }> {
  const faults = createFaults();
  prepare(faults);
  const sink = await startMailSink({ faults, calls: createCalls(() => 0), now: () => 0 });
  try {
    const destination: MailDestination = {
      kind: 'mail',
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      from: FROM,
      allow: [`127.0.0.1/32:${sink.port}`],
      ...more,
    };
    const answer = await withConnectors(
      {
        manifests: [manifest],
        environment: 'demo',
        destinations: new Map([['mail-demo', destination]]),
        secrets: secretsOf({ 'mail-password': 'secret' }),
      },
      (connectors) => connectors.call(callOf('mail.send', input)),
    );
    return { answer, mails: sink.mails };
  } finally {
    await sink.close();
  }
}

describe('the mail connector', () => {
  it('hands one mail over, with both bodies', async () => {
    const { answer, mails } = await send({ ...MAIL, html: '<p>Hello</p>' });
    const [mail] = mails.list();
    expect(answer).to.deep.equal({ kind: 'ok', output: { messageId: mail?.messageId } });
    expect(mail).to.deep.include({
      from: FROM.address,
      to: [MAIL.to],
      subject: MAIL.subject,
    });
    expect(mail?.text.trim()).to.equal('Hello');
    expect(mail?.html?.trim()).to.equal('<p>Hello</p>');
    expect(mails.read(mail?.id ?? '')).to.equal(mail);
  });

  it('reads neither files nor addresses for whoever writes a mail', async () => {
    const { mails } = await send({ ...MAIL, text: 'See file:///etc/passwd', subject: '=?x' });
    expect(mails.list()[0]?.text.trim()).to.equal('See file:///etc/passwd');
  });

  const answers: readonly [string, Parameters<typeof send>[1], Record<string, unknown>][] = [
    [
      'tries again what the server takes later',
      (faults) => faults.set('mail.send', { kind: 'fail' }),
      { kind: 'retry', code: 'smtp-451', certainly: 'not done' },
    ],
    [
      'needs a person for what the server refuses',
      (faults) => faults.set('mail.send', { kind: 'refuse', code: '' }),
      { kind: 'broken', code: 'smtp-550' },
    ],
  ];
  for (const [title, prepare, expected] of answers) {
    it(title, async () => {
      const { answer, mails } = await send(MAIL, prepare);
      expect(answer).to.include(expected);
      expect(mails.list()).to.have.length(0);
    });
  }

  it('sends nothing unprotected to another machine', async () => {
    const { answer } = await send(MAIL, undefined, {
      host: '192.0.2.1',
      allow: ['192.0.2.1/32:25'],
      port: 25,
    });
    expect(answer).to.include({ kind: 'broken', code: 'mail-unprotected' });
  });

  it('reaches no address that it may not', async () => {
    const { answer } = await send(MAIL, undefined, { allow: ['127.0.0.1/32:1'] });
    expect(answer).to.include({ kind: 'broken', code: 'address-refused' });
  });

  it('sends nothing where the server offers no protection', async () => {
    const { answer, mails } = await send(MAIL, undefined, { security: 'starttls' });
    expect(answer).to.include({ kind: 'broken' });
    expect(mails.list()).to.have.length(0);
  });

  for (const to of [
    'a@b',
    'a@b.example, c@d.example',
    'Ada <a@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    '"a b"@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b.'.repeat(150)}example`,
  ]) {
    it(`refuses the recipient ${JSON.stringify(to).slice(0, 40)}`, () => {
      expect(() => composeMail({ ...MAIL, to }, 'k', FROM)).to.throw('one plain mail address');
    });
  }

  it('makes one mail of one idempotency key, whatever else is in it', () => {
    const id = (key: string) => composeMail(MAIL, key, FROM).messageId;
    expect(id('case/1/0')).to.equal(id('case/1/0')).and.not.equal(id('case/1/1'));
    expect(id('case/1/0')).to.match(/^<[0-9a-f]{40}@meridian\.example>$/);
  });

  it('writes no second header line, whatever the subject is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (subject) => {
        const mail = composeMail({ ...MAIL, subject }, 'k', FROM);
        expect(mail.subject).not.to.match(/\p{Cc}/u);
      }),
    );
  });

  it('tells an unreachable server from a refusal', () => {
    const lost = Object.assign(new Error('gone'), { code: 'ESOCKET' });
    expect(smtpFailure('mail.send', undefined, lost)).to.include({ kind: 'retry' });
    expect(smtpFailure('mail.send', undefined, lost)).not.to.have.property('certainly');
    const refused = Object.assign(new Error('no'), { responseCode: 550 });
    expect(smtpFailure('mail.send', { 'smtp-550': 'final' }, refused)).to.include({
      kind: 'final',
    });
    expect(smtpFailure('mail.send', undefined, 'odd')).to.include({ kind: 'retry' });
  });
});
