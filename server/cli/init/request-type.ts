/** The one type of a new workspace. */
export const REQUEST_TYPE = `type: Request
version: 1
title: Request
owner: it
compatibility: backward
source: here
key: requestNo
extensible: false
schema:
  type: object
  required: [requestNo, subject, email]
  properties:
    requestNo: { type: string, minLength: 1, maxLength: 40, title: Request number }
    subject: { type: string, minLength: 1, maxLength: 120, title: What is it about? }
    details: { type: string, maxLength: 2000, title: Anything we should know? }
    email:
      type: string
      format: email
      maxLength: 254
      title: Your email address
      x-classification: internal
      x-tags: [personal]
    answer: { type: string, minLength: 1, maxLength: 2000, title: Our answer }
`;
