/** A small core without a problem; tests change one thing at a time in it. */
export const SMALL_CORE: ReadonlyMap<string, string> = new Map([
  [
    'core.yaml',
    `name: Small Company
line: 1
timeZone: Europe/Dublin
roles: [clerk, manager]
teams: { office: { title: Office }, it: { title: IT } }
calendars:
  default:
    timeZone: Europe/Dublin
    hours: { mon-fri: ['09:00-12:00', '13:00-17:00'], sat: '10:00-12:00' }
    holidays: reference/holidays.csv
`,
  ],
  [
    'types/Claim.yaml',
    `type: Claim
version: 1
title: Claim
owner: it
compatibility: backward
source: here
key: claimNo
extensible: false
schema:
  type: object
  required: [claimNo, items]
  properties:
    claimNo: { type: string }
    amount: { type: string, format: decimal, x-classification: internal }
    salary: { type: number, x-classification: confidential, x-tags: [personal] }
    items: { type: array, maxItems: 10, items: { $ref: Item } }
`,
  ],
  [
    'types/Item.yaml',
    `type: Item
version: 1
title: Item
owner: it
compatibility: none
source: stock
key: [sku, size]
unique: label
extensible: false
schema:
  type: object
  required: [sku, size]
  properties:
    sku: { type: string, pattern: '^[A-Z]+$' }
    size: { type: integer }
    label: { type: string }
`,
  ],
  [
    'connectors/store/connector.yaml',
    `connector: store
kind: http
title: The store
destination: { demo: store-demo }
secrets: [store-key]
operations:
  take:
    title: Take something
    effect: write
    request: { method: POST, path: /take }
    input: { type: object, required: [claim], properties: { claim: { $ref: Claim } } }
    output: { type: object, required: [id], properties: { id: { type: string } } }
    clearance: { upTo: restricted, tags: [personal, health] }
    delivery: idempotent
  look:
    title: Look
    effect: read
    request: { method: GET, path: /look }
    input: { type: object, properties: {} }
    output: { type: object, properties: {} }
    delivery: idempotent
signature: { secret: store-key }
messages:
  arrived:
    title: It arrived
    correlate: id
    body: { type: object, required: [id], properties: { id: { type: string } } }
`,
  ],
  [
    'policies.yaml',
    `clearances:
  public: { upTo: public }
  staff: { upTo: internal }
  role:manager: { upTo: restricted, tags: [personal] }
  store.take: { upTo: confidential, tags: [personal, secret] }
grants:
  - team: office
    operations: [store.take, core/fetch]
    messages: [store.arrived]
    write: [Claim, Item.size]
    until: '2030-01-01'
  - { team: it, operations: [store.take], write: [Claim.claimNo] }
fieldRights:
  - { role: clerk, read: [Claim.amount] }
releases:
  - { field: Claim.amount, from: [Claim.salary], why: it is only the sum }
`,
  ],
  [
    'reference/holidays.csv',
    `date,name\n2027-03-17,"Saint Patrick's Day, observed"\n2027-01-01,New Year\n`,
  ],
  [
    'processes/fetch.yaml',
    `workflow: fetch
title: Fetch something
team: it
core: 1
reference: F-{year}-{number}
data:
  claim: Claim
start:
  calling: { run: [claim] }
states:
  taking:
    call: store.take
    with: { claim: claim }
    save: { claim.claimNo: result.id }
    done: taken
    failed: failed
  taken: { final: completed }
  failed: { final: failed }
`,
  ],
]);

/** The small core with one piece of one file written otherwise. */
export function coreWith(file: string, from: string, to: string): Map<string, string> {
  const text = SMALL_CORE.get(file);
  if (text?.includes(from) !== true) throw new Error(`${file} has no "${from}"`);
  return new Map(SMALL_CORE).set(
    file,
    text.replace(from, () => to),
  );
}
