import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { signedLock } from '../governance/proposals/keys.ts';
import { depotCore } from '../depot-core.ts';

/** How long a case rests before its timer fires, in milliseconds. */
export const REST = 1_000;
/** Where the company is. */
export const ZONE = 'Europe/Berlin';
/** The roles of the person who does the tasks. */
export const ROLE = 'sorter';
/** The secret that the carrier signs its messages with. */
export const WEBHOOK_SECRET = 'whsec-of-the-carrier';

const CORE: ReadonlyMap<string, string> = new Map([
  ...depotCore(ZONE),
  [
    'types/Parcel.yaml',
    `type: Parcel
version: 1
title: Parcel
owner: depot
compatibility: backward
source: here
key: slip
extensible: false
schema:
  type: object
  required: [slip]
  properties:
    slip: { type: string, minLength: 1, maxLength: 40, title: Slip }
    rideNo: { type: string, maxLength: 80, title: Ride }
    billNo: { type: string, maxLength: 80, title: Bill }
    stampNo: { type: string, maxLength: 80, title: Stamp }
    marks: { type: integer, minimum: 0, title: How often it was marked }
`,
  ],
  [
    'connectors/carrier/connector.yaml',
    `connector: carrier
kind: http
title: The carrier
destination: { crash: carrier }
secrets: [carrier-key]
defaults:
  timeout: 1 second
  retry: { attempts: 100, first: 50 milliseconds, backoff: fixed }
  concurrency: 64
  breaker: { failures: 1000, open: 1 millisecond }
operations:
  book:
    title: Book a ride
    effect: write
    request: { method: POST, path: /book, idempotencyHeader: Idempotency-Key }
    input: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
    output: { type: object, required: [number], properties: { number: { type: string, maxLength: 80 } } }
    clearance: { upTo: internal }
    delivery: idempotent
  bill:
    title: Bill a ride
    effect: write
    request: { method: POST, path: /bill, idempotencyHeader: Idempotency-Key }
    input: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
    output: { type: object, required: [number], properties: { number: { type: string, maxLength: 80 } } }
    clearance: { upTo: internal }
    delivery: ledger
    lookup: { operation: findBill, by: slip }
  findBill:
    title: Find a bill
    effect: read
    request: { method: GET, path: '/bill/{slip}' }
    input: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
    output: { type: object, required: [number], properties: { number: { type: string, maxLength: 80 } } }
    clearance: { upTo: internal }
    delivery: idempotent
  stamp:
    title: Stamp a parcel
    effect: write
    request: { method: POST, path: /stamp, idempotencyHeader: Idempotency-Key }
    input: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
    output: { type: object, required: [number], properties: { number: { type: string, maxLength: 80 } } }
    clearance: { upTo: internal }
    delivery: atMostOnce
signature: { secret: carrier-key }
messages:
  delivered:
    title: It was delivered
    correlate: slip
    body: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
  seen:
    title: It was seen on its way
    correlate: slip
    body: { type: object, required: [slip], properties: { slip: { type: string, maxLength: 40 } } }
`,
  ],
  [
    'policies.yaml',
    `clearances:
  public: { upTo: public }
  staff: { upTo: internal }
grants:
  - team: depot
    operations: [carrier.book, carrier.bill, carrier.stamp]
    messages: [carrier.delivered, carrier.seen]
    write: [Parcel]
    until: '2099-01-01'
`,
  ],
]);

/**
 * Every kind of effect in a row: a call of each delivery, a message, a timer of a state that is
 * entered again, a task; and a button that may be pressed throughout.
 */
const PARCEL = `workflow: parcel
title: Parcel
team: depot
core: 1
reference: P-{number}
data: { parcel: Parcel }
start:
  ordered: { api: [parcel.slip], set: { parcel.marks: 0 } }
  online: { form: order, audience: public, set: { parcel.marks: 0 } }
forms:
  order: { title: Send a parcel, fields: [{ field: parcel.slip, required: true }] }
  mark: { title: Mark it, fields: [{ field: note, kind: text, maxLength: 80, required: true }] }
  sort: { title: Sort it, fields: [{ field: note, kind: text, maxLength: 80, required: true }] }
on:
  mark: { by: api, form: mark, set: { parcel.marks: parcel.marks + 1 } }
states:
  booking:
    call: carrier.book
    with: { slip: parcel.slip }
    save: { parcel.rideNo: result.number }
    done: riding
  riding:
    wait: { message: carrier.delivered, match: parcel.slip }
    done: resting
    on: { collect: { by: api, to: resting } }
  resting:
    after: { 1 seconds: sorting }
    on: { again: { by: api, to: resting } }
  sorting:
    task: { title: Sort it, assign: { role: ${ROLE} }, form: sort }
    on: { sorted: billing }
  billing:
    call: carrier.bill
    with: { slip: parcel.slip }
    save: { parcel.billNo: result.number }
    done: stamping
  stamping:
    call: carrier.stamp
    with: { slip: parcel.slip }
    save: { parcel.stampNo: result.number }
    done: delivered
  delivered: { final: delivered }
`;

/** What begins by a message, and is over at once. */
const SIGHTING = `workflow: sighting
title: Sighting
team: depot
core: 1
data: { parcel: Parcel }
start:
  seen: { message: carrier.seen, save: { parcel.slip: message.slip } }
states:
  noted: { final: noted }
`;

/** The workflows of the company, by their names. */
export type Workflows = Readonly<Record<string, string>>;

/** What the company does unless it is told otherwise. */
export const PARCELS: Workflows = { parcel: PARCEL, sighting: SIGHTING };
/** The same in a later version. */
export const LATER_PARCELS: Workflows = {
  ...PARCELS,
  parcel: PARCEL.replace('title: Parcel', 'title: A parcel'),
};

/** Writes the company, and where its carrier is, into a folder; answers the file that says so. */
export async function writeWorkspace(
  folder: string,
  port: number,
  workflows: Workflows = PARCELS,
): Promise<string> {
  const carrier = `http://127.0.0.1:${port}`;
  const destinations = join(folder, 'destinations.yaml');
  const files = new Map<string, string>([
    ...[...CORE].map(([path, text]) => [join('core-data', path), text] as const),
    [join('core-data', 'core.lock.json'), signedLock(CORE, '1.1')],
    ['carrier.key', `${WEBHOOK_SECRET}\n`],
    ['host.key', 'the key of a host that is killed and begun again'.padEnd(60, '.')],
    [
      'destinations.yaml',
      `environment: crash
destinations:
  carrier: { kind: http, baseUrl: '${carrier}', allow: ['127.0.0.1/32:${port}'] }
secrets: { carrier-key: carrier.key }
`,
    ],
  ]);
  await writeAll(folder, files);
  await writeWorkflows(folder, workflows);
  return destinations;
}

/** Writes workflows into the folder of the company; a host that begins publishes what is new. */
export function writeWorkflows(folder: string, workflows: Workflows): Promise<void> {
  const paths = Object.entries(workflows).map(
    ([name, text]) => [join('workflows', name, 'workflow.yaml'), text] as const,
  );
  return writeAll(folder, new Map(paths));
}

async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
