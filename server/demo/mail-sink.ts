import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Calls } from './calls.ts';
import type { Faults } from './faults.ts';
import type { Listening } from './oms-server.ts';

/** A mail as it arrived. */
export interface SinkMail {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** The mails that arrived, newest first. */
export interface Mails {
  list(): readonly SinkMail[];
  read(id: string): SinkMail | undefined;
}

const KEPT = 500;

export interface MailSinkSettings {
  readonly faults: Faults;
  readonly calls: Calls;
  /** The time in epoch milliseconds. */
  readonly now: () => number;
  /** (Default: any free one) */
  readonly port?: number;
}

/** Starts an SMTP server on loopback that keeps mails and delivers none. */
export async function startMailSink({
  faults,
  calls,
  now,
  port = 0,
}: MailSinkSettings): Promise<Listening & { readonly mails: Mails }> {
  const mails: SinkMail[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let count = 0;

  const keep = async (raw: Buffer, to: readonly string[]): Promise<void> => {
    // Read with the first mail, so that the demo starts without it.
    const { default: PostalMime } = await import('postal-mime');
    const parsed = await PostalMime.parse(raw);
    count += 1;
    mails.unshift({
      id: String(count),
      at: now(),
      messageId: parsed.messageId ?? '',
      from: parsed.from?.address ?? '',
      to,
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      ...(parsed.html === undefined ? {} : { html: parsed.html }),
    });
    mails.length = Math.min(mails.length, KEPT);
  };

  /** Takes a mail as far as the fault lets it; answers the SMTP status, or nothing at all. */
  const take = async (raw: Buffer, to: readonly string[]): Promise<number | undefined> => {
    const { kind } = faults.of('mail.send');
    if (kind === 'fail') return 451;
    if (kind === 'refuse') return 550;
    await keep(raw, to);
    return kind === 'hang' ? undefined : 250;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const fault = faults.of('mail.send');
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const say = (status: number | undefined): void => {
        calls.add({ operation: 'mail.send', answer: String(status ?? 'no answer') });
        if (status === undefined) return;
        const timer = setTimeout(
          () => {
            timers.delete(timer);
            done(status === 250 ? undefined : refusal(status));
          },
          fault.kind === 'slow' ? fault.ms : 0,
        );
        timers.add(timer);
      };
      buffer(stream)
        .then((raw) => take(raw, recipients))
        .then(say, () => {
          say(451);
        });
    },
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(port, '127.0.0.1', () => {
      // A client that goes away in the middle is none of the sink's trouble.
      server.off('error', reject).on('error', () => undefined);
      resolve((listener.address() as AddressInfo).port);
    });
  });
  return {
    port: listening,
    mails: {
      list: () => [...mails],
      read: (id) => mails.find((mail) => mail.id === id),
    },
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        for (const connection of server.connections) connection.close();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function refusal(responseCode: number): Error {
  const message = responseCode === 550 ? 'No such mailbox' : 'Try again later';
  return Object.assign(new Error(message), { responseCode });
}
