/** The company of the bench: a parcel service with one type, one connector and two workflows. */
import type { WorkflowSource } from '../../engine/kernel/definition/workflow.ts';
import { depotCore } from '../depot-core.ts';

export const CORE_FILES: ReadonlyMap<string, string> = new Map([
  ...depotCore('Europe/Dublin'),
  [
    'types/Parcel.yaml',
    `type: Parcel
version: 1
title: Parcel
owner: depot
compatibility: backward
source: here
key: parcelNo
extensible: false
schema:
  type: object
  required: [parcelNo, recipient, street, city, postcode, grams]
  properties:
    parcelNo: { type: string, minLength: 1, maxLength: 40, title: Parcel number }
    recipient: { type: string, minLength: 1, maxLength: 100, title: Recipient }
    street: { type: string, minLength: 1, maxLength: 100, title: Street }
    city: { type: string, minLength: 1, maxLength: 100, title: City }
    postcode: { type: string, pattern: '^[A-Z0-9 ]{3,10}$', title: Postcode }
    grams: { type: integer, minimum: 1, maximum: 31000, title: Weight in grams }
    bay: { type: integer, minimum: 1, maximum: 999, title: Bay }
    moves: { type: integer, minimum: 0, title: How often it was moved }
    contents:
      type: array
      maxItems: 50
      title: Contents
      items: { $ref: Article }
`,
  ],
  [
    'types/Article.yaml',
    `type: Article
version: 1
title: Article
owner: depot
compatibility: backward
source: here
key: sku
extensible: false
schema:
  type: object
  required: [sku, quantity]
  properties:
    sku: { type: string, pattern: '^[A-Z][A-Z0-9-]{0,19}$', title: Article number }
    quantity: { type: integer, minimum: 1, maximum: 1000, title: Quantity }
    value: { type: string, format: decimal, x-scale: 2, title: Value }
`,
  ],
  [
    'connectors/carrier/connector.yaml',
    `connector: carrier
kind: http
title: The carrier
destination: { demo: carrier-demo }
secrets: [carrier-key]
operations:
  book:
    title: Book a ride
    effect: write
    request: { method: POST, path: /rides }
    input: { type: object, required: [parcel], properties: { parcel: { $ref: Parcel } } }
    output: { type: object, required: [rideNo], properties: { rideNo: { type: string, maxLength: 60 } } }
    clearance: { upTo: internal }
    delivery: idempotent
  bill:
    title: Bill a ride
    effect: write
    request: { method: POST, path: /bills }
    input: { type: object, required: [rideNo], properties: { rideNo: { type: string, maxLength: 60 } } }
    output: { type: object, required: [billNo], properties: { billNo: { type: string, maxLength: 40 } } }
    clearance: { upTo: internal }
    delivery: idempotent
signature: { secret: carrier-key }
messages:
  delivered:
    title: It was delivered
    correlate: parcelNo
    body:
      type: object
      required: [parcelNo, bay]
      properties: { parcelNo: { type: string, maxLength: 40 }, bay: { type: integer, minimum: 1, maximum: 999 } }
`,
  ],
  [
    'policies.yaml',
    `clearances:
  public: { upTo: public }
  staff: { upTo: internal }
grants:
  - team: depot
    operations: [carrier.book, carrier.bill]
    messages: [carrier.delivered]
    write: [Parcel, Article]
    until: '2099-01-01'
`,
  ],
]);

/** The fields of a parcel that every case begins with: a case of about 1 KB. */
const START_FIELDS = `
          - { field: parcel.parcelNo, required: true }
          - { field: parcel.recipient, required: true }
          - { field: parcel.street, required: true }
          - { field: parcel.city, required: true }
          - { field: parcel.postcode, required: true }
          - { field: parcel.grams, required: true }
          - { field: parcel.contents, columns: [sku, quantity, value], required: true }`;

/** One case of it makes as many transitions as wanted: a parcel is moved from bay to bay. */
const SORTING = `workflow: sorting
title: Sorting
team: depot
core: 1
reference: S-{year}-{number}
data: { parcel: Parcel }
start:
  arrived: { form: arrival, audience: { role: sorter }, set: { parcel.moves: 0 } }
forms:
  arrival:
    title: A parcel arrived
    pages:
      - title: The parcel
        fields:${START_FIELDS}
  move:
    title: Move the parcel
    show: [parcel.recipient, parcel.grams]
    fields: [{ field: parcel.bay, required: true }, { field: note, kind: text, maxLength: 200 }]
    rules:
      - { must: parcel.bay <= 500 || parcel.grams < 20000, say: Heavy parcels stay downstairs, at: parcel.bay }
states:
  moving:
    task:
      title: Move {{reference}}
      assign: { role: sorter }
      form: move
    on:
      moved: { to: moving, set: { parcel.moves: parcel.moves + 1 } }
      sent: gone
  gone: { final: sent }
`;

/** Start → call → wait for an event → call → final. */
const DELIVERY_TEXT = `workflow: delivery
title: Delivery
team: depot
core: 1
reference: D-{year}-{number}
data: { parcel: Parcel, rideNo: { kind: text, maxLength: 60 }, billNo: { kind: text, maxLength: 40 } }
start:
  handed-in: { form: arrival, audience: { role: sorter } }
forms:
  arrival:
    title: A parcel was handed in
    pages:
      - title: The parcel
        fields:${START_FIELDS}
states:
  booking:
    call: carrier.book
    with: { parcel: parcel }
    save: { rideNo: result.rideNo }
    done: riding
  riding:
    wait: { message: carrier.delivered, match: reference }
    save: { parcel.bay: message.bay }
    done: billing
  billing:
    call: carrier.bill
    with: { rideNo: rideNo }
    save: { billNo: result.billNo }
    done: delivered
  delivered: { final: delivered }
`;

export const DELIVERY: WorkflowSource = { name: 'delivery', text: DELIVERY_TEXT, files: {} };

/** Two calls in turn, for steps of the kernel alone. */
export const LOOP: WorkflowSource = {
  name: 'loop',
  files: {},
  text: `${DELIVERY_TEXT.slice(0, DELIVERY_TEXT.indexOf('states:')).replace('workflow: delivery', 'workflow: loop')}states:
  booking:
    call: carrier.book
    with: { parcel: parcel }
    save: { rideNo: result.rideNo }
    done: billing
  billing:
    call: carrier.bill
    with: { rideNo: rideNo }
    save: { billNo: result.billNo }
    done: [{ when: 'billNo == "the last"', to: ended }, booking]
  ended: { final: completed }
`,
};

export const WORKFLOWS: readonly WorkflowSource[] = [
  { name: 'sorting', text: SORTING, files: {} },
  DELIVERY,
];

/** What is typed into the first form of either workflow. */
export const ARRIVAL = {
  data: {
    parcel: {
      parcelNo: 'P-2027-000017',
      recipient: 'Ada Lovelace',
      street: '12 St James Square',
      city: 'London',
      postcode: 'SW1Y 4JH',
      grams: 4200,
      contents: [
        { sku: 'GEAR-12', quantity: 40, value: '12.50' },
        { sku: 'GEAR-24', quantity: 20, value: '17.25' },
        { sku: 'AXLE-7', quantity: 8, value: '130.00' },
        { sku: 'CRANK-1', quantity: 1, value: '96.10' },
      ],
    },
  },
  own: {},
} as const;
