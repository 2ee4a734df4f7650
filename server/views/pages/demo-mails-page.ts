import type { Page } from '../page.ts';
import { paths } from '../paths.ts';
import { mailPieces } from '../texts/mail-text.ts';
import type { TimeView, ViewMoment } from '../texts/moment.ts';
import { showShortTime, showTime } from '../texts/moment.ts';

/** A mail in the demo's sink, as far as its pages read it. */
export interface DemoMail {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

interface MailItem {
  readonly subject: string;
  readonly to: string;
  readonly href: string;
  readonly at: TimeView;
}

/** Makes the list of mails that would have been delivered, newest first. */
export function demoMailsPage(mails: readonly DemoMail[], moment: ViewMoment): Page {
  const items: readonly MailItem[] = mails.map(({ id, at, to, subject }) => ({
    subject: subject === '' ? 'No subject' : subject,
    to: to.join(', '),
    href: paths.demoMail(id),
    at: showShortTime(at, moment),
  }));
  return {
    template: 'pages/demo-mails',
    title: 'Demo mails',
    area: 'demo-mails',
    model: { mails: items },
  };
}

/** Makes the page of one mail: its text, with its links. */
export function demoMailPage(mail: DemoMail, moment: ViewMoment): Page {
  return {
    template: 'pages/demo-mail',
    title: mail.subject,
    area: 'demo-mails',
    model: {
      subject: mail.subject,
      from: mail.from,
      to: mail.to.join(', '),
      at: showTime(mail.at, moment),
      pieces: mailPieces(mail.text.trim()),
      mailsHref: paths.demoMails,
    },
  };
}
