import ipaddr from 'ipaddr.js';
import type { Transporter } from 'nodemailer';
import type { MailConnector, MailOperation } from '../../governance/connector-manifest.ts';
import { TrellisError } from '../../kernel/errors.ts';
import type { ConnectorAnswer, ConnectorCall, OpenConnector } from '../../ports/connector.ts';
import type { CheckAddress, MailDestination, SecretText } from '../../ports/destination.ts';
import { composeMail } from './compose.ts';
import { smtpFailure } from './smtp-failure.ts';

/** What a mail connector needs of its surroundings. */
export interface MailSurroundings {
  readonly destination: MailDestination;
  readonly checkAddress: CheckAddress;
  readonly reveal: (text: SecretText) => string;
}

/** Opens a connector of kind `mail`: each call hands one mail with one recipient to an SMTP server. */
export function openMailConnector(
  manifest: MailConnector,
  surroundings: MailSurroundings,
): OpenConnector {
  return {
    operations: new Map(
      Object.entries(manifest.operations).map(([short, operation]) => {
        const name = `${manifest.connector}.${short}`;
        return [short, (call: ConnectorCall) => send(name, operation, surroundings, call)];
      }),
    ),
    close: () => Promise.resolve(),
  };
}

async function send(
  name: string,
  { errors }: MailOperation,
  surroundings: MailSurroundings,
  { input, idempotencyKey }: ConnectorCall,
): Promise<ConnectorAnswer> {
  try {
    const mail = composeMail(input, idempotencyKey, surroundings.destination.from);
    const transport = await connectTo(surroundings);
    try {
      await transport.sendMail(mail);
    } finally {
      transport.close();
    }
    return { kind: 'ok', output: { messageId: mail.messageId } };
  } catch (error) {
    return smtpFailure(name, errors, error);
  }
}

const PATIENCE = 15_000;

async function connectTo({
  destination,
  checkAddress,
  reveal,
}: MailSurroundings): Promise<Transporter> {
  const { host, port, security, user, password } = destination;
  const { address } = await checkAddress(host, port);
  if (security === 'none' && ipaddr.parse(address).range() !== 'loopback') {
    throw new TrellisError(
      'mail-unprotected',
      `Mails to "${host}" would travel unprotected: "none" is for this machine alone. Set "security" to tls or starttls.`,
    );
  }
  // Read with the first mail, so that a host starts without it.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: host },
    ...(user === undefined || password === undefined
      ? {}
      : { auth: { user, pass: reveal(password) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  });
}
