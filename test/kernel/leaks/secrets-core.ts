import { readCore } from '../../../engine/governance/core/read-core.ts';
import { buildCoreView } from '../../../engine/governance/core/build-core-view.ts';
import type { CoreView, RunnableView } from '../../../engine/kernel/core-view.ts';
import { typeFromSchema } from '../../../engine/kernel/types/from-schema.ts';

/** A company that keeps secrets: `note`, `score`, `due`, `sure` and the parts' `secret` are confidential. */
const FILES: ReadonlyMap<string, string> = new Map([
  [
    'core.yaml',
    `name: Secrets
line: 1
timeZone: Europe/Dublin
roles: [clerk, guest]
teams: { desk: { title: Desk }, market: { title: Market } }
calendars: { default: { timeZone: Europe/Dublin, hours: { mon-fri: '09:00-17:00' } } }
`,
  ],
  [
    'types/Person.yaml',
    `type: Person
version: 1
title: Person
owner: it
compatibility: backward
source: here
key: id
extensible: true
schema:
  type: object
  required: [id, name, mail, note, score, due, sure, pay, ill, parts, home]
  properties:
    id: { type: string, maxLength: 40 }
    name: { type: string, maxLength: 100 }
    rank: { type: number }
    day: { type: string, format: date }
    open: { type: boolean }
    mail: { type: string, format: email }
    note: { type: string, maxLength: 100, x-classification: confidential }
    score: { type: number, x-classification: confidential }
    due: { type: string, format: date, x-classification: confidential }
    sure: { type: boolean, x-classification: confidential }
    pay: { type: string, maxLength: 100, x-classification: restricted }
    ill: { type: string, maxLength: 100, x-tags: [health] }
    parts: { type: array, maxItems: 20, items: { $ref: Part } }
    home: { type: object, required: [street], properties: { street: { type: string, maxLength: 100, x-classification: confidential }, town: { type: string, maxLength: 100 } } }
`,
  ],
  [
    'types/Part.yaml',
    `type: Part
version: 1
title: Part
owner: it
compatibility: backward
source: here
key: label
extensible: false
schema:
  type: object
  required: [label, secret]
  properties:
    label: { type: string, maxLength: 100 }
    secret: { type: string, maxLength: 100, x-classification: confidential }
`,
  ],
  [
    'connectors/mail/connector.yaml',
    `connector: mail
kind: mail
title: Mail
destination: { demo: mail-demo }
operations:
  send:
    title: Send a mail
    effect: write
    input: { type: object, required: [to, subject, text], properties: { to: { type: string, format: email }, subject: { type: string }, text: { type: string }, html: { type: string } } }
    output: { type: object, required: [messageId], properties: { messageId: { type: string } } }
    clearance: { upTo: internal }
    delivery: atMostOnce
`,
  ],
  [
    'connectors/out/connector.yaml',
    `connector: out
kind: http
title: Somebody outside
destination: { demo: out-demo }
secrets: [out-key]
operations:
  say:
    title: Say something
    effect: write
    request: { method: POST, path: /says }
    input: { type: object, properties: { text: { type: string, maxLength: 500 }, number: { type: number }, day: { type: string, format: date }, yes: { type: boolean }, person: { $ref: Person }, parts: { type: array, maxItems: 20, items: { $ref: Part } } } }
    output: { type: object, required: [text], properties: { text: { type: string, maxLength: 100 } } }
    clearance: { upTo: internal }
    delivery: idempotent
  ask:
    title: Ask something
    effect: read
    request: { method: GET, path: /asks }
    input: { type: object, properties: {} }
    output: { type: object, required: [secret, open], properties: { secret: { type: string, maxLength: 100, x-classification: confidential }, open: { type: string, maxLength: 100 } } }
    clearance: { upTo: confidential }
    delivery: idempotent
signature: { secret: out-key }
messages:
  told:
    title: Told
    correlate: id
    body: { type: object, required: [id, secret, open], properties: { id: { type: string, maxLength: 40 }, secret: { type: string, maxLength: 100, x-classification: confidential }, open: { type: string, maxLength: 100 } } }
`,
  ],
  [
    'policies.yaml',
    `clearances:
  public: { upTo: public }
  customer: { upTo: public }
  staff: { upTo: restricted, tags: [health] }
  role:guest: { upTo: internal }
  out.ask: { upTo: confidential }
grants:
  - { team: desk, operations: [out.say, out.ask, mail.send, records.Person.create, records.Person.update, records.Person.get, records.Person.find, records.Part.update, records.Part.create, records.Part.find], messages: [out.told], write: [Person, Part], until: '2099-01-01' }
`,
  ],
]);

/** What other workflows may be run as: `keep` and `lend` by the same team, `show` by another. */
function runnable(name: string, team: string): RunnableView {
  const view = (level: string) =>
    typeFromSchema(
      {
        type: 'object',
        properties: { text: { type: 'string', maxLength: 500, 'x-classification': level } },
      },
      () => undefined,
    );
  return {
    ...{ name, title: name, team, outcomes: ['completed'] },
    input: view(name === 'keep' ? 'confidential' : 'public'),
    output: view(name === 'keep' ? 'confidential' : 'public'),
  };
}

export const SECRETS_CORE: CoreView = makeCore();

function makeCore(): CoreView {
  const { core, problems } = readCore(FILES);
  if (core === undefined) {
    throw new Error(problems.map(({ file, message }) => `${file ?? ''} ${message}`).join('\n'));
  }
  const published = new Map(
    [runnable('keep', 'desk'), runnable('lend', 'desk'), runnable('show', 'market')].map((view) => [
      view.name,
      view,
    ]),
  );
  const view = buildCoreView(core, '1.1', { published });
  const grants = view.grants.map((grant) => ({
    ...grant,
    operations: [...grant.operations, 'show'],
  }));
  return { ...view, grants };
}
