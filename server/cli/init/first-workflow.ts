/** The first workflow of a new workspace: a form, a task, and an answer by mail. */
export const FIRST_WORKFLOW = `workflow: first-steps
title: Ask the office
team: office
core: 1
reference: R-{year}-{number}

data:
  request: Request

start:
  online: { form: question, audience: public }

forms:
  question:
    title: Ask the office
    fields:
      - { field: request.subject, required: true }
      - { field: request.details, widget: textarea }
      - { field: request.email, required: true }
    summary: true
  reply:
    title: Answer this request
    show: [request.subject, request.details, request.email]
    outcomes: { answer: Send the answer, refuse: Close without an answer }
    fields:
      - { field: request.answer, widget: textarea, when: 'outcome == "answer"', required: true }

states:
  answering:
    title: Being answered
    task:
      title: 'Answer {{reference}}: {{request.subject}}'
      assign: { role: clerk }
      form: reply
      due: 8 business hours
    on:
      answer:
        to: answered
        set: { request.requestNo: reference }
        send: { message: answer, to: request.email }
      refuse: closed

  answered: { final: completed }
  closed: { final: closed }

messages:
  answer: { subject: 'Our answer to {{reference}}', body: answer.hbs }
`;

/** The mail that it sends. */
export const FIRST_MESSAGE = `Hello,

you asked us: {{request.subject}}

{{request.answer}}

Kind regards
The office
`;

/** Its test cases. */
export const FIRST_CASES = `- case: a request is answered by mail
  start: { online: { request: { subject: Opening hours, email: ada@ada.example } } }
  expect: { state: answering }
  then:
    - do: answer
      in: answering
      by: { role: clerk, id: u1 }
      form: { request: { answer: From nine to five } }
      expect: { state: answered, sent: [answer], data: { request.requestNo: R-2027-1 } }

- case: an answer without words is refused
  start: { online: { request: { subject: Opening hours, email: ada@ada.example } } }
  then:
    - do: answer
      in: answering
      by: { role: clerk, id: u1 }
      form: {}
      expect: { refused: form, state: answering }

- case: a request is closed without an answer
  start: { online: { request: { subject: Buy now, email: bo@bo.example } } }
  then:
    - do: refuse
      in: answering
      by: { role: clerk, id: u1 }
      expect: { state: closed, notSent: [answer] }
`;
