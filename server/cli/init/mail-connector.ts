/** The one connector of a new workspace: mails, by SMTP. */
export const MAIL_CONNECTOR = `connector: mail
kind: mail
title: Mail
# Names of systems. Where they are is said in the destinations file of each host.
destination: { demo: mail-demo, production: mail }
secrets: [mail-password]
defaults:
  timeout: 20 seconds
  retry: { attempts: 8, first: 5 seconds, backoff: exponential }

operations:
  send:
    title: Send a mail
    effect: write
    input:
      type: object
      required: [to, subject, text]
      properties:
        to: { type: string, format: email, maxLength: 254 }
        subject: { type: string, maxLength: 300 }
        text: { type: string, maxLength: 100000 }
        html: { type: string, maxLength: 400000 }
    output:
      type: object
      required: [messageId]
      properties:
        messageId: { type: string }
    clearance: { upTo: internal, tags: [personal] }
    # Whom mails may go to. Lists in place of "any" allow no others, like
    # fields: [Customer.contactEmail, own] and roles: [sales-rep].
    recipients: { fields: any, roles: any }
    delivery: idempotent
`;
