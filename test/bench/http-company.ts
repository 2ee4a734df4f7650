import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { signedLock } from '../governance/proposals/keys.ts';
import { CORE_FILES } from './company.ts';

const CONNECTOR = 'connectors/carrier/connector.yaml';

/** The parcel service without its carrier: nothing is called. */
const CORE: ReadonlyMap<string, string> = new Map(
  [...CORE_FILES]
    .filter(([path]) => path !== CONNECTOR)
    .map(([path, text]) => [
      path,
      text.replace(/ {4}operations: .*\n {4}messages: .*\n/u, '    operations: []\n'),
    ]),
);

/** One page of a form begins a case, which waits for somebody. */
const HANDOVER = `workflow: handover
title: Handover
team: depot
core: 1
reference: H-{year}-{number}
data: { parcel: Parcel }
start:
  handed-in: { form: arrival, audience: public }
forms:
  arrival:
    title: Hand in a parcel
    pages:
      - title: The parcel
        fields:
          - { field: parcel.parcelNo, required: true }
          - { field: parcel.recipient, required: true }
          - { field: parcel.postcode, required: true }
states:
  waiting:
    task: { title: 'Weigh {{reference}}', assign: { role: sorter } }
    on: { weighed: done }
  done: { final: weighed }
`;

/** Where the form is sent to, and what is filled in. */
export const FORM_PATH = '/start/handover/handed-in?step=page-1';
export const FORM = new URLSearchParams([
  ['/parcel/parcelNo', 'P-2027-000017'],
  ['/parcel/recipient', 'Ada Lovelace'],
  ['/parcel/postcode', 'SW1Y 4JH'],
]).toString();

/** Writes the workspace of the company, and answers the settings of a host for it. */
export async function writeHttpCompany(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = new Map<string, string>([
    ...[...CORE].map(([path, text]) => [join('core-data', path), text] as const),
    [join('core-data', 'core.lock.json'), signedLock(CORE, '1.1')],
    [join('workflows', 'handover', 'workflow.yaml'), HANDOVER],
    ['host.key', 'the key of a host that is measured'.padEnd(60, '.')],
  ]);
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return {
    TRELLIS_WORKSPACE: folder,
    TRELLIS_DATA: join(folder, 'data'),
    TRELLIS_KEY_FILE: join(folder, 'host.key'),
    TRELLIS_DEMO: 'off',
  };
}
